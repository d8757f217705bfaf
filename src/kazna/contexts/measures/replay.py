"""Derive rights anew from the facts and the edition they were decided by, and compare byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kazna.contexts.measures import library as law
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.contracts import Replay
from kazna.contexts.measures.determine import canonical, determine
from kazna.contexts.measures.models import FoundRight
from kazna.contexts.registers import public as registers


def replay(right_ids: Iterable[UUID]) -> dict[UUID, Replay]:
    """Replay rights by id; facts of all of them are read in one query."""
    rows = list(FoundRight.objects.filter(pk__in=list(right_ids)))
    facts = {fact.id: fact for fact in registers.facts_by_ids({f for row in rows for f in row.fact_ids})}
    return {row.id: Replay(row.id, tuple(_differences(row, facts))) for row in rows}


def _differences(row: FoundRight, facts: dict) -> Iterable[str]:
    lost = [fact_id for fact_id in row.fact_ids if fact_id not in facts]
    if lost:
        yield f"нет фактов: {len(lost)}"
        return
    library = law.release(row.release_id)
    edition = library.edition_by_digest(row.edition_digest)
    roles = {role: UUID(person) for role, person in row.roles.items()}
    again = determine(library, edition, roles, Book(facts[f] for f in row.fact_ids), row.on, row.as_of)
    compared = {
        "ответ": (row.state, again.outcome.state),
        "размер": (row.amount_kopecks, again.outcome.amount_kopecks),
        "начало": (row.first_day, again.outcome.term_from),
        "конец": (row.last_day, again.outcome.term_to),
        "обоснование": (row.sentences, list(again.sentences)),
        "вычисление": (canonical(row.trace), canonical(again.trace)),
    }
    yield from (f"{name}: было {then}, стало {now}" for name, (then, now) in compared.items() if then != now)
