"""People worth signing in as: found in the region by what happens to them, the first of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from kazna.kernel.periods import full_years
from kazna.population import NOBODY, Happening
from kazna.standins.life import Life

SOON_DAYS = 180
LARGE_FAMILY = 3
BENEFIT_AGE = 16
DAY = timedelta(days=1)


def personas(life: Life) -> dict[str, str]:
    """СНИЛС by role; small regions may lack some roles."""
    finders: dict[str, Callable[[Life], Iterator[int]]] = {
        "mother": mothers_in_trouble,
        "mother_at_ease": mothers_at_ease,
        "large_family": large_families,
        "citizen": disabled_soon,
        "pensioner": pensioners,
        "future_pensioner": reaching_pension_age,
        "widowed": widowed_soon,
    }
    first = {role: next(finder(life), None) for role, finder in finders.items()}
    return {role: life.people.snils[person] for role, person in first.items() if person is not None}


def soon(life: Life, kind: str) -> Iterator[Happening]:
    """Happenings of the first half year whose people live to the end."""
    for event in life.of_kind[kind]:
        if event.registered_on <= life.region.start + DAY * SOON_DAYS:
            yield event


def lives_on(life: Life, person: int) -> bool:
    return person not in life.deaths


def mothers_of_soon(life: Life) -> Iterator[int]:
    for birth in soon(life, "birth"):
        if lives_on(life, birth.other) and lives_on(life, birth.person) and life.people.account[birth.other]:
            yield birth.other


def mothers_at_ease(life: Life) -> Iterator[int]:
    return (mother for mother in mothers_of_soon(life) if not life.people.account_trouble[mother])


def mothers_in_trouble(life: Life) -> Iterator[int]:
    """Gave birth in the first months; the bank will send the first payment back."""
    return (mother for mother in mothers_of_soon(life) if life.people.account_trouble[mother])


def large_families(life: Life) -> Iterator[int]:
    for birth in soon(life, "birth"):
        small = [child for child in life.children[birth.other] if is_small(life, child)]
        if len(small) >= LARGE_FAMILY and lives_on(life, birth.other):
            yield birth.other


def is_small(life: Life, child: int) -> bool:
    born: date = life.people.birth_date[child].item()
    return full_years(born, life.region.start) < BENEFIT_AGE and lives_on(life, child)


def disabled_soon(life: Life) -> Iterator[int]:
    """Grown-ups whose disability is set in the first months: a pension and a monthly payment follow."""
    for event in soon(life, "disability_set"):
        if event.details["group"] != "child" and lives_on(life, event.person):
            yield event.person


def pensioners(life: Life) -> Iterator[int]:
    for person, pension_type in enumerate(life.people.pension_type):
        if pension_type == "old_age" and life.people.account[person] and lives_on(life, person):
            yield person


def reaching_pension_age(life: Life) -> Iterator[int]:
    return (event.person for event in soon(life, "pension_age") if lives_on(life, event.person))


def widowed_soon(life: Life) -> Iterator[int]:
    for death in soon(life, "death"):
        spouse = int(life.people.spouse[death.person])
        if spouse != NOBODY and lives_on(life, spouse):
            yield spouse
