"""Events to JSON and back, by the types their dataclasses declare."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter, itemgetter
from typing import Any, cast
from uuid import UUID, SafeUUID

from kazna.kernel.quick_json import encoder
from kazna.plumbing.id_lists import IN_HEX

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


def spelt(value: Any) -> str:
    """The JSON of `to_plain(value)`: a dataclass field by field, without a copy of it."""
    return SPELLINGS.get(type(value), _spelt_otherwise)(value)


def _spelt_otherwise(value: Any) -> str:
    write = _writer(type(value))
    return write(value) if write else _encode(to_plain(value))


@cache
def _writer(kind: type) -> Callable[[Any], str] | None:
    """How a dataclass is spelt; found once for each type."""
    names = _names(kind)
    if len(names) < 2:
        return None
    places = "{" + ", ".join(f'"{name}": %s' for name in names) + "}"
    values_of, known = attrgetter(*names), SPELLINGS.get

    def write(value: Any) -> str:
        return places % tuple([known(type(one), _spelt_otherwise)(one) for one in values_of(value)])

    return write


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
    """Fields in the order of their declaration; what holds only texts is read once for many: it cannot change."""
    readers: list[Reader | None] = []
    names = _names(kind)
    values_of = itemgetter(*names) if len(names) > 1 else lambda plain: tuple(plain[name] for name in names)

    def made(*values: Any) -> Any:
        return kind(*[of_value(one) if of_value else one for of_value, one in zip(readers, values, strict=True)])

    remembered = lru_cache(maxsize=64)(made) if kind.__dataclass_params__.frozen else None

    def read(plain: Any) -> Any:
        if not readers:  # when first wanted: a type may hold itself
            hints = typing.get_type_hints(kind)
            found = (_reader(hints[name]) for name in names)
            readers.extend(None if of_name is as_it_is else of_name for of_name in found)
        values = values_of(plain)
        return remembered(*values) if remembered and len(values) <= FEW and _are_texts(values) else made(*values)

    return read


def _are_texts(values: Sequence[Any]) -> bool:
    return all(one is None or type(one) is str for one in values)


def as_it_is(plain: Any) -> Any:
    return plain


@lru_cache(maxsize=16_384)  # the same people and awards come in many events, one consumer after another
def uuid_of(text: str) -> UUID:
    """An id that was spelt by `str`, without the constructor's looking for other spellings: half its price."""
    if len(text) != SPELT:
        return UUID(text)
    made = object.__new__(UUID)
    _set(made, "int", int(text.replace("-", ""), 16))
    _set(made, "is_safe", SafeUUID.unknown)
    return made


def id_text(value: UUID) -> str:
    """As `str` spells it, without its detours."""
    told = IN_HEX % value.int
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


SPELT, FEW, _set = 36, 2, object.__setattr__
OF_TEXT: dict[Any, Reader] = {datetime: datetime.fromisoformat, date: date.fromisoformat, UUID: uuid_of}
_encode = encoder()
SPELLINGS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    str: cast(Callable[[str], str], encode_basestring),
    bool: lambda value: "true" if value else "false",
    int: str,
    UUID: lambda value: f'"{id_text(value)}"',
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: f'"{value.isoformat()}"',
}
