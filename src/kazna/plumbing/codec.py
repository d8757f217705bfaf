"""Events to JSON and back, by the types their dataclasses declare."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, SafeUUID

AS_THEY_ARE = frozenset({str, int, bool, float, type(None)})
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """A JSON-able copy: dataclasses become objects, days and ids become text, tuples become lists."""
    kind = type(value)
    if kind in AS_THEY_ARE:
        return value
    if kind is UUID:
        return str(value)
    if names := _names(kind):
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, date):  # datetime is a date too
        return value.isoformat()
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Fields of a dataclass; none of anything else."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind` that `to_plain` made `plain` of."""
    return _reader(kind)(plain)


@cache
def _reader(kind: Any) -> Reader:
    """How a value of this type is read; found once for each type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        inner = _reader(next(a for a in arguments if a is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    if dataclasses.is_dataclass(kind):
        return _of_fields(kind)
    if origin in (tuple, list):
        item, make = _reader(arguments[0]), origin
        return lambda plain: make([item(one) for one in plain])
    if origin is dict:
        key, item = _reader(arguments[0]), _reader(arguments[1])
        return lambda plain: {key(name): item(one) for name, one in plain.items()}
    return OF_TEXT.get(kind, as_it_is)


def _of_fields(kind: Any) -> Reader:
    readers: list[tuple[str, Reader | None]] = []

    def read(plain: Any) -> Any:
        if not readers:  # when first wanted: a type may hold itself
            found = ((name, _reader(hint)) for name, hint in typing.get_type_hints(kind).items())
            readers.extend((name, None if of_name is as_it_is else of_name) for name, of_name in found)
        return kind(**{name: of_name(plain[name]) if of_name else plain[name] for name, of_name in readers})

    return read


def as_it_is(plain: Any) -> Any:
    return plain


def uuid_of(text: str) -> UUID:
    """An id that was spelt by `str`, without the constructor's looking for other spellings: half its price."""
    if len(text) != SPELT:
        return UUID(text)
    made = object.__new__(UUID)
    _set(made, "int", int(text.replace("-", ""), 16))
    _set(made, "is_safe", SafeUUID.unknown)
    return made


SPELT, _set = 36, object.__setattr__
OF_TEXT: dict[Any, Reader] = {datetime: datetime.fromisoformat, date: date.fromisoformat, UUID: uuid_of}
