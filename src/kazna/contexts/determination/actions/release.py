"""Release an approved proposal chunk by chunk: everybody of it is asked again online, and decided as always."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.cases.public import recounts
from kazna.contexts.determination.actions.propose import note
from kazna.contexts.determination.actions.review import WORDS, locked
from kazna.contexts.determination.contracts import LawMoved, ProposalIsOld, ProposalNotFound, ProposalNotOpen
from kazna.contexts.determination.models import Chunk, Line, Proposal
from kazna.contexts.determination.policies import DAYS_OPEN
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.events.cause import Cause
from kazna.kernel.collector import without_collector

TRIGGER = "calendar"
Advance = Callable[[int, int], None]
State, Outcome = Proposal.State, Line.Outcome
SETTLE = """
    UPDATE determination_line SET outcome = CASE WHEN place = ANY(%(decided)s) THEN 'decided' ELSE 'moved' END
    WHERE proposal_id = %(id)s AND place BETWEEN %(first)s AND %(last)s
"""


def release(*, proposal_id: UUID, by: str, on: date, now: datetime, progress: Advance) -> None:
    """Decide what is left of it; any number of processes at once, cut off, it goes on.

    Nobody is paid by an old calculation: each right is evaluated again on the day `on` from the facts known now, and
    what does not hold any more is left (outcome moved). Raises ProposalNotFound, ProposalNotOpen, ProposalIsOld,
    LawMoved.
    """
    proposal = _open(proposal_id, on)
    while chunk := _next(proposal, on, now):
        progress(*_done(proposal))
        assert chunk.is_done
    _finish(proposal_id, by)


def _open(proposal_id: UUID, on: date) -> Proposal:
    proposal = Proposal.objects.filter(id=proposal_id).first()
    if proposal is None:
        raise ProposalNotFound()
    if proposal.state != State.APPROVED:
        raise ProposalNotOpen(state=WORDS[State(proposal.state)])
    if not 0 <= (on - proposal.made_on).days <= DAYS_OPEN:
        raise ProposalIsOld(made_on=proposal.made_on, days=DAYS_OPEN)
    if measures.law_in_force().digest != proposal.law:
        raise LawMoved()
    return proposal


@transaction.atomic
def _next(proposal: Proposal, on: date, now: datetime) -> Chunk | None:
    """Let out one chunk that nobody else has; None when there is none left."""
    waiting = Chunk.objects.select_for_update(skip_locked=True, of=("self",)).filter(proposal=proposal, is_done=False)
    chunk = waiting.order_by("first").first()
    if chunk is None:
        return None
    lines = list(Line.objects.filter(proposal=proposal, place__range=(chunk.first, chunk.last)).order_by("place"))
    with without_collector():
        decided = _new(lines, on, now) if chunk.is_new else _awards(lines, on, now)
    with connection.cursor() as cursor:
        asked = {"id": proposal.id, "first": chunk.first, "last": chunk.last, "decided": sorted(decided)}
        cursor.execute(SETTLE, asked)
    chunk.is_done = True
    chunk.save(update_fields=["is_done"])
    return chunk


def _new(lines: Collection[Line], on: date, now: datetime) -> set[int]:
    """Evaluate new rights online; places of those still granted."""
    library, cause = measures.law_in_force(), Cause(None, now)
    asks, places = [], {}
    for line in lines:
        alone = library.edition(line.measure, on).document["decided_for"] == "person"
        roles = {"person": line.subject_id} if alone else {"child": line.subject_id, "applicant": line.recipient_id}
        asks.append(Ask(line.measure, roles, TRIGGER, cause))
        places[line.measure, line.subject_id] = line.place
    granted = measures.granted(measures.evaluate(asks, on))
    return {places[key] for key in granted if key in places}


def _awards(lines: Collection[Line], on: date, now: datetime) -> set[int]:
    """Count awards anew, back to the right day; places of those decided."""
    keys = {(line.measure, line.subject_id, line.recipient_id): line.place for line in lines}
    return {keys[key] for key in recounts.reconsider_these(keys=list(keys), on=on, now=now)}


def _done(proposal: Proposal) -> tuple[int, int]:
    spans = proposal.chunks.values_list("first", "last", "is_done")
    whole = [(last - first + 1, done) for first, last, done in spans]
    return sum(size for size, done in whole if done), sum(size for size, _ in whole)


@transaction.atomic
def _finish(proposal_id: UUID, by: str) -> None:
    """The last process closes it; the others find that it is not theirs to close."""
    proposal = locked(proposal_id)
    if proposal.state == State.APPROVED and not proposal.chunks.filter(is_done=False).exists():
        proposal.state = State.RELEASED
        proposal.save(update_fields=["state"])
        note(proposal, "release", by)
