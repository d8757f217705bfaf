"""Every test here starts from the family as the Fund knew it."""

import pytest
from tests.contexts.registers.family import load_family
from tests.kept_rows import entered_once


@pytest.fixture
def family(db, tmp_path):
    return entered_once("family", lambda: load_family(tmp_path))
