"""Choices that look random and are always the same: a hash of the seed and the words."""

from __future__ import annotations

import hashlib


def share(seed: int, *words: object) -> float:
    """A number in [0, 1) that depends only on the seed and the words."""
    text = "/".join(str(word) for word in (seed, *words))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def between(low: int, high: int, seed: int, *words: object) -> int:
    """A whole number from `low` to `high`, both possible."""
    return low + int(share(seed, *words) * (high - low + 1))
