"""The door of cases: the citizen's offers, the officer's queue, decisions, awards, replay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from kazna.contexts.cases import (
    appeals,
    applications,
    criteria,
    of_person,
    queries,
    queries_register,
    recounts,
    workplace,
)
from kazna.contexts.cases import assignments as _assignments
from kazna.contexts.cases.actions.answer_offer import answer_case, confirm_offer, decline_offer
from kazna.contexts.cases.actions.choose_measure import choose_measure, compare
from kazna.contexts.cases.actions.decide_case import decide_or_propose
from kazna.contexts.cases.actions.load_awards import load_awards as _load_awards
from kazna.contexts.cases.actions.propose_act import propose_act as _propose_act
from kazna.contexts.cases.actions.purge_files import purge_files
from kazna.contexts.cases.actions.replay_decisions import replay_decisions, rights_of
from kazna.contexts.cases.actions.seal_decision import check_paper, seal_decision
from kazna.contexts.cases.actions.settle_proposal import confirm_proposal as _confirm_proposal
from kazna.contexts.cases.actions.settle_proposal import return_proposal
from kazna.contexts.cases.bodies import body_of
from kazna.contexts.cases.contracts import (
    AmountRequired,
    Assignment,
    AssignmentChange,
    AwardAct,
    AwardNotFound,
    AwardTotals,
    AwardView,
    BaselineAward,
    CaseAlreadyDecided,
    CaseNotFound,
    CaseState,
    CaseStepView,
    CaseView,
    ChangeCause,
    Comparison,
    DecisionDocument,
    DecisionKind,
    DecisionLine,
    DecisionNotFound,
    FilePaper,
    NotPossible,
    OfferNotOpen,
    Outcome,
    PaperChecked,
    PaperKnown,
    Progress,
    ProposalNotOpen,
    ProposalOpen,
    ProposalView,
    Purged,
    ReasonRequired,
    RegisterLine,
    ReplayDifference,
    Replayed,
    SamePerson,
)
from kazna.contexts.cases.lifecycle import mermaid
from kazna.contexts.cases.models import Decision, Proposal
from kazna.contexts.cases.paper.file import printed_file as _printed_file
from kazna.contexts.cases.personal_file import papers_of
from kazna.contexts.cases.queries_register import RegisterFilter, paper_known, proposal, proposal_about
from kazna.contexts.cases.sources import Doors
from kazna.contexts.measures import public as measures
from kazna.events.cause import Cause

__all__ = [
    "AmountRequired",
    "Assignment",
    "AssignmentChange",
    "AwardAct",
    "AwardNotFound",
    "AwardTotals",
    "AwardView",
    "BaselineAward",
    "CaseAlreadyDecided",
    "CaseNotFound",
    "CaseState",
    "CaseStepView",
    "CaseView",
    "ChangeCause",
    "Comparison",
    "DecisionDocument",
    "DecisionKind",
    "DecisionLine",
    "DecisionNotFound",
    "FilePaper",
    "NotPossible",
    "OfferNotOpen",
    "Outcome",
    "PaperChecked",
    "PaperKnown",
    "ProposalNotOpen",
    "ProposalOpen",
    "ProposalView",
    "Purged",
    "ReasonRequired",
    "RegisterFilter",
    "RegisterLine",
    "ReplayDifference",
    "Replayed",
    "SamePerson",
    "appeals",
    "applications",
    "ask_again",
    "assignment_changes",
    "assignments",
    "award_by_number",
    "awards_of",
    "body_of",
    "case",
    "cases_of",
    "cash_totals",
    "check_paper",
    "choose",
    "comparison",
    "confirm",
    "confirm_proposal",
    "counts",
    "criteria",
    "decide",
    "decision",
    "decisions_of",
    "decline",
    "load_awards",
    "mermaid",
    "paper_known",
    "personal_file",
    "printed_file",
    "proposal",
    "proposal_about",
    "proposals",
    "propose_act",
    "purge_files",
    "queue",
    "recounts",
    "register",
    "replay",
    "replay_all",
    "reply",
    "return_proposal",
    "sealed",
    "under_way",
    "workplace",
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


def reply(
    *, case_id: UUID, person_id: UUID, on: date, cause: Cause, declared: Mapping[str, Mapping[str, bool]]
) -> None:
    """What a case under way waited for from the citizen; the right is weighed again because of it."""
    answer_case(case_id=case_id, person_id=person_id, on=on, cause=cause, sources=Doors(), declared=declared)


def decline(*, case_id: UUID, person_id: UUID, on: date, cause: Cause) -> None:
    """The citizen does not want what is offered; it is not offered again, but to the next. Raises OfferNotOpen."""
    decline_offer(case_id=case_id, person_id=person_id, on=on, cause=cause)


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
) -> DecisionDocument | ProposalView:
    """An officer (`by`, a login) grants or refuses a waiting case; the reason goes into the document.

    A grant needs an amount where the rule could not give one; days inclusive. Otherwise than the rule, or where the
    passport asks for two people, it becomes a draft for a second officer instead.
    Raises CaseNotFound, CaseAlreadyDecided, ReasonRequired, AmountRequired, ProposalOpen.
    """
    done = decide_or_propose(
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
    return queries_register.proposal_view(done) if isinstance(done, Proposal) else queries.document_of(done)


def propose_act(
    *,
    award_id: UUID,
    act: AwardAct,
    by: str,
    reason: str,
    on: date,
    first_day: date | None = None,
    amount_kopecks: int | None = None,
) -> ProposalView:
    """Suspend, resume, stop, change or correct an award, once a second officer agrees. `first_day`: from when.

    Raises AwardNotFound, NotPossible, ProposalOpen, ReasonRequired.
    """
    row = _propose_act(
        award_id=award_id, act=act, by=by, reason=reason, on=on, first_day=first_day, amount_kopecks=amount_kopecks
    )
    return queries_register.proposal_view(row)


def proposals(*, body: str, limit: int = 50, after: tuple[date, UUID] | None = None) -> list[ProposalView]:
    """Drafts of a body that wait for a second officer, the oldest first; `after`: (proposed_on, id)."""
    return queries_register.proposals(body, limit=limit, after=after)


def confirm_proposal(*, proposal_id: UUID, by: str, on: date, cause: Cause) -> DecisionDocument:
    """The second officer agrees: the decision is signed. Raises ProposalNotOpen, SamePerson, and what became of it."""
    return queries.document_of(_confirm_proposal(proposal_id=proposal_id, by=by, on=on, cause=cause, sources=Doors()))


def register(
    *, wanted: RegisterFilter, limit: int = 50, after: tuple[date, str] | None = None, body: str = ""
) -> list[RegisterLine]:
    """The register of decisions as far as the viewer may see it, the newest first; `after`: (on, number).

    `body` of the officer who looks: found among its own and what it gave away, not among all.
    """
    return queries_register.register(wanted, limit=limit, after=after, body=body)


def sealed(*, decision_id: UUID) -> bytes:
    """The decision as a sealed PDF with `decision.json` inside; always the same bytes. Raises DecisionNotFound."""
    return seal_decision(decision_id)


def case(*, case_id: UUID) -> CaseView:
    """One case with its steps. Raises CaseNotFound."""
    return of_person.case(case_id)


def cases_of(*, person_id: UUID) -> list[CaseView]:
    """Cases the person receives by or is the subject of, newest first, without steps."""
    return of_person.cases_of(person_id)


def under_way(pairs: Collection[tuple[str, UUID]]) -> set[tuple[str, str]]:
    """Of these (measure, subject) those with an open case, or whose offer was declined; subjects as text."""
    return queries.under_way(pairs)


def awards_of(*, person_id: UUID) -> list[AwardView]:
    """Awards the person receives or is the subject of, newest first, ended ones too."""
    return of_person.awards_of(person_id)


def award_by_number(*, number: str) -> AwardView | None:
    """The newest award that bears the number, as far as the viewer may see it."""
    return queries.award_by_number(number)


def decisions_of(*, person_id: UUID) -> list[DecisionLine]:
    """Decisions to or about the person, newest first."""
    return queries.decisions_of(person_id)


def decision(*, decision_id: UUID) -> DecisionDocument:
    """A decision with its document and text. Raises DecisionNotFound."""
    return queries.decision(decision_id)


def assignments(*, after: str = "", baseline: bool = False) -> Iterator[Assignment]:
    """Awards for ЕГИССО as they were granted, ordered by number; `after` is the last number told before.

    `baseline` adds awards taken over from the former register.
    """
    return _assignments.granted(after, baseline)


def assignment_changes() -> Iterator[AssignmentChange]:
    """What happened later to decided awards: sums corrected for the past, then ends, in the order of the decisions."""
    return _assignments.changes()


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


def comparison(*, case_id: UUID, on: date) -> list[Comparison]:
    """What the person would give up for an offered case, by the relations of its passport; empty when nothing."""
    return compare(case_id=case_id, on=on, sources=Doors())


def choose(
    *,
    case_id: UUID,
    person_id: UUID,
    on: date,
    cause: Cause,
    declared: Mapping[str, Mapping[str, bool]] = MappingProxyType({}),
) -> None:
    """The citizen takes the offered measure instead of what is compared with it. Raises OfferNotOpen."""
    choose_measure(case_id=case_id, person_id=person_id, on=on, cause=cause, sources=Doors(), declared=declared)


def personal_file(*, person_id: UUID) -> list[FilePaper]:
    """Everything of a recipient in the order of days: applications, files, cases, decisions, awards, ends."""
    return papers_of(person_id)


def printed_file(*, person_id: UUID, body: str, on: date) -> bytes:
    """The personal file as one sealed PDF with an inventory. Raises CaseNotFound for a person who is hidden."""
    card = Doors().cards([person_id]).get(person_id)
    if card is None:
        raise CaseNotFound()
    return _printed_file(card, papers_of(person_id), body=body, on=on)
