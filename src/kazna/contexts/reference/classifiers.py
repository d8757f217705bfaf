"""Classifier content: rows of an edition, read once."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache

from kazna.contexts.reference.catalogue import classifier
from kazna.contexts.reference.editions import Edition, edition_on, newest


def rows(kind: str, on: date | None = None) -> tuple[dict[str, str], ...]:
    """Rows of the edition in force on the day, without a day of the newest one."""
    return rows_of(newest(kind) if on is None else edition_on(kind, on))


@lru_cache(maxsize=64)
def rows_of(edition: Edition) -> tuple[dict[str, str], ...]:
    with edition.path.open(encoding="utf-8", newline="") as text:
        return tuple(csv.DictReader(text))


def names(kind: str, on: date | None = None) -> dict[str, str]:
    """Names by code."""
    return _names(newest(kind) if on is None else edition_on(kind, on))


@lru_cache(maxsize=64)
def _names(edition: Edition) -> dict[str, str]:
    described = classifier(edition.kind)
    return {row[described.key]: row[described.label] for row in rows_of(edition)}
