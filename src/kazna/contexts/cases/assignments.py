"""What a register of assignments wants to know of awards: what was granted, and what happened to it later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from kazna.contexts.cases.contracts import Assignment, AssignmentChange, ChangeCause, DecisionKind
from kazna.contexts.cases.models import Award

CHUNK = 2000
STOPS = """
    SELECT s.award_id, d.id, d.on, s.stops_on, a.first_day, d.kind, coalesce(d.ground->>'event', ''),
        coalesce(d.ground->>'why', ''), d.replaces_award_id = s.award_id
    FROM cases_award_stop s JOIN cases_award a ON a.id = s.award_id JOIN cases_decision d ON d.id = s.decision_id
    WHERE a.decision_id IS NOT NULL ORDER BY d.on, d.number
"""
CORRECTIONS = """
    SELECT DISTINCT ON (d.on, d.number, c->>'award_id') (c->>'award_id')::uuid, d.id, d.on,
        coalesce(d.ground->>'why', ''), (c->>'due_kopecks')::bigint
    FROM cases_decision d, jsonb_array_elements(d.ground->'differences') c
    WHERE d.ground ? 'differences' ORDER BY d.on, d.number, c->>'award_id', c->>'month' DESC
"""
DEATH, MOVES = "DEATH_CITIZEN", ("MOVE_REGION",)
GAVE_WAY, WAIVED = "REPLACED", "WAIVED"
WRONG = ("correction", "error", "appeal")  # what was known, or what the body did, was wrong


def granted(after: str, baseline: bool) -> Iterator[Assignment]:
    """Grants in the order of their numbers."""
    awards = Award.objects.filter(number__gt=after)
    if not baseline:
        awards = awards.exclude(decision_id=None)
    for award in awards.order_by("number").iterator(chunk_size=CHUNK):
        yield Assignment(
            award_id=award.id, measure=award.measure, recipient_id=award.recipient_id, subject_id=award.subject_id,
            decided_on=award.granted_on, first_day=award.first_day, last_day=award.last_day,
            amount_kopecks=award.amount_kopecks, form=award.form,
        )  # fmt: skip


def changes() -> Iterator[AssignmentChange]:
    """Sums corrected for the past, then ends; each in the order of the decisions."""
    for award_id, decision_id, on, why, kopecks in _rows(CORRECTIONS):
        cause = ChangeCause.MISTAKE if why in WRONG else ChangeCause.RECOUNTED
        yield AssignmentChange(award_id, decision_id, on, cause, False, None, kopecks)
    for award_id, decision_id, on, stops_on, first_day, kind, event, why, goes_on in _rows(STOPS):
        cause = _cause(kind, event, why, bool(goes_on), never_was=stops_on <= first_day)
        last_day = max(stops_on - timedelta(days=1), first_day)
        yield AssignmentChange(award_id, decision_id, on, cause, True, last_day, None)


def _cause(kind: str, event: str, why: str, goes_on: bool, *, never_was: bool) -> ChangeCause:
    """Why an award ended, by the decision that ended it."""
    if never_was and not goes_on and (why in WRONG or kind == DecisionKind.CORRECT):
        return ChangeCause.MISTAKE
    if event == DEATH:
        return ChangeCause.DIED
    if event in MOVES:
        return ChangeCause.MOVED
    if event == GAVE_WAY:
        return ChangeCause.GAVE_WAY
    if event == WAIVED:
        return ChangeCause.WAIVED
    if kind == DecisionKind.SUSPEND:
        return ChangeCause.SUSPENDED
    return ChangeCause.RECOUNTED if goes_on else ChangeCause.RIGHT_ENDED


def _rows(statement: str) -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows
