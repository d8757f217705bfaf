"""Editions of classifiers: dated files, those of the release and those loaded later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kazna.contexts.reference.catalogue import SHIPPED, classifier
from kazna.kernel.errors import DomainError
from kazna.kernel.places import VAR

LOADED = VAR / "classifiers"
NAME = re.compile(r"(?P<kind>[a-z][a-z0-9_]*?)_(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|-\d{4})?\.csv")


class NoEditionThen(DomainError):
    sentence = "У классификатора «{kind}» нет редакции, действующей {on}. Первая действует с {first}."


@dataclass(frozen=True, slots=True)
class Edition:
    """In force from `start` until the next edition of its kind starts. `digest`: SHA-256 of the file."""

    kind: str
    start: date
    path: Path
    digest: str


def start_of(name: str) -> tuple[str, date] | None:
    """«okved2_2023-12.csv» → ("okved2", 2023-12-01); None when the name is not of that shape."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        return None
    return found["kind"], day


def editions(kind: str) -> tuple[Edition, ...]:
    """By date, oldest first. A loaded edition stands beside those of the release. Raises NoClassifier."""
    classifier(kind)
    return _read(kind, tuple(_stamp(folder) for folder in (SHIPPED, LOADED)))


def edition_on(kind: str, on: date) -> Edition:
    """The edition in force on a day; raises NoEditionThen before the first one."""
    found = [edition for edition in editions(kind) if edition.start <= on]
    if not found:
        first = editions(kind)
        raise NoEditionThen(kind=kind, on=on, first=first[0].start if first else "никогда")
    return found[-1]


def newest(kind: str) -> Edition:
    """The edition that starts last."""
    return edition_on(kind, date.max)


def _stamp(folder: Path) -> tuple[Path, int]:
    """Changes when a file of the folder appears: an edition loaded elsewhere is seen without a restart."""
    return folder, folder.stat().st_mtime_ns if folder.exists() else 0


@lru_cache(maxsize=64)
def _read(kind: str, stamps: tuple[tuple[Path, int], ...]) -> tuple[Edition, ...]:
    found = [edition for folder, _ in stamps for edition in _of_folder(folder, kind)]
    return tuple(sorted(found, key=lambda edition: edition.start))


def _of_folder(folder: Path, kind: str) -> Iterator[Edition]:
    for path in sorted(folder.glob(f"{kind}_*.csv")):
        named = start_of(path.name)
        if named is not None and named[0] == kind:
            yield Edition(kind, named[1], path, hashlib.sha256(path.read_bytes()).hexdigest())
