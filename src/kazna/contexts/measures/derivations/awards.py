"""Derivations over what has been awarded: pensions of the legacy register and measures assigned by Kazna."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from kazna.contexts.measures.book import holds
from kazna.contexts.measures.derivations.base import Asked, NotKnown, derivation
from kazna.contexts.registers.contracts import Fact

NEVER = date(9999, 12, 31)
PENSION, ASSIGNED = "pension", "measure.assigned"
PENSION_MEASURES = {"ru-old-age-pension", "ru-disability-pension-insurance", "ru-disability-pension-social"}
SURVIVOR_MEASURES = {"ru-survivor-pension-insurance", "ru-survivor-pension-social"}
SURVIVOR = "survivor"


def _of_measures(facts: Iterable[Fact], asked: Asked) -> list[Fact]:
    return [fact for fact in facts if fact.value.get("measure") in asked.options["measures"]]


def _last_day(fact: Fact) -> date:
    return NEVER if fact.valid_to is None else fact.valid_to - timedelta(days=1)


@derivation("assigned")
def assigned(asked: Asked) -> bool:
    """Has one of the measures been assigned?

    `to: anyone` ever, about this person; `to: other` now, to somebody else than the applicant;
    `to: applicant` to the applicant (on the day, when `at` names one); `to: other_parent` now, to the other
    parent of one of the person's children. `step` asks for a mark left on the assignment.
    """
    marks = asked.options.get("step", {}).items()
    return any(
        all((f.value.get("steps") or {}).get(key) == wanted for key, wanted in marks)
        for f in _of_measures(_assignments(asked), asked)
    )


def _assignments(asked: Asked) -> list[Fact]:
    book, me = asked.book, asked.person_id
    match asked.options["to"]:
        case "applicant":
            return book.in_force(ASSIGNED, me, asked.day) if "at" in asked.options else book.about(ASSIGNED, me)
        case "other":
            facts = book.pointing_at(ASSIGNED, me)
            return [f for f in facts if f.subject_id != asked.applicant and holds(f, asked.day)]
        case "other_parent":
            others = {p for child in book.children(me) for p in book.parents(child)} - {me}
            return [f for other in sorted(others, key=str) for f in book.in_force(ASSIGNED, other, asked.day)]
        case _:
            return book.pointing_at(ASSIGNED, me)


@derivation("other_child_award")
def other_child_award(asked: Asked) -> Any:
    """The award in force to the person for another child: `give` active, amount (kopecks) or last_day."""
    facts = [
        f
        for f in _of_measures(asked.book.in_force(ASSIGNED, asked.person_id, asked.day), asked)
        if f.object_id != asked.roles.get("child")
    ]
    return _give(facts, asked, {"active": bool(facts)})


@derivation("previous_award")
def previous_award(asked: Asked) -> Any:
    """The applicant's last award for this child, still running or over: `give` exists or last_day."""
    facts = _of_measures(asked.book.pointing_at(ASSIGNED, asked.person_id), asked)
    facts = [f for f in facts if f.subject_id == asked.roles.get("applicant")]
    return _give(facts, asked, {"exists": bool(facts)})


def _give(facts: list[Fact], asked: Asked, answers: dict[str, bool]) -> Any:
    wanted = asked.options["give"]
    if wanted in answers:
        return answers[wanted]
    if not facts:
        raise NotKnown
    last = max(facts, key=lambda f: (_last_day(f), f.seq))
    return _last_day(last) if wanted == "last_day" else int(last.value["amount_kopecks"])


@derivation("receives_pension")
def receives_pension(asked: Asked) -> bool:
    """Does the person receive a pension (of these `types`, or by these `measures`) on the day?"""
    return bool(_amounts(asked, asked.day))


@derivation("monthly_amount")
def monthly_amount(asked: Asked) -> int:
    """Kopecks a month from the pensions and measures named, as in payment on the day.

    `before_indexation`: without what indexations of this year added; of the former register, whose rows do not
    tell, as on 31 December before, and for what began later, as it began.
    """
    now = _in_payment(asked, asked.day)
    if not asked.options.get("before_indexation"):
        return sum(worth(fact, asked.day) for fact in now)
    if all("indexed" in fact.value for fact in now):
        return sum(worth(fact, asked.day) - _indexed(fact, asked.day) for fact in now)
    return sum(_amounts(asked, date(asked.day.year - 1, 12, 31)) or _amounts(asked, asked.day))


def _amounts(asked: Asked, day: date) -> list[int]:
    """Amounts in payment on the day."""
    return [worth(fact, day) for fact in _in_payment(asked, day)]


def _in_payment(asked: Asked, day: date) -> list[Fact]:
    """What is in payment; a measure assigned by Kazna stands in place of the legacy register's pension.

    A survivor's pension stands in place of a survivor's only: some have the right to two pensions.
    """
    types = asked.options.get("types")
    level = asked.options.get("level")
    rows = [f for f in asked.book.in_force(ASSIGNED, asked.person_id, day) if is_due(f, day)]
    if "measures" in asked.options:
        rows = _of_measures(rows, asked)
    elif level:
        rows = [f for f in rows if f.value.get("level") == level and f.value.get("period") == "month"]
    elif asked.kind == PENSION:
        rows = [f for f in rows if f.value.get("measure") in PENSION_MEASURES | SURVIVOR_MEASURES]
    if asked.kind == PENSION and not any(f.value.get("measure") in PENSION_MEASURES for f in rows):
        pensions = asked.book.in_force(PENSION, asked.person_id, day)
        if any(f.value.get("measure") in SURVIVOR_MEASURES for f in rows):
            pensions = [f for f in pensions if f.value.get("type") != SURVIVOR]
        rows = rows + [f for f in pensions if types is None or f.value["type"] in types]
    return rows


def worth(fact: Fact, day: date) -> int:
    """Kopecks of the month of a day: months that were counted again are worth their own sums."""
    months = fact.value.get("months") or {}
    return int(months.get(f"{day:%Y-%m}", fact.value["amount_kopecks"]))


def _indexed(fact: Fact, day: date) -> int:
    """Kopecks that indexations of the year of the day had added by then."""
    first = date(day.year, 1, 1).isoformat()
    return sum(int(kopecks) for on, kopecks in fact.value["indexed"].items() if first <= on <= day.isoformat())


def is_due(fact: Fact, day: date) -> bool:
    """A month that was counted again may turn out not to have been due."""
    return (fact.value.get("months") or {}).get(f"{day:%Y-%m}") != 0


@derivation("region_reference")
def region_reference(asked: Asked) -> int:
    """A figure published for a region and kept as a fact about the person's region."""
    fact = asked.book.latest(asked.kind, asked.person_id, asked.day)
    if fact is None:
        raise NotKnown
    return int(fact.value[asked.spec["path"]])
