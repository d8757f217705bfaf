"""Write a released indexation chunk by chunk: decisions, new awards, ends of the old ones, one event a chunk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.cases.actions.plan_indexation import ChunkState, State, next_chunk, progress_of
from kazna.contexts.cases.desk import content_id
from kazna.contexts.cases.documents import canonical, compose
from kazna.contexts.cases.indexing import ChunkSums, NewSum, live_awards, new_sums
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun
from kazna.contexts.cases.recounting import Difference, last_past, worth
from kazna.contexts.cases.sources import Sources
from kazna.contexts.cases.wording import long_day
from kazna.contexts.measures.contracts import Indexed
from kazna.contexts.registers.contracts import PersonCard
from kazna.events.cases import AwardCorrected, AwardsIndexed, IndexedAward, MonthDifference
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.kernel.periods import next_month
from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.outbox import publish_many

DECISION = (
    "id", "number", "kind", "on", "body", "territory", "case_id", "award_id", "replaces_award_id", "measure", "title",
    "subject_id", "recipient_id", "wording", "amount_kopecks", "first_day", "last_day", "decided_by", "reason",
    "ground", "document", "sha256",
)  # fmt: skip
AWARD = (
    "id", "number", "decision_id", "case_id", "replaces_id", "measure", "code", "title", "subject_id", "recipient_id",
    "child_id", "ordinal", "body", "territory", "amount_kopecks", "form", "period", "first_day", "last_day",
    "granted_on", "ends_on",
)  # fmt: skip
STOP = ("award_id", "recipient_id", "body", "decision_id", "stops_on", "reason", "stopped_on")
STOPPED = "Назначение заменено новым: индексация."


class IndexationMoved(DomainError):
    sentence = (
        "Пока индексацию считали, назначения изменились: в части {place} было {counted} изменений, теперь {found}. "
        "Часть пропущена; запустите индексацию ещё раз, когда эта закончится."
    )


def write_indexation(run_id: UUID, sources: Sources, progress: Callable[[int, int], None], *, now: datetime) -> int:
    """Write chunks until none is left; any number of processes at once, again after a crash. Returns decisions made."""
    run = IndexationRun.objects.get(id=run_id)
    how = sources.indexed_on(run.day)
    made = 0
    while True:
        with transaction.atomic():
            with connection.cursor() as cursor:  # decisions one by one wait, other chunks do not
                cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('cases'))")
            chunk = next_chunk(run, ChunkState.COUNTED)
            if chunk is None:
                break
            made += _write(run, chunk, how.get(chunk.measure), sources, Cause(None, now))
            chunk.state = ChunkState.DONE
            chunk.save(update_fields=["state"])
        progress(*progress_of(run, ChunkState.COUNTED))
    if not run.chunks.exclude(state=ChunkState.DONE).exists():
        IndexationRun.objects.filter(id=run.id, state=State.RELEASED).update(state=State.DONE)
    return made


def _write(run: IndexationRun, chunk: IndexationChunk, how: Indexed | None, sources: Sources, cause: Cause) -> int:
    """One chunk in one transaction. What changed since it was counted keeps its number out of use."""
    found = new_sums(live_awards(run, chunk), chunk.measure, run.day, how, sources)
    if len(found.changes) > chunk.changed:
        raise IndexationMoved(place=chunk.place, counted=chunk.changed, found=len(found.changes))
    if not found.changes:
        return 0
    people = {p for change in found.changes for p in (change.award.recipient_id, change.award.subject_id)}
    cards = sources.cards(people)
    decisions = list(_decisions(run, chunk, found, how, cards))
    copy_rows("cases_decision", DECISION, map(attrgetter(*DECISION), decisions))
    copy_rows("cases_award", AWARD, _awards(run, chunk, found.changes, decisions))
    copy_rows("cases_award_stop", STOP, _stops(run, chunk, found.changes, decisions))
    publish_many([_indexed(run, chunk, found.changes, decisions, cause)])
    publish_many(_corrected(chunk, found.changes, decisions, cause))
    return len(decisions)


@dataclass(slots=True)
class IndexedDecision:
    """A row of decisions to be copied; a model of Django for each of a million costs more than its document."""

    id: UUID
    number: str
    kind: str
    on: date
    body: str
    territory: str
    case_id: UUID | None
    award_id: UUID
    replaces_award_id: UUID
    measure: str
    title: str
    subject_id: UUID
    recipient_id: UUID
    wording: dict[str, object]
    amount_kopecks: int
    first_day: date
    last_day: date | None
    decided_by: str
    reason: str
    ground: dict[str, Any]
    document: str = ""
    sha256: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Why, in words: the same for all awards of a chunk but for the coefficient."""

    by_rule: str
    by_coefficient: str


def _reason(run: IndexationRun, how: Indexed | None) -> Words:
    since = long_day(run.day)
    law = f" ({how.law})" if how and how.law else ""
    return Words(
        f"Индексация с {since}: размер вычислен по правилу с новыми величинами.",
        f"Индексация с {since}: прежний размер умножен на коэффициент {{}}{law}.",
    )


