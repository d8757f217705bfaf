"""Lists told to the server at once are what they were one by one; ids are read as the constructor reads them."""

from uuid import UUID, uuid4

import pytest
from django.db import connection

from kazna.plumbing.codec import from_plain, uuid_of

ONE, OTHER = UUID(int=7), uuid4()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ([ONE, OTHER], "uuid"),
        ([ONE, None], "uuid"),
        ([], "uuid"),
        ([1, -2, 2**40], "bigint"),
        ([True, False], "boolean"),
        (["a,b", 'c"', "NULL", "\\", ""], "text"),
    ],
)
def test_a_list_arrives_as_it_is(told, kind):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [told])
        assert cursor.fetchone()[0] == told


def test_an_id_is_the_same_however_it_is_spelt():
    for text in (str(OTHER), OTHER.hex, f"{{{OTHER}}}", OTHER.urn, str(OTHER).upper()):
        read = uuid_of(text)
        assert (read, hash(read), str(read), read.is_safe) == (OTHER, hash(OTHER), str(OTHER), OTHER.is_safe)
    for wrong in ("", "x" * 36, str(OTHER) + "0"):
        with pytest.raises(ValueError):
            from_plain(UUID, wrong)
