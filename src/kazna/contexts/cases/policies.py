"""What a right means for the matter it belongs to: pure questions, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kazna.contexts.cases.contracts import CaseState, Outcome
from kazna.contexts.cases.lifecycle import OPEN
from kazna.contexts.cases.models import Award, Case
from kazna.contexts.measures.contracts import Missing, Right
from kazna.kernel.periods import next_month

ASKED = frozenset({"own", "vitrine", "request"})  # an agency holds the fact and is asked without the citizen


class Verb(StrEnum):
    """What is to be done with a case."""

    NOTHING = "nothing"
    COLLECT = "collect"
    OFFER = "offer"
    ASK_PERSON = "ask_person"
    GRANT = "grant"
    CHANGE = "change"
    REFUSE = "refuse"
    STOP = "stop"
    WITHDRAW = "withdraw"


BY_PERSON = frozenset({Verb.GRANT, Verb.CHANGE, Verb.REFUSE})  # what the passport may leave to an officer


@dataclass(frozen=True, slots=True)
class Held:
    """An award and the first day not due any more, if it was stopped."""

    award: Award
    stops_on: date | None = None
    stopped_by: str = ""  # the kind of decision when officers stopped it or it was suspended: no rule grants it again

    @property
    def is_suspended(self) -> bool:
        return self.stopped_by == "suspend"

    def is_live(self, on: date) -> bool:
        """Not stopped and not run out; one that has yet to begin is live."""
        return self.stops_on is None and (self.award.last_day is None or on <= self.award.last_day)

    @property
    def last_day(self) -> date | None:
        """The last day due, inclusive; None is open."""
        if self.stops_on is None:
            return self.award.last_day
        day = date.fromordinal(self.stops_on.toordinal() - 1)
        return day if self.award.last_day is None else min(day, self.award.last_day)


def next_step(right: Right, last: Case | None, held: Sequence[Held]) -> tuple[Verb, str]:
    """What the right asks for, and why in words where the rule itself does not say it.

    `last` is the newest case of this measure, subject and recipient; `held` are all awards of the measure
    for the subject, whoever receives them.
    """
    is_open = last is not None and CaseState(last.state) in OPEN
    if right.state == "unknown" and right.passport.get("quiet") and not (is_open or right.applied_on):
        return Verb.NOTHING, ""
    verb, reason = _by_rule(right, last, held, is_open=is_open)
    if verb in BY_PERSON and right.passport.get("decides") == "officer":
        return (Verb.ASK_PERSON if right.applied_on or is_open else Verb.NOTHING), ""
    return verb, reason


def _by_rule(right: Right, last: Case | None, held: Sequence[Held], *, is_open: bool) -> tuple[Verb, str]:
    must_decide = right.mode == "proactive_decision" or is_fresh(right, last) or bool(is_open and last.applied_on)
    own = [item for item in held if item.award.recipient_id == right.recipient_id]
    live = next((item for item in reversed(own) if item.is_live(right.on)), None)
    if not must_decide:
        return _offer(right, last, held, live, is_open), ""
    if right.state == "unknown":
        return _collect(right, last, held, live, is_open), ""
    if right.state == "refused":
        return _refuse(right, last, live, is_open), ""
    return _grant(right, last, live, held, own, is_open)


def is_fresh(right: Right, last: Case | None) -> bool:
    """Has somebody applied or agreed since the last case was opened?"""
    if right.applied_on is None:
        return False
    return last is None or last.applied_on is None or right.applied_on > last.applied_on


def _offer(right: Right, last: Case | None, held: Sequence[Held], live: Held | None, is_open: bool) -> Verb:
    """Without the citizen's word a right is only offered, once, and not to one who declined or has it."""
    if right.state == "refused":
        return Verb.WITHDRAW if is_open else Verb.NOTHING
    said_no = last and (
        last.outcome in (Outcome.DECLINED, Outcome.LAPSED) or (last.outcome == Outcome.WITHDRAWN and last.applied_on)
    )
    if _is_given(right, held, live) or said_no:
        return Verb.NOTHING
    return Verb.NOTHING if is_open and last.state == CaseState.OFFERED else Verb.OFFER


def _is_given(right: Right, held: Sequence[Held], live: Held | None) -> bool:
    """The person has it now, or it is given once and was."""
    return live is not None or (right.period == "once" and bool(held))


