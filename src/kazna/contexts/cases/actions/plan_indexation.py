"""Plan an indexation: cut the awards into chunks, count what they come to, hold it when that is too much."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet, Sum

from kazna.contexts.cases.contracts import Indexation
from kazna.contexts.cases.desk import content_id
from kazna.contexts.cases.indexing import IN_FORCE, new_sums, sums_in_force
from kazna.contexts.cases.models_indexation import IndexationChunk, IndexationRun
from kazna.contexts.cases.policies import change_day
from kazna.contexts.cases.sources import Sources
from kazna.kernel.errors import DomainError
from kazna.plumbing.numbering import take

CHUNK = 2000
TOTALS = ("awards", "changed", "unsure", "lower", "before_kopecks", "after_kopecks")
State, ChunkState = IndexationRun.State, IndexationChunk.State
CUT = f"""
    INSERT INTO cases_indexation_chunk
        (run_id, place, measure, body, territory, first_id, last_id, awards, changed, unsure, lower,
         before_kopecks, after_kopecks, state)
    SELECT %(run)s, row_number() OVER (ORDER BY measure, body, part), measure, body, territory,
           min(id::text)::uuid, max(id::text)::uuid, count(*), 0, 0, 0, 0, 0, 'waiting'
    FROM (
        SELECT a.id, a.measure, a.body, a.territory,
               (row_number() OVER (PARTITION BY a.measure, a.body, a.territory ORDER BY a.id) - 1) / {CHUNK} AS part
        FROM cases_award a
        WHERE a.measure = ANY(%(measures)s) AND {IN_FORCE}
    ) cut GROUP BY measure, body, territory, part
"""


class NothingToIndex(DomainError):
    sentence = (
        "С {day:%d.%m.%Y} ни одна величина закона не начинает действовать. Добавьте новую строку в law/parameters "
        "или назовите меру."
    )


class IndexationHeld(DomainError):
    sentence = (
        "Индексация остановлена: сумма меняется на {percent} %, а разрешено {limit} %. Ничего не записано. "
        "Проверьте величины; если всё верно, повторите с большим пределом."
    )


@transaction.atomic
def plan_indexation(
    *, day: date, measures: Collection[str], limit_percent: int, on: date, by: str, sources: Sources
) -> IndexationRun:
    """The run of these measures from a day; the same one when it was planned before and is not done.

    Raises NothingToIndex when no figure begins that day and no measure is named.
    """
    found = sorted(measures or sources.indexed_on(day))
    if not found:
        raise NothingToIndex(day=day)
    open_run = IndexationRun.objects.select_for_update().filter(day=day, measures=found).exclude(state=State.DONE)
    if (known := open_run.order_by("recorded_at").last()) and known.state == State.RELEASED:
        return known
    for stale in open_run:
        IndexationChunk.objects.filter(run=stale).delete()
        stale.delete()
    begins = max(day, change_day(on))
    run = IndexationRun.objects.create(
        id=content_id("indexation", day, *found, on, IndexationRun.objects.count()),
        day=day,
        begins=begins,
        measures=found,
        limit_percent=limit_percent,
        release_digest=sources.release(),
        made_on=on,
        made_by=by,
    )
    with connection.cursor() as cursor:
        cursor.execute(CUT, {"run": run.id, "measures": found, "begins": begins, "day": day})
    return run


def count_indexation(run_id: UUID, sources: Sources, progress: Callable[[int, int], None]) -> None:
    """Count chunks until none is left waiting; any number of processes at once, again after a crash."""
    run = IndexationRun.objects.get(id=run_id)
    how = sources.indexed_on(run.day)
    while True:
        with transaction.atomic():
            chunk = next_chunk(run, ChunkState.WAITING)
            if chunk is None:
                return
            found = new_sums(sums_in_force(run, chunk), chunk.measure, run.day, how.get(chunk.measure), sources)
            chunk.changed, chunk.unsure, chunk.lower = len(found.changes), found.unsure, found.lower
            chunk.before_kopecks, chunk.after_kopecks = found.before_kopecks, found.after_kopecks
            chunk.state = ChunkState.COUNTED
            chunk.save()
        progress(*progress_of(run, ChunkState.WAITING))


@transaction.atomic
def release_indexation(run_id: UUID) -> Indexation:
    """Check the limit and number the decisions to come; released before: only the totals. Raises IndexationHeld."""
    run = IndexationRun.objects.select_for_update().get(id=run_id)
    totals = totals_of(run)
    if run.state in (State.RELEASED, State.DONE):
        return totals
    if abs(totals.percent) > run.limit_percent:
        raise IndexationHeld(percent=f"{totals.percent:.1f}".replace(".", ","), limit=run.limit_percent)
    chunks = list(IndexationChunk.objects.filter(run=run, changed__gt=0).order_by("place"))
    by_series: dict[str, list[IndexationChunk]] = {}
    for chunk in chunks:
        by_series.setdefault(f"decision-{chunk.territory}-{run.made_on.year}", []).append(chunk)
    for series, some in by_series.items():
        numbers = take(series, sum(chunk.changed for chunk in some))
        start = numbers.start
        for chunk in some:
            chunk.number_from, start = start, start + chunk.changed
    IndexationChunk.objects.bulk_update(chunks, ["number_from"], batch_size=1000)
    IndexationChunk.objects.filter(run=run, changed=0).update(state=ChunkState.DONE)
    run.state = State.RELEASED
    run.save(update_fields=["state"])
    return totals


def totals_of(run: IndexationRun) -> Indexation:
    """What the run comes to, by its chunks."""
    return with_totals(IndexationRun.objects.filter(pk=run.pk))[0]


def with_totals(runs: QuerySet[IndexationRun]) -> list[Indexation]:
    """Runs with what they come to, by the chunks the viewer may see; one query."""
    sums = {f"all_{name}": Sum(f"chunks__{name}") for name in TOTALS}
    done = Sum("chunks__changed", filter=Q(chunks__state=ChunkState.DONE))
    return [
        Indexation(
            run.id, run.day, run.begins, tuple(run.measures), run.state, run.limit_percent,
            **{name: getattr(run, f"all_{name}") or 0 for name in TOTALS}, done=run.all_done or 0,
        )
        for run in runs.annotate(**sums, all_done=done)
    ]  # fmt: skip


def next_chunk(run: IndexationRun, state: str) -> IndexationChunk | None:
    waiting = IndexationChunk.objects.select_for_update(skip_locked=True, of=("self",)).filter(run=run, state=state)
    return waiting.order_by("place").first()


def progress_of(run: IndexationRun, waiting: str) -> tuple[int, int]:
    """Awards of chunks that have left a state, and of all."""
    left = run.chunks.filter(state=waiting).aggregate(n=Sum("awards"))["n"] or 0
    whole = run.chunks.aggregate(n=Sum("awards"))["n"] or 0
    return whole - left, whole