def _decisions(
    run: IndexationRun, chunk: IndexationChunk, found: ChunkSums, how: Indexed | None, cards: Mapping[UUID, PersonCard]
) -> Iterator[IndexedDecision]:
    assert chunk.number_from is not None
    text = _reason(run, how)
    for offset, change in enumerate(found.changes):
        award = change.award
        number = f"{chunk.territory}-{run.made_on.year}-{chunk.number_from + offset:06d}"
        decision = IndexedDecision(
            id=content_id("decision", number),
            number=number,
            kind="change",
            on=run.made_on,
            body=chunk.body,
            territory=chunk.territory,
            case_id=award.case_id,
            award_id=_award_id(chunk, award.subject_id, award.recipient_id, award.ordinal),
            replaces_award_id=award.id,
            measure=chunk.measure,
            title=award.title,
            subject_id=award.subject_id,
            recipient_id=award.recipient_id,
            wording=_wording(award.recipient_id, award.subject_id, cards),
            amount_kopecks=change.amount_kopecks,
            first_day=run.begins,
            last_day=award.last_day,
            decided_by="",
            reason=_why(change, text),
            ground=_ground(run, change, how),
        )
        text_of = canonical(compose(cast(Decision, decision), None, ()))
        decision.document, decision.sha256 = text_of.decode(), hashlib.sha256(text_of).hexdigest()
        yield decision


def _why(change: NewSum, text: Words) -> str:
    if change.coefficient is None:
        return text.by_rule
    return text.by_coefficient.format(f"{float(change.coefficient):.6g}".replace(".", ","))


def _ground(run: IndexationRun, change: NewSum, how: Indexed | None) -> dict[str, object]:
    """What the sum was computed from: enough to compute it again."""
    ground: dict[str, object] = {
        "why": "law",
        "indexation": run.day.isoformat(),
        "run": str(run.id),
        "award": change.award.number,
        "period": change.award.period,
        "was_kopecks": change.award.amount_kopecks,
        "release": run.release_digest,
    }
    if change.coefficient is not None:
        ground["coefficient"] = f"{change.coefficient.numerator}/{change.coefficient.denominator}"
    if change.found is not None:
        ground["roles"] = {role: str(person) for role, person in change.found.roles.items()}
        ground["facts"] = [str(fact_id) for fact_id in change.found.fact_ids]
    if change.award.right:
        ground["right"] = change.award.right
    if differences := _behind(run, change, how):
        ground["differences"] = differences
    return ground


def _wording(recipient: UUID, subject: UUID, cards: Mapping[UUID, PersonCard]) -> dict[str, object]:
    named = {person: _named(cards[person]) for person in {recipient, subject}}
    return {"recipient": named[recipient], "subject": named[subject] if subject != recipient else None, "facts": {}}


def _named(card: PersonCard) -> dict[str, object]:
    return {"person_id": str(card.person_id), "name": card.full_name, "snils": card.snils}


def _award_id(chunk: IndexationChunk, subject: UUID, recipient: UUID, ordinal: int) -> UUID:
    return content_id("award", chunk.measure, subject, recipient, ordinal)


def _awards(
    run: IndexationRun, chunk: IndexationChunk, changes: Sequence[NewSum], decisions: Sequence[IndexedDecision]
) -> Iterator[list[object]]:
    for change, decision in zip(changes, decisions, strict=True):
        award = change.award
        yield [
            decision.award_id, decision.number, decision.id, award.case_id, award.id, chunk.measure, award.code,
            award.title, award.subject_id, award.recipient_id, award.child_id, award.ordinal, chunk.body,
            chunk.territory, change.amount_kopecks, award.form, award.period, run.begins, award.last_day,
            run.made_on, award.ends_on,
        ]  # fmt: skip


def _stops(
    run: IndexationRun, chunk: IndexationChunk, changes: Sequence[NewSum], decisions: Sequence[IndexedDecision]
) -> Iterator[list[object]]:
    for change, decision in zip(changes, decisions, strict=True):
        award = change.award
        yield [award.id, award.recipient_id, chunk.body, decision.id, run.begins, STOPPED, run.made_on]


def _indexed(
    run: IndexationRun,
    chunk: IndexationChunk,
    changes: Sequence[NewSum],
    decisions: Sequence[IndexedDecision],
    cause: Cause,
) -> AwardsIndexed:
    pairs = zip(changes, decisions, strict=True)
    return AwardsIndexed(
        run_id=run.id,
        measure=chunk.measure,
        body=chunk.body,
        form="cash",
        first_day=run.begins,
        awards=tuple(
            IndexedAward(change.award.id, decision.award_id, decision.id, change.amount_kopecks)
            for change, decision in pairs
        ),
        on=run.made_on,
        cause=cause,
    )


def _behind(run: IndexationRun, change: NewSum, how: Indexed | None) -> list[dict[str, object]]:
    """Months from the day of the law to the first month of the new award, when the run is late."""
    months = list(_months(run.day, last_past(run.made_on)))
    if not months:
        return []
    award, parts = change.award, how.parts if how else (False, True)
    raised = replace(award, amount_kopecks=change.amount_kopecks)
    told = []
    for month in months:
        was, due = worth(award, month, None, parts), worth(raised, month, None, parts)
        if was != due:
            difference = Difference(award.id, MonthDifference(month, was, due), raised.amount_kopecks)
            told.append(difference.in_ground())
    return told


def _corrected(
    chunk: IndexationChunk, changes: Sequence[NewSum], decisions: Sequence[IndexedDecision], cause: Cause
) -> Iterator[AwardCorrected]:
    for change, decision in zip(changes, decisions, strict=True):
        if told := decision.ground.get("differences"):
            yield AwardCorrected(
                award_id=change.award.id,
                decision_id=decision.id,
                measure=chunk.measure,
                body=chunk.body,
                recipient_id=change.award.recipient_id,
                subject_id=change.award.subject_id,
                form=change.award.form,
                differences=tuple(
                    MonthDifference(date.fromisoformat(one["month"]), one["was_kopecks"], one["due_kopecks"])
                    for one in told
                ),
                ground="law",
                reason=decision.reason,
                on=decision.on,
                cause=cause,
            )


def _months(first: date, last: date) -> Iterator[date]:
    month = first if first.day == 1 else next_month(first)
    while month <= last:
        yield month
        month = next_month(month)
