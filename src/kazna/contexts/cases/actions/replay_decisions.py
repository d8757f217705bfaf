"""Derive decisions anew from the stored rule and facts, and compare them byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from kazna.contexts.cases.actions.replay_indexation import indexed_again
from kazna.contexts.cases.contracts import Progress, ReplayDifference, Replayed
from kazna.contexts.cases.documents import compose
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.sources import Sources
from kazna.contexts.cases.spelling import digest
from kazna.contexts.measures.contracts import Replay

CHUNK = 500


def replay_decisions(found: QuerySet[Decision], sources: Sources, progress: Progress | None = None) -> Replayed:
    """Replay decisions in the order of their numbers, a chunk at a time."""
    total, done = found.count(), 0
    differences: list[ReplayDifference] = []
    to_ask: list[str] = []
    for chunk in _chunks(found):
        replayed = sources.replayed({right_id for row in chunk for right_id in rights_of(row)})
        differences += _replay(chunk, sources, replayed)
        to_ask += [row.number for row in chunk if any(replayed[right_id].to_ask for right_id in rights_of(row))]
        done += len(chunk)
        if progress:
            progress(done, total)
    return Replayed(done, tuple(differences), tuple(to_ask))


def _chunks(found: QuerySet[Decision]) -> Iterator[list[Decision]]:
    last = ""
    while chunk := list(found.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield chunk
        last = chunk[-1].number


def _replay(chunk: Sequence[Decision], sources: Sources, replayed: Mapping[UUID, Replay]) -> Iterable[ReplayDifference]:
    rights = sources.rights(set(replayed))
    facts = {fact.id: fact for fact in sources.facts({i for right in rights.values() for i in right.fact_ids})}
    indexed = indexed_again([row for row in chunk if "indexation" in row.ground], sources)
    for decision in chunk:
        differences = [text for right_id in rights_of(decision) for text in replayed[right_id].differences]
        differences += indexed.get(decision.id, ())
        right = rights.get(decision.right_id)
        used = [facts[fact_id] for fact_id in right.fact_ids if fact_id in facts] if right else []
        if digest(compose(decision, right, used)) != decision.sha256:
            differences.append("документ решения отличается от составленного заново")
        if digest(decision.document) != decision.sha256:
            differences.append("документ решения изменён после подписания")
        if differences:
            yield ReplayDifference(decision.id, decision.number, tuple(differences))


def rights_of(decision: Decision) -> list[UUID]:
    """The right a decision stands on; a recount stands on one for each day it asked about."""
    told = [UUID(right_id) for right_id in decision.ground.get("rights", ())]
    return told or ([decision.right_id] if decision.right_id else [])
