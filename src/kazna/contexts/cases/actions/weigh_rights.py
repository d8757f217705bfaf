"""Turn rights found into moves of cases: collect, offer, ask a person, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from kazna.contexts.cases.actions.stop_clock import run_again, stop_for_answers
from kazna.contexts.cases.bodies import body_of
from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.cases.desk import Desk, people_of
from kazna.contexts.cases.drafting import draft_grant, draft_refusal, draft_stop, draft_ways_given
from kazna.contexts.cases.letters import choice_letter, offer_letter, question_letter, received_letter, withdrawn_letter
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.cases.policies import Verb, change_day, next_step, waits_for
from kazna.contexts.cases.rivals import judge_rivals
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.contexts.delegation import public as delegation
from kazna.contexts.delegation.public import Flow
from kazna.contexts.measures.contracts import Right
from kazna.contexts.notifications import public as notifications
from kazna.contexts.notifications.public import NewNotice
from kazna.contexts.registers.contracts import PersonCard
from kazna.events.cause import Cause
from kazna.kernel.periods import next_month

CHOOSE = "Эта мера не предоставляется вместе с той, которую вы получаете: выберите одну."
BY_REGULATION = "По регламенту меры решает специалист."


@transaction.atomic
def weigh_rights(found: Sequence[tuple[UUID, Cause]], sources: Sources) -> None:
    """Weigh rights in the order they were found. A right weighed before changes nothing."""
    rights = sources.rights([right_id for right_id, _ in found])
    people = people_of(rights)
    desk = Desk.load(
        measures={right.measure for right in rights.values()},
        subject_ids={right.subject_id for right in rights.values()},
        right_ids=list(rights),
    )
    cards = sources.cards(people | {p for right in rights.values() for p in right.roles.values()})
    desk.load_rivals(list(rights.values()))
    scales = Scales(desk, Signing(sources, desk, cards=cards), sources, cards, sources.emails(people))
    scales.flow = _flow(max(right.on for right in rights.values())) if rights else None
    for right_id, cause in found:
        if desk.take_up(right_id):
            scales.weigh(rights[right_id], cause)
    if scales.flow is not None:
        scales.flow.write()
    scales.signing.sign()
    scales.follow_clocks()
    notifications.notify(scales.letters)


def _flow(on: date) -> Flow | None:
    """Where new cases go under agreements; None without any: loads are not counted then."""
    if not delegation.has_any(on=on):
        return None
    waiting = Case.objects.filter(state__in=OPEN).values_list("body").annotate(Count("id"))
    return delegation.flow(on=on, loads=dict(waiting))


@dataclass
class Scales:
    """One batch being weighed."""

    desk: Desk
    signing: Signing
    sources: Sources
    cards: Mapping[UUID, PersonCard]
    emails: Mapping[UUID, str]
    letters: list[NewNotice] = field(default_factory=list)
    flow: Flow | None = None
    waited: dict[UUID, tuple[Case, date]] = field(default_factory=dict)
    asked: list[tuple[Case, Right]] = field(default_factory=list)
    due: dict[tuple[date, int], date] = field(default_factory=dict)

    def weigh(self, right: Right, cause: Cause) -> None:
        last = self.desk.last(right.key)
        if last is not None and last.state == CaseState.WAITING_PERSON:
            self.waited[last.id] = (last, right.on)
        if self.cards[right.recipient_id].died_on:
            verb, reason = Verb.WITHDRAW, ""
        else:
            verb, reason = next_step(right, last, self.desk.held(right.measure, right.subject_id))
        ACTS[verb](self, right, cause, reason)

    def ignore(self, right: Right, cause: Cause, reason: str) -> None:
        """A case that is open stands on the newest right all the same."""
        last = self.desk.last(right.key)
        if last is not None and CaseState(last.state) in OPEN:
            self.desk.weigh(last, right)

    def collect(self, right: Right, cause: Cause, reason: str) -> None:
        case = self._case(right)
        case.waits_for = waits_for(right.missing)
        self.desk.move(case, CaseState.COLLECTING, right.on, note=case.waits_for)
        self._tell_received(case, right, cause)

    def offer(self, right: Right, cause: Cause, reason: str) -> None:
        case = self._case(right, terms=False)
        self.desk.move(case, CaseState.OFFERED, right.on)
        self._tell(right, "offered", offer_letter(case, right, self.cards, cause, self._email(right)))

    def ask_person(self, right: Right, cause: Cause, reason: str) -> None:
        case = self._case(right)
        case.waits_for = waits_for(right.missing) or f"{BY_REGULATION} {right.summary}"
        self.desk.move(case, CaseState.WAITING_PERSON, right.on, note=case.waits_for)
        if letter := question_letter(case, right, cause, self._email(right)):
            self._tell(right, "question", letter)
            self.asked.append((case, right))
        else:
            self._tell_received(case, right, cause)

    def follow_clocks(self) -> None:
        """The term stands while a citizen is asked and runs again when something new was weighed."""
        asked = {case.id for case, _ in self.asked}
        for on in sorted({on for _, on in self.waited.values()}):
            answered = [case for case, day in self.waited.values() if day == on and case.id not in asked]
            run_again(answered, on, self.sources)
        for on in sorted({right.on for _, right in self.asked}):
            stop_for_answers([(case, right) for case, right in self.asked if right.on == on], on, self.sources)

    def _tell(self, right: Right, what: str, letter: NewNotice) -> None:
        """Only what the passport says people are told of."""
        if what in right.passport.get("notices", (what,)):
            self.letters.append(letter)

    def _tell_received(self, case: Case, right: Right, cause: Cause) -> None:
        """An application that is not decided at once is confirmed, once."""
        if right.applied_on is not None:
            self._tell(right, "received", received_letter(case, right, cause, self._email(right)))

    def grant(self, right: Right, cause: Cause, reason: str) -> None:
        """What the passport's relations say goes first: refuse, let the citizen choose, or end what gives way."""
        last = self.desk.last(right.key)
        chosen = self.desk.chosen.get(last.id, frozenset()) if last else frozenset()
        verdict = judge_rivals(right, self.desk.rivals(right), chosen)
        if verdict.refusal:
            return self._not_beside(right, cause, verdict.refusal)
        if verdict.choose:
            return self._let_choose(right, cause)
        case = self._case(right)
        self._determined(case, right)
        draft = draft_grant(self.desk, case, right, cause, on=right.on, first_day=self._goes_on_from(right))
        self.signing.drafts += [*draft_ways_given(self.desk, draft, verdict.gives_way, right.on), draft]
        decided(self.desk, case, Outcome.GRANTED, right, on=right.on)
        self._close_others(right)

    def _goes_on_from(self, right: Right) -> date | None:
        """The event that ended the last award opens this one (a move): no day between is lost, however late told."""
        own = [h for h in self.desk.held(right.measure, right.subject_id) if h.award.recipient_id == right.recipient_id]
        last = own[-1] if own and right.period == "month" else None
        if last is None or last.stops_on is None or right.trigger not in last.award.ends_on:
            return None
        ended = Decision.objects.filter(award_id=last.award.id, kind="stop", ground__event=right.trigger)
        return last.stops_on if ended.filter(recipient_id=right.recipient_id).exists() else None

    def _not_beside(self, right: Right, cause: Cause, reason: str) -> None:
        """What was asked for is refused with the reason; what nobody asked for is passed over."""
        last = self.desk.last(right.key)
        if right.applied_on is not None or (last is not None and CaseState(last.state) in OPEN):
            self.refuse(right, cause, reason)

    def _let_choose(self, right: Right, cause: Cause) -> None:
        """Both at once are not given: the case waits until the citizen has seen them side by side."""
        last = self.desk.last(right.key)
        if last is not None and last.outcome == Outcome.DECLINED and right.applied_on == last.applied_on:
            return
        case = self._case(right, terms=False)
        case.waits_for = CHOOSE
        self.desk.move(case, CaseState.OFFERED, right.on, note=CHOOSE)
        self._tell(right, "offered", choice_letter(case, right, cause, self._email(right)))

    def change(self, right: Right, cause: Cause, reason: str) -> None:
        """A live award gets another sum or term: by the open case, else by the case that granted it."""
        case = self._case(right)
        self._determined(case, right)
        self.signing.drafts.append(draft_grant(self.desk, case, right, cause, on=right.on))
        decided(self.desk, case, Outcome.GRANTED, right, on=right.on)

    def refuse(self, right: Right, cause: Cause, reason: str) -> None:
        case = self._case(right)
        self._determined(case, right)
        self.signing.drafts.append(draft_refusal(case, right, cause, on=right.on, reason=reason))
        decided(self.desk, case, Outcome.REFUSED, right, on=right.on)

    def stop(self, right: Right, cause: Cause, reason: str) -> None:
        """The rule does not hold any more for an award given without an application.

        What another award leaves nothing of ends with the month that award begins in, when it begins on its first.
        """
        held = self.desk.live_of(right)
        stops_on = max(change_day(right.on) if right.trigger == "award" else next_month(right.on), held.award.first_day)
        ground = {"event": right.trigger, "happened_on": right.on.isoformat()}
        self.signing.drafts.append(
            draft_stop(
                self.desk, held, cause, stops_on=stops_on, on=right.on, reason=right.summary, ground=ground, right=right
            )
        )
        case = next((c for c in self.desk.cases[right.key] if c.id == held.award.case_id), None)
        if case is not None and case.state == CaseState.PROVIDED:
            self.desk.close(case, Outcome.GRANTED, right.on, note=right.summary)

    def withdraw(self, right: Right, cause: Cause, reason: str) -> None:
        last = self.desk.last(right.key)
        if last is None or CaseState(last.state) not in OPEN:
            return
        was_offered = last.state == CaseState.OFFERED
        self.desk.weigh(last, right)
        self.desk.close(last, Outcome.WITHDRAWN, right.on, note=right.summary)
        if was_offered and not self.cards[right.recipient_id].died_on:
            self.letters.append(withdrawn_letter(last, right, cause, self._email(right)))

    def _case(self, right: Right, *, terms: bool = True) -> Case:
        """The open or a new case, standing on this right; the term of decision runs from its first day."""
        territory = self.cards[right.recipient_id].territory
        own = body_of(right.body, territory)
        case = self.desk.open_case(right, body=own, territory=own.partition("-")[2])
        if self.flow is not None and self.desk.is_just_opened(case):
            self._give_away(case, own, right.on)
        self.desk.weigh(case, right)
        if terms and case.due_on is None:
            case.due_on = self._due_on(right.on, right.passport.get("decision_days", 10))
        return case

    def _due_on(self, day: date, count: int) -> date:
        """Counted once for all of the batch that are asked on the same day."""
        if (day, count) not in self.due:
            self.due[day, count] = self.sources.working_day_after(day, count)
        return self.due[day, count]

    def _give_away(self, case: Case, own: str, on: date) -> None:
        """Under an agreement another body does the case, by load and not by place."""
        if self.flow is None or case.id in self.desk.delegated:
            return
        matter = self.flow.give(
            case_id=case.id, measure=case.measure, origin_body=own, recipient_id=case.recipient_id,
            subject_id=case.subject_id, on=on,
        )  # fmt: skip
        if matter is not None:
            self.desk.delegated[case.id] = matter
            self.desk.give(case, matter.body)

    def _determined(self, case: Case, right: Right) -> None:
        case.waits_for = ""
        self.desk.move(case, CaseState.DETERMINED, right.on, note=right.summary)

    def _close_others(self, right: Right) -> None:
        """Another parent's open case about the same ground has lost its sense."""
        for case in self.desk.last_of_others(right):
            if CaseState(case.state) in OPEN:
                self.desk.close(case, Outcome.WITHDRAWN, right.on, note="Мера назначена другому получателю.")

    def _email(self, right: Right) -> str | None:
        return self.emails.get(right.recipient_id)


def decided(desk: Desk, case: Case, outcome: Outcome, right: Right, *, on: date, by: str = "") -> None:
    """After the decision: a refusal closes the case, what is not paid in money is provided at once."""
    desk.move(case, CaseState.DECIDED, on, by=by)
    case.outcome = outcome
    if outcome == Outcome.REFUSED:
        desk.close(case, outcome, on, note="")
    elif right.form != "cash":
        desk.move(case, CaseState.PROVIDED, on)


ACTS: dict[Verb, Callable[[Scales, Right, Cause, str], None]] = {
    Verb.NOTHING: Scales.ignore,
    Verb.COLLECT: Scales.collect,
    Verb.OFFER: Scales.offer,
    Verb.ASK_PERSON: Scales.ask_person,
    Verb.GRANT: Scales.grant,
    Verb.CHANGE: Scales.change,
    Verb.REFUSE: Scales.refuse,
    Verb.STOP: Scales.stop,
    Verb.WITHDRAW: Scales.withdraw,
}
