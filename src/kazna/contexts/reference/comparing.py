"""What changed between two editions of a classifier."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.contexts.reference.catalogue import classifier
from kazna.contexts.reference.classifiers import rows_of
from kazna.contexts.reference.editions import Edition

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """`changed`: the row before and after. Each list is in code order."""

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare(before: Edition, after: Edition) -> Difference:
    """By code; a row with another code is another row, never a renamed one."""
    key = classifier(after.kind).key
    old = {row[key]: row for row in rows_of(before)}
    new = {row[key]: row for row in rows_of(after)}
    return Difference(
        added=tuple(new[code] for code in sorted(new.keys() - old.keys())),
        removed=tuple(old[code] for code in sorted(old.keys() - new.keys())),
        changed=tuple((old[code], new[code]) for code in sorted(old.keys() & new.keys()) if old[code] != new[code]),
    )
