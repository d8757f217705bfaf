"""Number, compose and store decisions of a batch, with the awards and stops they make, and announce them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from uuid import UUID

from kazna.contexts.cases.composing import Papers, Sheet
from kazna.contexts.cases.desk import Desk, content_id
from kazna.contexts.cases.forms import keep_forms
from kazna.contexts.cases.models import Award, AwardStop, Case, Decision
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Right
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.events.cases import AwardCorrected, AwardGranted, AwardStopped, DecisionMade, MonthDifference
from kazna.events.cause import Cause
from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.new_rows import insert_all
from kazna.plumbing.numbering import take
from kazna.plumbing.outbox import publish_many

DECISION = (
    "id", "number", "kind", "on", "body", "territory", "case_id", "right_id", "award_id", "replaces_award_id",
    "measure", "title", "subject_id", "recipient_id", "wording", "amount_kopecks", "first_day", "last_day",
    "decided_by", "confirmed_by", "against_rule", "reason", "ground", "sha256",
)  # fmt: skip
VALUES = attrgetter(*DECISION)


@dataclass
class Draft:
    """A decision before it has a number. `stops` names the award it ends; `award` is the one it grants."""

    decision: Decision
    cause: Cause
    case: Case | None = None
    right: Right | None = None
    award: Award | None = None
    stops: Award | None = None
    stops_on: date | None = None
    stop_reason: str = ""
    corrected: Sequence[tuple[Award, tuple[MonthDifference, ...]]] = ()
    spelling: str = ""


@dataclass
class Signing:
    """Drafts in the order they were made; `sign` writes them all."""

    sources: Sources
    desk: Desk
    drafts: list[Draft] = field(default_factory=list)
    cards: Mapping[UUID, PersonCard] = field(default_factory=dict)

    def sign(self) -> list[Decision]:
        """Give numbers in the order of drafts, write everything, publish. Returns the decisions."""
        if self.drafts:
            self._number()
            self._compose()
        self.desk.write_cases()
        write_decisions([(draft.decision, draft.spelling) for draft in self.drafts])
        insert_all([draft.award for draft in self.drafts if draft.award])
        insert_all([_stop(draft) for draft in self.drafts if draft.stops])
        publish_many(event for draft in self.drafts for event in _events(draft))
        return [draft.decision for draft in self.drafts]

    def _number(self) -> None:
        wanted = Counter(_series(draft.decision) for draft in self.drafts)
        numbers = {series: iter(take(series, count)) for series, count in wanted.items()}
        for draft in self.drafts:
            decision = draft.decision
            number = next(numbers[_series(decision)])
            decision.number = f"{decision.territory}-{decision.on.year}-{number:06d}"
            decision.id = content_id("decision", decision.number)
            if draft.award:
                draft.award.number, draft.award.decision_id = decision.number, decision.id
                decision.award_id = draft.award.id
            if draft.case:
                draft.case.decision_id = decision.id
                self.desk.touched[draft.case.id] = draft.case

    def _compose(self) -> None:
        people = {p for d in self.drafts for p in (d.decision.recipient_id, d.decision.subject_id)}
        strangers = people - self.cards.keys()
        cards = {**self.cards, **self.sources.cards(strangers)} if strangers else self.cards
        facts = {f.id: f for f in self.sources.facts({i for d in self.drafts if d.right for i in d.right.fact_ids})}
        sheets = [_sheet(draft, cards, facts) for draft in self.drafts]
        papers = Papers(sheets, self.sources.kind_titles())
        for draft, written in zip(self.drafts, papers.write(), strict=True):
            draft.spelling = written.spelling
            draft.decision.kept_document, draft.decision.sha256 = written.kept, written.sha256
        if papers.forms:
            keep_forms(papers.forms)


def _sheet(draft: Draft, cards: Mapping[UUID, PersonCard], facts: Mapping[UUID, Fact]) -> Sheet:
    decision, right = draft.decision, draft.right
    about = None if decision.subject_id == decision.recipient_id else cards[decision.subject_id]
    used = [facts[fact_id] for fact_id in right.fact_ids if fact_id in facts] if right else []
    return Sheet(decision, right, cards[decision.recipient_id], about, used)


def write_decisions(decisions: Sequence[tuple[Decision, str]]) -> None:
    """Decisions with their documents as they are kept; what was digested is the whole document."""
    rows = ([*VALUES(one), spelling] for one, spelling in decisions)
    copy_rows("cases_decision", [*DECISION, "document"], rows)


def _series(decision: Decision) -> str:
    return f"decision-{decision.territory}-{decision.on.year}"


def _stop(draft: Draft) -> AwardStop:
    return AwardStop(
        award_id=draft.stops.id,
        recipient_id=draft.stops.recipient_id,
        body=draft.stops.body,
        decision_id=draft.decision.id,
        stops_on=draft.stops_on,
        reason=draft.stop_reason,
        stopped_on=draft.decision.on,
    )


def _events(draft: Draft) -> Iterator[AwardStopped | AwardCorrected | AwardGranted | DecisionMade]:
    """The stop of an old award goes before the grant of the new one."""
    decision = draft.decision
    if draft.stops:
        yield AwardStopped(
            award_id=draft.stops.id,
            decision_id=decision.id,
            recipient_id=draft.stops.recipient_id,
            form=draft.stops.form,
            stops_on=draft.stops_on,
            reason=draft.stop_reason,
            on=decision.on,
            cause=draft.cause,
        )
    for award, differences in draft.corrected:
        yield AwardCorrected(
            award_id=award.id,
            decision_id=decision.id,
            measure=award.measure,
            body=award.body,
            recipient_id=award.recipient_id,
            subject_id=award.subject_id,
            form=award.form,
            differences=differences,
            ground=decision.ground.get("why", "fact"),
            reason=decision.reason,
            on=decision.on,
            cause=draft.cause,
        )
    if draft.award:
        yield award_granted(draft.award, decision.on, draft.cause)
    yield DecisionMade(decision.id, decision.recipient_id, decision.on, draft.cause)


def award_granted(award: Award, on: date, cause: Cause) -> AwardGranted:
    return AwardGranted(
        award_id=award.id,
        decision_id=award.decision_id,
        measure=award.measure,
        body=award.body,
        recipient_id=award.recipient_id,
        subject_id=award.subject_id,
        amount_kopecks=award.amount_kopecks,
        form=award.form,
        period=award.period,
        first_day=award.first_day,
        last_day=award.last_day,
        on=on,
        cause=cause,
    )
