"""Write a released indexation chunk by chunk: decisions, new awards, ends of the old ones, one event a chunk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.cases.actions.compose_indexation import AWARD, DECISION, STOP, Composer, Made
from kazna.contexts.cases.actions.plan_indexation import ChunkState, State, next_chunk, progress_of
from kazna.contexts.cases.forms import keep_forms
from kazna.contexts.cases.indexing import LiveAward, NewSum, live_awards, new_sums
from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun
from kazna.contexts.cases.recounting import Difference, last_past, worth
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Indexed
from kazna.events.cases import AwardCorrected, AwardsIndexed, IndexedAward, MonthDifference
from kazna.events.cause import Cause
from kazna.kernel.errors import DomainError
from kazna.kernel.periods import next_month
from kazna.plumbing.bulk import copy_lines
from kazna.plumbing.outbox import publish_many

Change = NewSum[LiveAward]


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
    cards, months = sources.cards(people), list(_months(run.day, last_past(run.made_on)))
    composer = Composer(run, chunk, how)
    for change in found.changes:
        composer.add(change, cards, _behind(change, how, months))
    rows = composer.rows
    keep_forms(rows.forms)
    copy_lines("cases_decision", DECISION, rows.decisions)
    copy_lines("cases_award", AWARD, rows.awards)
    copy_lines("cases_award_stop", STOP, rows.stops)
    publish_many([_indexed(run, chunk, found.changes, rows.made, cause)])
    publish_many(_corrected(run, chunk, found.changes, rows.made, cause))
    return len(rows.made)


def _indexed(
    run: IndexationRun, chunk: IndexationChunk, changes: Sequence[Change], made: Sequence[Made], cause: Cause
) -> AwardsIndexed:
    return AwardsIndexed(
        run_id=run.id,
        measure=chunk.measure,
        body=chunk.body,
        form="cash",
        first_day=run.begins,
        awards=tuple(
            IndexedAward(change.award.id, UUID(one.award_id), UUID(one.decision_id), change.amount_kopecks)
            for change, one in zip(changes, made, strict=True)
        ),
        on=run.made_on,
        cause=cause,
    )


def _behind(change: Change, how: Indexed | None, months: Sequence[date]) -> list[dict[str, object]]:
    """Months from the day of the law to the first month of the new award, when the run is late."""
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
    run: IndexationRun, chunk: IndexationChunk, changes: Sequence[Change], made: Sequence[Made], cause: Cause
) -> Iterator[AwardCorrected]:
    for change, one in zip(changes, made, strict=True):
        if one.differences:
            yield AwardCorrected(
                award_id=change.award.id,
                decision_id=UUID(one.decision_id),
                measure=chunk.measure,
                body=chunk.body,
                recipient_id=change.award.recipient_id,
                subject_id=change.award.subject_id,
                form=change.award.form,
                differences=tuple(
                    MonthDifference(date.fromisoformat(told["month"]), told["was_kopecks"], told["due_kopecks"])
                    for told in one.differences
                ),
                ground="law",
                reason=one.reason,
                on=run.made_on,
                cause=cause,
            )


def _months(first: date, last: date) -> Iterator[date]:
    month = first if first.day == 1 else next_month(first)
    while month <= last:
        yield month
        month = next_month(month)
