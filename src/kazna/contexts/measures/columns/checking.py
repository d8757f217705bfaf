"""The columns against the scalar way, person by person: a slice of one territory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from kazna.contexts.measures.book import Book
from kazna.contexts.measures.columns.batches import castings, castings_of
from kazna.contexts.measures.columns.lives import CHUNK, Answer, answer, facts_around
from kazna.contexts.measures.columns.part import Part, editions_of, law_of, store_of_part
from kazna.contexts.measures.columns.store import parquet
from kazna.contexts.measures.plainly import Memory
from kazna.kernel.collector import without_collector
from kazna.rules import Edition, Library

SHOWN = 5
FEW = 200  # people asked before what their questions left behind is looked for


@dataclass(frozen=True, slots=True)
class Checked:
    """`questions` asked of the slice; `differences`: how many were answered otherwise, the first in words."""

    questions: int
    differences: int
    shown: tuple[str, ...]


def check_part(task: tuple[Part, int, int]) -> Checked:
    """Ask everybody of a slice (number, of how many) about every measure one by one; compare with `rights.parquet`."""
    part, slice_, slices = task
    library, database = law_of(part.law), _opened(part)
    orders = [(edition, tuple(castings_of(edition))) for edition in editions_of(library, part)]
    asked = _asked(database, part, slice_, slices)
    subjects = sorted({subject for pairs in asked.values() for subject in pairs})
    questions, different, shown = 0, 0, list[str]()
    for start in range(0, len(subjects), CHUNK):
        chunk = subjects[start : start + CHUNK]
        rights = _rights(database, part, chunk)
        parents = {p for pairs in asked.values() for s in chunk for p in pairs.get(s, ())}
        book = Book(facts_around(database, {*chunk, *parents})).fresh_for(part.on, part.shelf_lives)
        for first in range(0, len(chunk), FEW):
            with without_collector():
                for subject in chunk[first : first + FEW]:
                    recipients = {name: pairs.get(subject, ()) for name, pairs in asked.items()}
                    number, wrong = _compared(library, part, orders, book, subject, recipients, rights)
                    questions, different = questions + number, different + len(wrong)
                    shown += wrong[: SHOWN - len(shown)]
    return Checked(questions, different, tuple(shown))


def _compared(
    library: Library,
    part: Part,
    orders: Sequence[tuple[Edition, tuple[str, ...]]],
    book: Book,
    subject: str,
    recipients: Mapping[str, tuple[str, ...]],
    rights: Mapping[tuple[str, str], tuple[object, ...]],
) -> tuple[int, list[str]]:
    """Ask every measure about one person; how many questions, and in words those answered otherwise."""
    memory: Memory = {}
    among = {order: [who for casting in order for who in recipients[casting]] for order in {o for _, o in orders}}
    questions, wrong = 0, []
    for edition, order in orders:
        if not among[order]:
            continue
        questions += 1
        wanted = _plain(answer(library, edition, book, subject, among[order], part.on, memory))
        got = rights.get((edition.id, subject), REFUSED)
        if got != wanted:
            wrong.append(f"{edition.id}, {subject}: по одному {wanted}, вместе {got}")
    return questions, wrong


def _opened(part: Part) -> duckdb.DuckDBPyConnection:
    """The store of a part is opened once for those of its slices that this process checks one after another."""
    if _last.get("part") != part:
        if "store" in _last:
            _last["store"].close()
        _last.clear()
        _last.update(part=part, store=store_of_part(part))
    return _last["store"]


_last: dict[str, Any] = {}
REFUSED = ("refused", None, None, None, None)


def _plain(found: Answer) -> tuple[object, ...]:
    return (
        REFUSED
        if found.state == "refused"
        else (found.state, found.recipient, found.amount_kopecks, found.first_day, found.last_day)
    )


def _asked(
    database: duckdb.DuckDBPyConnection, part: Part, slice_: int, slices: int
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Casting → subject → recipients, of the slice."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, casting in castings(part.on).items():
        subject, recipient = ("person", "person") if name == "person" else ("child", "applicant")
        rows = database.execute(
            f"SELECT s.id, r.id FROM ({casting.rows}) w JOIN person s ON s.n = w.{subject}"
            f" JOIN person r ON r.n = w.{recipient} WHERE w.{subject} % {slices} = {slice_} ORDER BY 1"
        ).fetchall()
        found[name] = {one: (who,) for one, who in rows}
    return found


def _rights(database: duckdb.DuckDBPyConnection, part: Part, people: list[str]) -> dict[tuple[str, str], tuple]:  # type: ignore[type-arg]
    rows = database.execute(
        "SELECT measure, subject_id, state, recipient_id, amount_kopecks, first_day, last_day"
        f" FROM {parquet([part.out / 'rights.parquet'])} WHERE subject_id IN (SELECT unnest(?))",
        [people],
    ).fetchall()
    return {(measure, subject): tuple(rest) for measure, subject, *rest in rows}
