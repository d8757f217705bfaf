"""Values as the text of a statement has them, and what PostgreSQL takes each for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

Literal = tuple[bytes, str | None]  # and its type; `unknown`: found out by its place; None: no plain literal
END = ord("'")
WHOLE, NUMBER = re.compile(rb" ?-?\d{1,18}"), re.compile(rb" ?-?\d+(\.\d+)?(e[+-]?\d+)?")


def literal_of(value: object, by_driver: Callable[[Any], Any]) -> Literal:
    """As the driver spells it; what is met most without asking the driver."""
    if (kind := type(value)) in LITERALS:
        found = LITERALS[kind](value)
        if found is not None:
            return found
    text = bytes(by_driver(value))
    return text, type_of(text)


def type_of(literal: bytes) -> str | None:
    """What PostgreSQL takes a literal for, `unknown` being found out by its place; None: it is no plain literal."""
    if literal[-1] == END or literal == b"NULL":
        return "unknown"
    _before, cast, kind = literal.rpartition(b"'::")
    if cast:
        return kind.decode()
    if WHOLE.fullmatch(literal):
        return "int4" if abs(int(literal)) < 2**31 else "int8"
    if literal in (b"true", b"false"):
        return "bool"
    return "numeric" if NUMBER.fullmatch(literal) else None


def _of_text(value: Any) -> Literal | None:
    """Text with a backslash is left to the driver."""
    return None if "\\" in value or "\0" in value else (b"'%s'" % value.replace("'", "''").encode(), "unknown")


def _of_number(value: Any) -> Literal | None:
    if not -(2**31) < value < 2**31:
        return None
    return (b"%d" if value >= 0 else b" %d") % value, "int4"


def _of_ids(value: Any) -> Literal | None:
    if set(map(type, value)) != {UUID}:
        return None
    return b"'{%s}'::uuid[]" % ",".join([one.hex for one in value]).encode(), "uuid[]"


LITERALS: dict[type, Callable[[Any], Literal | None]] = {
    type(None): lambda _: (b"NULL", "unknown"),
    str: _of_text,
    bool: lambda value: (b"true" if value else b"false", "bool"),
    int: _of_number,
    UUID: lambda value: (b"'%s'::uuid" % value.hex.encode(), "uuid"),
    list: _of_ids,
}
