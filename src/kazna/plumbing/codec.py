"""Events to JSON and back, by the types their dataclasses declare."""

from __future__ import annotations

import dataclasses
import types
import typing
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID


def to_plain(value: Any) -> Any:
    """A JSON-able copy: dataclasses become objects, days and ids become text, tuples become lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, date):  # datetime is a date too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of type `kind` that `to_plain` made `plain` of."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if plain is None:
            return None
        return from_plain(next(a for a in arguments if a is not type(None)), plain)
    if dataclasses.is_dataclass(kind):
        return kind(**{name: from_plain(hint, plain[name]) for name, hint in _hints(kind).items()})  # type: ignore[arg-type]
    if origin is tuple:
        return tuple(from_plain(arguments[0], item) for item in plain)
    if origin is list:
        return [from_plain(arguments[0], item) for item in plain]
    if origin is dict:
        return {from_plain(arguments[0], key): from_plain(arguments[1], item) for key, item in plain.items()}
    if kind is datetime:
        return datetime.fromisoformat(plain)
    if kind is date:
        return date.fromisoformat(plain)
    if kind is UUID:
        return UUID(plain)
    return plain
