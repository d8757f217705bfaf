"""One throw-away PostgreSQL for the whole run, started before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="kazna-tests-"))
_folder.chmod(0o755)
os.environ["KAZNA_VAR"] = str(_folder)
os.environ["KAZNA_CLOCK"] = "stored"

from kazna.plumbing import postgres  # noqa: E402

_server = postgres.start(_folder / "postgres", durable=False)
os.environ["KAZNA_DATABASE_URL"] = _server.url(database="postgres")


@atexit.register
def _stop() -> None:
    postgres.stop(_folder / "postgres", mode="immediate")
    shutil.rmtree(_folder, ignore_errors=True)
