"""What is spelt quickly is what the standard library spells, and is read back."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazna.kernel.quick_json import encoder, read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
)


@given(VALUES)
def test_it_is_what_dumps_spells(value):
    assert encoder()(value) == json.dumps(value, ensure_ascii=False)
    one_spelling = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert encoder(sort_keys=True, separators=(",", ":"))(value) == one_spelling
    assert read_json(one_spelling) == json.loads(one_spelling)


def test_what_json_has_not_is_spelt_as_told_or_refused():
    assert encoder(default=str)({"day": [date(2025, 12, 15)]}) == '{"day": ["2025-12-15"]}'
    with pytest.raises(TypeError):
        encoder()(date(2025, 12, 15))
