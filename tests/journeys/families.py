"""What agencies tell about families, for cascades on the real spine."""

from datetime import date

from kazna.contexts.cases import public as cases
from kazna.contexts.notifications import public as notifications

__all__ = ["applied", "born", "granted", "offered", "poor", "survivor", "told"]


def born(spine, mother, number=1, on=date(2026, 2, 10)):
    child = spine.person(f"Михаил{number}", on, "M")
    spine.tell("family.parent", child, on, {"role": "mother", "act": f"b/{number}", "order": number},
               about=mother, source="zags")  # fmt: skip
    spine.tell("family.birth_details", child, on,
               {"live": True, "multiple": 1, "order": number, "birth_act": f"b/{number}"}, source="zags")  # fmt: skip
    return child


def granted(spine, person):
    return {award.measure for award in cases.awards_of(person_id=person)}


def offered(person):
    return {case.measure for case in cases.cases_of(person_id=person) if case.state == "offered"}


def told(person):
    return " | ".join(notice.title for notice in notifications.inbox(person_id=person))


def applied(spine, person, measure, about=None):
    spine.tell("application", person, spine.day, {"measure": measure, "channel": "epgu"},
               thing=f"{measure}/{spine.day}", about=about, source="epgu")  # fmt: skip


def poor(spine, person, kopecks=2_500_000):
    spine.tell("unemployment.answer", person, spine.day, {"present": False, "asked_on": spine.day.isoformat()})
    spine.tell("property.answer", person, spine.day, {"excess": False, "as_of": spine.day.isoformat()})
    months = {f"{month:02d}": kopecks for month in range(1, 13)}
    spine.tell("income.year", person, date(2025, 1, 1), {"year": 2025, "months": months}, thing="2025", source="fns")


def survivor(spine, child, died_on, *, record=False):
    """The Fund has found a child of somebody who died, by default without a day of insured work."""
    case = {"tie": "child", "death_date": died_on.isoformat(), "ipk": "10.000", "record": record, "recipients": 1}
    case |= {"both": False, "conscript": False, "cause": "general", "dependant": True, "cares": False}
    case |= {"ward_birth": None, "parents_unknown": False}
    spine.tell("survivor.case", child, died_on, case, source="sfr")
