"""What of the law has come late: figures and editions for days already behind, since a release that was looked at."""

from __future__ import annotations

from datetime import date

from kazna.contexts.measures import library as law
from kazna.contexts.measures.touched import measures_reading
from kazna.rules import Library
from kazna.rules.documents.parameters import Parameter


def release_in_force() -> str:
    """The digest of the law in force, without keeping it."""
    return law.current().digest


def measures_changed_since(digest: str, *, seen_on: date, on: date) -> tuple[str, ...]:
    """Measures whose awards may be worth another sum for days up to `on` than the release of `seen_on` said.

    A figure that begins on a day to come is left to the indexation of that day; an edition that begins is not.
    """
    old, new = law.release(digest), law.current()
    figures = (name for name, one in new.parameters.items() if _differs(old.parameters.get(name), one, seen_on))
    found = {measure for name in figures for measure in measures_reading("parameter", name)}
    return tuple(sorted(found | _new_editions(old, new, seen_on, on)))


def _differs(old: Parameter | None, new: Parameter, on: date) -> bool:
    """Another value, or one where there was none, for a day that had come when the old release was looked at."""
    return any(
        row.start <= on and (was is None or was.value != row.value)
        for key, rows in new.rows.items()
        for row in rows
        for was in [old.row(key, row.start) if old else None]
    )


def _new_editions(old: Library, new: Library, seen_on: date, on: date) -> set[str]:
    known = {(e.id, e.start): e.digest for editions in old.measures.values() for e in editions}
    return {
        edition.id
        for editions in new.measures.values()
        for edition in editions
        if edition.start <= on and (known.get((edition.id, edition.start)) != edition.digest or edition.start > seen_on)
    }
