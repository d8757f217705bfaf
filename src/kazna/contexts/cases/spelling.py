"""JSON with one spelling, and its digest."""

from __future__ import annotations

import hashlib
from typing import Any

from kazna.kernel.quick_json import encoder

_one_spelling = encoder(sort_keys=True, separators=(",", ":"))


def canonical(document: Any) -> bytes:
    """JSON with one spelling: equal decisions are equal bytes."""
    return _one_spelling(document).encode()


def spelt(value: Any) -> str:
    """The same as text."""
    return _one_spelling(value)


def digest(document: Any) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()
