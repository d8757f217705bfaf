"""People worth signing in as: found in the region by what happens to them, the first of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from kazna.kernel.periods import full_years
from kazna.population import NOBODY, Happening
from kazna.standins.life import Life

SOON_DAYS = 180
LARGE_FAMILY = 3
BENEFIT_AGE = 16
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Persona:
    """`role` is a stable key; `story` one Russian sentence about what will be seen."""

    role: str
    snils: str
    name: str
    birth_date: str
    story: str


def personas(life: Life) -> list[dict[str, str]]:
    """Roles that the region happens to have, in a fixed order; small regions may lack some."""
    finders: list[tuple[str, Callable[[Life], Iterator[int]], str]] = [
        ("mother", mothers_at_ease, "Родила в первые месяцы; счёт в порядке: сертификат, пособие, выплата."),
        ("mother_refused_credit", mothers_in_trouble, "Родила в первые месяцы; банк вернёт первую выплату."),
        ("large_family", large_families, "Третий или следующий ребёнок: региональная мера."),
        ("disabled", disabled_soon, "Инвалидность установят в первые месяцы: пенсия и ЕДВ без заявления."),
        ("pensioner", pensioners, "Получает пенсию с прошлых лет."),
        ("future_pensioner", reaching_pension_age, "Достигнет пенсионного возраста: уведомление заранее."),
        ("widowed", widowed_soon, "Потеряет супруга: выплата супруга прекратится, пособие на погребение."),
    ]
    found = []
    for role, finder, story in finders:
        person = next(finder(life), None)
        if person is not None:
            found.append(asdict(persona(life, role, person, story)))
    return found


def persona(life: Life, role: str, person: int, story: str) -> Persona:
    card = life.card(person, life.region.start)
    name = " ".join(part for part in (card.surname, card.forename, card.patronymic) if part)
    return Persona(role, life.people.snils[person], name, card.birth_date.isoformat(), story)


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
