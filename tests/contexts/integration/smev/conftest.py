"""One СМЭВ for all tests of the exchange; each starts with empty queues and good behaviour."""

import pytest
from tests.contexts.integration.smev.exchange import Smev, smev_server

from kazna.contexts.integration.smev.transport import smev_client
from kazna.standins.smev.mischief import Mischief
from kazna.standins.smev.queues import Queues


@pytest.fixture(scope="session")
def smev_process(tmp_path_factory):
    with smev_server(tmp_path_factory.mktemp("smev")) as server:
        yield server
    smev_client().close()
    smev_client.cache_clear()


@pytest.fixture
def smev(smev_process: Smev, settings) -> Smev:
    with Queues(smev_process.folder / "queues.sqlite").open() as base:
        for table in ("waiting", "known", "round", "file"):
            base.execute(f"DELETE FROM {table}")
    smev_process.behave(**Mischief().plain())
    settings.KAZNA_SMEV = smev_process.told
    return smev_process
