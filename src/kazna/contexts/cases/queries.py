"""Reads of cases, decisions and awards."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from kazna.contexts.cases import contracts
from kazna.contexts.cases.contracts import CaseState, DecisionKind, Outcome
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Award, Case, Decision
from kazna.contexts.cases.of_person import CASE, case_view

UNDER_WAY = """
    SELECT DISTINCT c.measure, c.subject_id::text FROM unnest(%s::text[], %s::uuid[]) AS k(measure, subject_id)
    JOIN cases_case c ON c.measure = k.measure AND c.subject_id = k.subject_id
    WHERE c.state = ANY(%s) OR c.outcome = %s
"""


def under_way(pairs: Collection[tuple[str, UUID]]) -> set[tuple[str, str]]:
    states = [state.value for state in OPEN]
    asked = [[measure for measure, _ in pairs], [subject for _, subject in pairs], states, Outcome.DECLINED.value]
    with connection.cursor() as cursor:
        cursor.execute(UNDER_WAY, asked)
        return set(cursor.fetchall())


def queue(body: str, limit: int, after: tuple[date, UUID] | None) -> list[contracts.CaseView]:
    found = Case.objects.filter(body=body, state=CaseState.WAITING_PERSON, due_on__isnull=False)
    if after is not None:
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], id__gt=after[1]))
    return [case_view(row) for row in found.order_by("due_on", "id").values_list(*CASE)[:limit]]


def award_by_number(number: str) -> contracts.AwardView | None:
    row = Award.objects.filter(number=number).select_related("stop").order_by("-granted_on").first()
    return award_view(row) if row else None


def decisions_of(person_id: UUID) -> list[contracts.DecisionLine]:
    found = Decision.objects.filter(
        Q(recipient_id=person_id) | Q(subject_id=person_id) & ~Q(subject_id=F("recipient_id"))
    )
    return [
        contracts.DecisionLine(
            decision_id=row.id,
            number=row.number,
            on=row.on,
            kind=DecisionKind(row.kind),
            measure=row.measure,
            title=row.title,
            amount_kopecks=row.amount_kopecks,
            case_id=row.case_id,
        )
        for row in found.defer("kept_document").order_by("-on", "-number")
    ]


def decision(decision_id: UUID) -> contracts.DecisionDocument:
    row = Decision.objects.filter(id=decision_id).first()
    if row is None:
        raise contracts.DecisionNotFound()
    return document_of(row)


def document_of(row: Decision) -> contracts.DecisionDocument:
    document = row.document
    return contracts.DecisionDocument(
        decision_id=row.id,
        number=row.number,
        on=row.on,
        kind=DecisionKind(row.kind),
        recipient_id=row.recipient_id,
        sha256=row.sha256,
        document=document,
        lines=tuple(document["lines"]),
    )


def cash_totals() -> dict[str, contracts.AwardTotals]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.measure, count(*), sum(a.amount_kopecks)::bigint, count(s.award_id) FROM cases_award a"
            " LEFT JOIN cases_award_stop s ON s.award_id = a.id WHERE a.form = 'cash' GROUP BY a.measure"
        )
        return {row[0]: contracts.AwardTotals(*row[1:]) for row in cursor.fetchall()}


def counts() -> dict[str, dict[str, int]]:
    """From a view without personal data, so that every role sees the same figures."""
    table: dict[str, dict[str, int]] = {"cases": {}, "decisions": {}, "awards": {}}
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, state, number FROM cases_counts ORDER BY what, state")
        for what, state, number in cursor.fetchall():
            table[what][state] = number
    return table


def award_view(row: Award) -> contracts.AwardView:
    stop = getattr(row, "stop", None)
    return contracts.AwardView(
        award_id=row.id,
        number=row.number,
        measure=row.measure,
        code=row.code,
        title=row.title,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        amount_kopecks=row.amount_kopecks,
        form=row.form,
        period=row.period,
        first_day=row.first_day,
        last_day=row.last_day,
        stops_on=stop.stops_on if stop else None,
        granted_on=row.granted_on,
        decision_id=row.decision_id,
    )