def _collect(right: Right, last: Case | None, held: Sequence[Held], live: Held | None, is_open: bool) -> Verb:
    """Unknown: wait for agencies while one of them may answer, else for a person.

    What was given already is not asked about again unless somebody applies.
    """
    if _is_given(right, held, live) and not is_open and not is_fresh(right, last):
        return Verb.NOTHING
    wanted = Verb.COLLECT if any(missing.cost in ASKED for missing in right.missing) else Verb.ASK_PERSON
    if is_open and last.state == CaseState.WAITING_PERSON and wanted == Verb.COLLECT and last.is_overdue:
        return Verb.NOTHING
    return wanted


def _refuse(right: Right, last: Case | None, live: Held | None, is_open: bool) -> Verb:
    """Refused: an answer to an application; the end of an award given without one; else said once."""
    if is_open or is_fresh(right, last):
        return Verb.REFUSE
    if live:
        return Verb.STOP if right.mode == "proactive_decision" and right.period == "month" else Verb.NOTHING
    return Verb.NOTHING if last or right.passport.get("silent_refusal") else Verb.REFUSE


def _grant(
    right: Right, last: Case | None, live: Held | None, held: Sequence[Held], own: Sequence[Held], is_open: bool
) -> tuple[Verb, str]:
    """Granted: not twice on one ground; a live award is changed when the sum or the term differ."""
    asked = is_open or is_fresh(right, last)
    if own and own[-1].stopped_by and not asked:
        return Verb.NOTHING, ""
    if taken := _taken(right, held):
        return (Verb.REFUSE, taken) if asked else (Verb.NOTHING, "")
    last_day = last_day_of(right)
    if last_day is not None and new_first_day(right, own) > last_day:
        return (Verb.REFUSE, "За весь этот срок выплата вам уже назначена.") if asked else (Verb.NOTHING, "")
    if live and right.period == "month":
        award = live.award
        same = (award.amount_kopecks, award.last_day) == (right.amount_kopecks, last_day)
        if not same:
            return Verb.CHANGE, ""
        return (Verb.REFUSE, "Эта выплата вам уже назначена в том же размере.") if asked else (Verb.NOTHING, "")
    if last is None or asked or right.mode == "proactive_decision":
        return Verb.GRANT, ""
    return Verb.NOTHING, ""


def _taken(right: Right, held: Sequence[Held]) -> str:
    """Why the same ground cannot give a second award, or an empty string."""
    if right.measure not in right.passport.get("exclusions", (right.measure,)):
        return ""
    if right.period == "once":
        if not held:
            return ""
        own = any(item.award.recipient_id == right.recipient_id for item in held)
        return "Эта мера вам уже предоставлена." if own else "Эту меру уже получил другой человек."
    others = (item for item in held if item.award.recipient_id != right.recipient_id)
    if any(_overlaps(item, right) for item in others):
        return "За эти месяцы выплату уже получает другой человек: она назначается одному получателю."
    return ""


def _overlaps(item: Held, right: Right) -> bool:
    start = first_day_of(right)
    ends_before = item.last_day is not None and item.last_day < start
    last = last_day_of(right)
    begins_after = last is not None and last < item.award.first_day
    return not ends_before and not begins_after


def first_day_of(right: Right) -> date:
    """The first day of the award: by the rule's term, else the day the law looks at, else the day of evaluation."""
    return right.first_day or right.governing_date or right.on


def last_day_of(right: Right) -> date | None:
    """The last day by the rule's term, inclusive; the law's «never» is an open end."""
    return None if right.last_day is None or right.last_day.year == date.max.year else right.last_day


def new_first_day(right: Right, own: Sequence[Held]) -> date:
    """The first day of an award after earlier ones of the same recipient: no day is paid twice.

    A change of a live award counts from the first of this month when found on that day, else of the next one.
    """
    start = first_day_of(right)
    if right.period == "once":
        return start
    for item in own:
        award = item.award
        if item.is_live(right.on):
            if is_void(award, right.on):
                continue
            begun = award.first_day < change_day(right.on)
            start = max(start, min(change_day(right.on), _day_after(award.last_day)) if begun else award.first_day)
        elif item.last_day is not None and award.first_day <= item.last_day:
            start = max(start, _day_after(item.last_day))
    return start


def is_void(award: Award, on: date) -> bool:
    """An award granted today has paid nothing: another sum found today takes its place from the first day."""
    return award.granted_on == on and award.decision_id is not None


def change_day(on: date) -> date:
    """The day from which a change found on a day counts: the law changes sums from the first of a month."""
    return on if on.day == 1 else next_month(on)


def _day_after(day: date | None) -> date:
    return date.max if day is None else date.fromordinal(day.toordinal() + 1)


def waits_for(missing: Sequence[Missing]) -> str:
    """«Доход за 2025 год (ФНС); …»: what is missing and who could tell it."""
    return "; ".join(f"{item.title} ({item.holder})" if item.holder else item.title for item in missing)
