"""Derive rights anew from the facts and the edition they were decided by, and compare byte for byte.

Answers asked on demand are not kept. A right that stands on them is derived anew only while somebody has asked
again (`ask_again`) and the new answer has the digest of the first: then it is the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from kazna.contexts.integration import public as integration
from kazna.contexts.measures import library as law
from kazna.contexts.measures.answering import canonical
from kazna.contexts.measures.book import Book
from kazna.contexts.measures.contracts import Replay
from kazna.contexts.measures.determine import determine
from kazna.contexts.measures.models import FoundRight
from kazna.contexts.measures.withholding import without_answers
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact

Known = Mapping[UUID, Fact]


def replay(right_ids: Iterable[UUID]) -> dict[UUID, Replay]:
    """Replay rights by id; facts of all of them are read in one query."""
    rows = list(FoundRight.objects.select_related("answer").filter(pk__in=list(right_ids)))
    facts = {fact.id: fact for fact in registers.facts_by_ids({f for row in rows for f in row.fact_ids})}
    gone = [fact for fact in facts.values() if fact.is_gone]
    again = registers.lent_now({f.subject_id for f in gone}, {f.kind for f in gone}) if gone else []
    return {row.id: _replay(row, facts, again) for row in rows}


def ask_again(right_ids: Iterable[UUID], on: date) -> int:
    """Ask the vitrines once more for what these rights stand on; return how many questions are open."""
    rows = FoundRight.objects.filter(pk__in=list(right_ids))
    facts = registers.facts_by_ids({f for row in rows for f in row.fact_ids})
    gone = [fact for fact in facts if fact.is_gone]
    people = registers.person_references({fact.subject_id for fact in gone})
    questions = {}
    for fact in gone:
        told = registers.VITRINES[fact.kind]
        about = str(fact.valid_from.year) if told.by_year else fact.valid_from.isoformat()
        question = integration.Question(
            told.agency, fact.subject_id, people[fact.subject_id], about, on, topic=told.topic, anew=True
        )
        questions[question.key] = question
    return len(integration.ask(questions=list(questions.values())))


def _replay(row: FoundRight, facts: Known, again: Sequence[Fact]) -> Replay:
    lost = [fact_id for fact_id in row.fact_ids if fact_id not in facts]
    if lost:
        return Replay(row.id, (f"нет фактов: {len(lost)}",))
    used = [facts[fact_id] for fact_id in row.fact_ids]
    returned = [_returned(fact, again) for fact in used]
    changed = {fact.kind for fact, now in zip(used, returned, strict=True) if now is None and _asked(fact, again)}
    if changed:
        return Replay(row.id, tuple(f"ведомство отвечает иначе: {kind}" for kind in sorted(changed)))
    to_ask = {fact.kind for fact, now in zip(used, returned, strict=True) if now is None}
    if to_ask:
        return Replay(row.id, (), tuple(sorted(to_ask)))
    return Replay(row.id, tuple(_differences(row, [fact for fact in returned if fact])))


def _asked(fact: Fact, again: Sequence[Fact]) -> list[Fact]:
    """New answers about the same: the year of one asked by year, anything of one asked by day."""
    by_year = registers.VITRINES[fact.kind].by_year
    return [
        one
        for one in again
        if (one.kind, one.subject_id) == (fact.kind, fact.subject_id) and (not by_year or one.thing == fact.thing)
    ]


def _returned(fact: Fact, again: Sequence[Fact]) -> Fact | None:
    """The fact with its value: kept, or told once more with the same digest; None when it is not at hand."""
    if not fact.is_gone:
        return fact
    return next((replace(fact, value=one.value) for one in _asked(fact, again) if one.digest == fact.digest), None)


def _differences(row: FoundRight, facts: Sequence[Fact]) -> Iterable[str]:
    library = law.release(row.release_id)
    edition = library.edition_by_digest(row.edition_digest)
    roles = {role: UUID(person) for role, person in row.roles.items()}
    again = determine(library, edition, roles, Book(facts), row.on, row.as_of, afresh=True)
    trace = without_answers(library, again.answer.trace, {fact.kind for fact in facts if fact.digest})
    compared = {
        "ответ": (row.state, again.outcome.state),
        "размер": (row.amount_kopecks, again.outcome.amount_kopecks),
        "начало": (row.first_day, again.outcome.term_from),
        "конец": (row.last_day, again.outcome.term_to),
        "обоснование": (row.sentences, list(again.answer.sentences)),
        "вычисление": (canonical(row.trace), canonical(trace)),
        "сумма вычисления": (row.trace_sha256, again.answer.trace_sha256),
    }
    yield from (f"{name}: было {then}, стало {now}" for name, (then, now) in compared.items() if then != now)
