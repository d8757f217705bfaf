"""Cases and awards of one person, and one case. Every page of a cabinet asks them: written out and planned once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kazna.contexts.cases import contracts
from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.measures import public as measures
from kazna.plumbing.session.prepared import Prepared

CASE = (
    "id", "measure", "code", "title", "subject_id", "recipient_id", "body", "state", "outcome", "opened_on",
    "applied_on", "due_on", "is_overdue", "waits_for", "right_id", "decision_id",
)  # fmt: skip
ONE_CASE = Prepared(f"SELECT {', '.join(CASE)} FROM cases_case WHERE id = $1")
STEPS = Prepared('SELECT state, "on", note, by FROM cases_step WHERE case_id = $1 ORDER BY number')
CASES = Prepared(
    f"SELECT {', '.join(CASE)} FROM cases_case WHERE recipient_id = $1 OR subject_id = $1"
    " ORDER BY opened_on DESC, measure, ordinal"
)
AWARDS = Prepared("""
    SELECT a.id, a.number, a.measure, a.code, a.title, a.subject_id, a.recipient_id, a.amount_kopecks, a.form, a.period,
           a.first_day, a.last_day, s.stops_on, a.granted_on, a.decision_id
    FROM cases_award a LEFT JOIN cases_award_stop s ON s.award_id = a.id
    WHERE a.recipient_id = $1 OR a.subject_id = $1 ORDER BY a.first_day DESC, a.granted_on DESC, a.number
""")


def case(case_id: UUID) -> contracts.CaseView:
    if not (rows := ONE_CASE.rows(case_id)):
        raise contracts.CaseNotFound()
    steps = (contracts.CaseStepView(CaseState(state), *told) for state, *told in STEPS.rows(case_id))
    return case_view(rows[0], tuple(steps))


def cases_of(person_id: UUID) -> list[contracts.CaseView]:
    return [case_view(row) for row in CASES.rows(person_id)]


def awards_of(person_id: UUID) -> list[contracts.AwardView]:
    return [contracts.AwardView(*row) for row in AWARDS.rows(person_id)]


def case_view(row: Sequence[Any], steps: tuple[contracts.CaseStepView, ...] = ()) -> contracts.CaseView:
    """`row` as CASE has it."""
    state, outcome = CaseState(row[7]), Outcome(row[8])
    return contracts.CaseView(
        *row[:7], state, outcome, *row[9:], status=measures.statuses(row[1]).get(state, ""), steps=steps
    )
