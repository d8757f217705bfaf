"""Lists of ids as PostgreSQL reads them, spelt at once: bulk work asks by thousands of ids in one array."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import adapters
from psycopg.abc import Buffer
from psycopg.types.array import ListDumper

OF_IDS, OF_NUMBERS = {UUID}, {int}
IN_HEX = "%032x"  # an id as PostgreSQL reads it too, by its number: for a fifth of the price of `str`


class QuickList(ListDumper):
    """Ids and whole numbers need no quotes, so they are not looked at one by one; all else goes the usual way."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        kinds = set(map(type, obj))
        if kinds == OF_IDS:
            return ("{" + ",".join([IN_HEX % one.int for one in obj]) + "}").encode()
        if kinds == OF_NUMBERS:
            return ("{" + ",".join(map(str, obj)) + "}").encode()
        return super().dump(obj)


def register() -> None:
    """Called before the first connection."""
    adapters.register_dumper(list, QuickList)
