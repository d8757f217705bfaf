"""An id made of a name is the one that the standard library makes."""

from uuid import NAMESPACE_URL, uuid5

from hypothesis import given
from hypothesis import strategies as st

from kazna.kernel.named_ids import named_id


@given(st.uuids(), st.text())
def test_it_is_uuid5(space, name):
    made, usual = named_id(space.bytes, name), uuid5(space, name)
    assert (made, hash(made), str(made), made.version, made.is_safe) == (
        usual, hash(usual), str(usual), 5, usual.is_safe
    )  # fmt: skip
    assert named_id(NAMESPACE_URL.bytes, name) == uuid5(NAMESPACE_URL, name)
