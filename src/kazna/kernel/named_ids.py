"""Ids made of names, as `uuid5` makes them: thousands a batch."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID, SafeUUID

VERSION, VARIANT = 5 << 76, 0x8000 << 48
REST = ~(0xF000 << 64) & ~(0xC000 << 48)
_set = object.__setattr__


def named_id(space: bytes, name: str) -> UUID:
    """`uuid5(namespace, name)` by the bytes of the namespace, for less than half its price."""
    told = int.from_bytes(sha1(space + name.encode(), usedforsecurity=False).digest()[:16], "big")
    made = object.__new__(UUID)
    _set(made, "int", told & REST | VERSION | VARIANT)
    _set(made, "is_safe", SafeUUID.unknown)
    return made
