"""Every test here starts from the family as the Fund knew it."""

import pytest
from tests.contexts.registers.family import load_family


@pytest.fixture
def family(db, tmp_path):
    return load_family(tmp_path)
