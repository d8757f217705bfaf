"""What citizens do of their own accord after an event in their family, and how many of them do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kazna.kernel.periods import full_years
from kazna.population import NOBODY, Happening
from kazna.standins.careers import Careers
from kazna.standins.life import Life

ADULT = 18
CHILDREN_UNTIL = 16
LARGE_FAMILY = 3
Actor = Callable[[Life, Careers, Happening, date], int | None]


@dataclass(frozen=True, slots=True)
class Habit:
    """After an `event` the person named by `actor` does `act` for `measure`, some days later."""

    event: str
    act: str  # application or consent
    measure: str
    share: float
    after_days: tuple[int, int]
    actor: Actor
    declared: dict[str, dict[str, bool]] | None = None  # what the applicant states: fact kind → answers


def mother(life: Life, careers: Careers, birth: Happening, day: date) -> int | None:
    """The mother of a child, both alive."""
    return birth.other if life.is_alive(birth.other, day) and life.is_alive(birth.person, day) else None


def mother_without_work(life: Life, careers: Careers, birth: Happening, day: date) -> int | None:
    """The mother when neither parent worked at the birth: the Fund asks such families to agree."""
    parents = (birth.other, birth.details["father"])
    if any(careers.works(parent, birth.day) for parent in parents if parent is not None):
        return None
    return mother(life, careers, birth, day)


def mother_of_many(life: Life, careers: Careers, birth: Happening, day: date) -> int | None:
    small = [
        child
        for child in life.children[birth.other]
        if life.is_alive(child, day) and full_years(life.people.birth_date[child].item(), day) < CHILDREN_UNTIL
    ]
    return mother(life, careers, birth, day) if len(small) >= LARGE_FAMILY else None


def one_who_buries(life: Life, careers: Careers, death: Happening, day: date) -> int | None:
    """One living adult: the spouse, else a child, else a parent."""
    people, deceased = life.people, death.person
    family = [
        people.spouse[deceased],
        *sorted(life.children.get(deceased, ())),
        people.mother[deceased],
        people.father[deceased],
    ]
    for person in (int(each) for each in family if each != NOBODY):
        if full_years(people.birth_date[person].item(), day) >= ADULT and life.is_alive(person, day):
            return person
    return None


def the_same_person(life: Life, careers: Careers, event: Happening, day: date) -> int | None:
    return event.person if life.is_alive(event.person, day) else None


NO_SPARE_PROPERTY = {"property.answer": {"excess": False}}
HABITS = (
    Habit("birth", "application", "ru-child-benefit", 0.8, (12, 40), mother, NO_SPARE_PROPERTY),
    Habit("birth", "consent", "ru-birth-grant", 1.0, (15, 25), mother_without_work),
    Habit("birth", "application", "r77-large-family-cost-of-living", 0.7, (20, 45), mother_of_many),
    Habit("death", "application", "ru-burial-benefit", 0.7, (3, 10), one_who_buries),
    Habit("pension_age", "application", "ru-old-age-pension", 0.9, (5, 25), the_same_person),
)
