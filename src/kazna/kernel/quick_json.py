"""JSON in bulk: an encoder that is made once, and reading without looking for what is not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import JSONEncoder
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from json.scanner import make_scanner
from typing import Any


def encoder(
    *, sort_keys: bool = False, separators: tuple[str, str] = (", ", ": "), default: Callable[[Any], Any] | None = None
) -> Callable[[Any], str]:
    """As `json.dumps(…, ensure_ascii=False)`: `JSONEncoder` makes its quick part anew for every object."""
    usual = JSONEncoder(ensure_ascii=False, sort_keys=sort_keys, separators=separators, default=default)
    if c_make_encoder is None:
        return usual.encode
    items, keys = separators
    quick = c_make_encoder(None, usual.default, encode_basestring, None, keys, items, sort_keys, False, True)
    return lambda value: "".join(quick(value, 0))


_scan = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]


def read_json(text: str) -> Any:
    """JSON as the database writes it: valid, with nothing before or after."""
    return _scan(text, 0)[0]
