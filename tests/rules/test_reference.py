"""Every function of the language has its usage and meaning for people."""

from kazna.rules.language.functions import ALL_FUNCTIONS
from kazna.rules.reference import MEANINGS, USAGES, function_notes


def test_every_function_is_described_and_nothing_else():
    assert [note.name for note in function_notes()] == ALL_FUNCTIONS
    assert sorted(MEANINGS) == ALL_FUNCTIONS
    assert set(USAGES) <= set(ALL_FUNCTIONS)
