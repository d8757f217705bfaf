"""The door of cases: the citizen's offers, the officer's queue, decisions, awards, replay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from kazna.contexts.cases import appeals, queries, recounts
from kazna.contexts.cases.actions.answer_offer import confirm_offer, decline_offer
from kazna.contexts.cases.actions.decide_case import decide_case
from kazna.contexts.cases.actions.load_awards import load_awards as _load_awards
from kazna.contexts.cases.actions.replay_decisions import replay_decisions, rights_of
from kazna.contexts.cases.contracts import (
    AmountRequired,
    Assignment,
    AwardTotals,
    AwardView,
    BaselineAward,
    CaseAlreadyDecided,
    CaseNotFound,
    CaseState,
    CaseStepView,
    CaseView,
    DecisionDocument,
    DecisionKind,
    DecisionLine,
    DecisionNotFound,
    OfferNotOpen,
    Outcome,
    Progress,
    ReasonRequired,
    ReplayDifference,
    Replayed,
)
from kazna.contexts.cases.lifecycle import mermaid
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.sources import Doors
from kazna.contexts.measures import public as measures
from kazna.events.cause import Cause

__all__ = [
    "AmountRequired",
    "Assignment",
    "AwardTotals",
    "AwardView",
    "BaselineAward",
    "CaseAlreadyDecided",
    "CaseNotFound",
    "CaseState",
    "CaseStepView",
    "CaseView",
    "DecisionDocument",
    "DecisionKind",
    "DecisionLine",
    "DecisionNotFound",
    "OfferNotOpen",
    "Outcome",
    "ReasonRequired",
    "ReplayDifference",
    "Replayed",
    "appeals",
    "ask_again",
    "assignments",
    "awards_of",
    "case",
    "cases_of",
    "cash_totals",
    "confirm",
    "counts",
    "decide",
    "decision",
    "decisions_of",
    "decline",
    "load_awards",
    "mermaid",
    "queue",
    "recounts",
    "replay",
    "replay_all",
]


def confirm(
    *,
    case_id: UUID,
    person_id: UUID,
    on: date,
    cause: Cause,
    declared: Mapping[str, Mapping[str, bool]] = MappingProxyType({}),
) -> None:
    """The citizen agrees to an offer: a consent fact is recorded and the case goes on. Raises OfferNotOpen.

    `declared`: answers only the citizen can give, fact kind → {key: yes or no}; recorded with the consent.
    """
    confirm_offer(case_id=case_id, person_id=person_id, on=on, cause=cause, sources=Doors(), declared=declared)


def decline(*, case_id: UUID, person_id: UUID, on: date) -> None:
    """The citizen does not want what is offered; it is not offered again. Raises OfferNotOpen."""
    decline_offer(case_id=case_id, person_id=person_id, on=on)


def queue(*, body: str, limit: int = 50, after: tuple[date, UUID] | None = None) -> list[CaseView]:
    """Cases of a body that wait for a person, the nearest term first; `after`: (due_on, case_id) of the last shown."""
    return queries.queue(body, limit, after)


def decide(
    *,
    case_id: UUID,
    by: str,
    outcome: Outcome,
    reason: str,
    on: date,
    cause: Cause,
    amount_kopecks: int | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> DecisionDocument:
    """An officer (`by`, a login) grants or refuses a waiting case; the reason goes into the document.

    A grant needs an amount where the rule could not give one; days inclusive.
    Raises CaseNotFound, CaseAlreadyDecided, ReasonRequired, AmountRequired.
    """
    row = decide_case(
        case_id=case_id,
        by=by,
        outcome=outcome,
        reason=reason,
        on=on,
        cause=cause,
        sources=Doors(),
        amount_kopecks=amount_kopecks,
        first_day=first_day,
        last_day=last_day,
    )
    return queries.document_of(row)


def case(*, case_id: UUID) -> CaseView:
    """One case with its steps. Raises CaseNotFound."""
    return queries.case(case_id)


def cases_of(*, person_id: UUID) -> list[CaseView]:
    """Cases the person receives by or is the subject of, newest first, without steps."""
    return queries.cases_of(person_id)


def awards_of(*, person_id: UUID) -> list[AwardView]:
    """Awards the person receives or is the subject of, newest first, ended ones too."""
    return queries.awards_of(person_id)


def decisions_of(*, person_id: UUID) -> list[DecisionLine]:
    """Decisions to or about the person, newest first."""
    return queries.decisions_of(person_id)


def decision(*, decision_id: UUID) -> DecisionDocument:
    """A decision with its document and text. Raises DecisionNotFound."""
    return queries.decision(decision_id)


def assignments(*, after: str = "", baseline: bool = False) -> Iterator[Assignment]:
    """Awards for ЕГИССО, grants then stops, ordered by number; `after` is the last number told before.

    `baseline` adds awards taken over from the former register.
    """
    return queries.assignments(after, baseline)


def load_awards(*, rows: Iterable[BaselineAward], on: date, received_at: datetime) -> int:
    """Take over awards in payment; announce them so that payments go on. Known numbers are skipped."""
    cards = {card.measure: card for card in measures.measures_list()}
    return _load_awards(rows, cards=cards, on=on, received_at=received_at)


def ask_again(*, numbers: Collection[str], on: date) -> int:
    """Ask agencies once more for the answers these decisions stand on; return how many questions are open."""
    rows = Decision.objects.filter(number__in=numbers)
    return measures.ask_again({right_id for row in rows for right_id in rights_of(row)}, on)


def replay(*, decision_id: UUID) -> Replayed:
    """Derive one decision anew and compare it byte for byte. Raises DecisionNotFound."""
    found = Decision.objects.filter(id=decision_id)
    if not found.exists():
        raise DecisionNotFound()
    return replay_decisions(found, Doors())


def replay_all(*, progress: Progress | None = None) -> Replayed:
    """Derive all decisions anew, a chunk at a time; `progress(done, total)` after each."""
    return replay_decisions(Decision.objects.all(), Doors(), progress)


def cash_totals() -> dict[str, AwardTotals]:
    """Cash awards by measure, to be compared with what payments took on."""
    return queries.cash_totals()


def counts() -> dict[str, dict[str, int]]:
    """{"cases": {state: n}, "decisions": {kind: n}, "awards": {"live"/"stopped"/"baseline": n}}."""
    return queries.counts()
