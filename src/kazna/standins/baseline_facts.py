"""Facts of the legacy register: jobs, insurance records, disabilities, pensions, studies, НСУ choices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from kazna.population import NOBODY
from kazna.standins.chance import share
from kazna.standins.life import Life
from kazna.standins.numbers import assessment_number

FACT_COLUMNS = ("kind", "snils", "thing", "valid_from", "valid_to", "value")
TAKES_SERVICES_IN_KIND = 0.75  # of people with a monthly disability payment
Row = tuple[object, ...]


def fact_rows(life: Life) -> Iterator[Row]:
    """One row per fact: kind, СНИЛС, thing, valid_from, valid_to (half-open), value as JSON."""
    for person, is_alive in enumerate(life.people.alive_at_start.tolist()):
        if is_alive:
            yield from facts_of(life, person)


def facts_of(life: Life, person: int) -> Iterator[Row]:
    people = life.people
    if people.employer[person] != NOBODY:
        yield employment(life, person)
    if people.insurance_years_tenths[person] or people.ipk_thousandths[person]:
        yield insurance_record(life, person)
    if people.disability_group[person]:
        yield disability(life, person)
        yield services_choice(life, person)
    if people.pension_type[person]:
        yield pension(life, person)
    if people.student[person]:
        yield studies(life, person)


def fact(
    life: Life, person: int, kind: str, thing: object, since: object, until: object, value: Mapping[str, object]
) -> Row:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return kind, life.people.snils[person], thing, since, until, text


def employment(life: Life, person: int) -> Row:
    since = life.people.employed_since[person].item()
    inn = life.region.employers.inn[life.people.employer[person]]
    return fact(life, person, "employment", f"{inn}/{since}", since, None, {"employer_inn": inn, "reason": None})


def insurance_record(life: Life, person: int) -> Row:
    people, start = life.people, life.region.start
    value = {
        "years": decimal(people.insurance_years_tenths[person], 1),
        "ipk": decimal(people.ipk_thousandths[person], 3),
        "savings_kopecks": 0,
    }
    return fact(life, person, "insurance.record", "record", start, None, value)


def disability(life: Life, person: int) -> Row:
    people = life.people
    since: date = people.disability_since[person].item()
    act = assessment_number(person, since, life.region.code)
    value = {
        "group": people.disability_group[person],
        "from_childhood": bool(people.disability_from_childhood[person]),
        "cause": people.disability_cause[person],
        "act": act,
    }
    return fact(life, person, "disability", act, since, people.disability_until[person].item(), value)


def services_choice(life: Life, person: int) -> Row:
    """НСУ: all three services in kind or all in money, chosen once for the year."""
    form = "in_kind" if takes_services_in_kind(life, person) else "cash"
    since = life.people.disability_since[person].item()
    value = {"medicines": form, "sanatorium": form, "transport": form}
    return fact(life, person, "nsu.choice", "choice", since, None, value)


def takes_services_in_kind(life: Life, person: int) -> bool:
    return share(life.region.seed, "nsu", person) < TAKES_SERVICES_IN_KIND


def pension(life: Life, person: int) -> Row:
    people = life.people
    since = people.pension_since[person].item()
    value = {
        "type": people.pension_type[person],
        "amount_kopecks": int(people.pension_kopecks[person]),
        "ipk": decimal(people.ipk_thousandths[person], 3),
    }
    thing = f"{people.pension_type[person]}/{since}"
    return fact(life, person, "pension", thing, since, None, value)


def studies(life: Life, person: int) -> Row:
    """Full-time students, from the school year that is on."""
    start = life.region.start
    since = date(start.year if start.month >= 9 else start.year - 1, 9, 1)
    return fact(life, person, "education.fulltime", f"{since.year}", since, None, {})


def decimal(number: int, places: int) -> str:
    """173 tenths → «17.3»."""
    whole, rest = divmod(int(number), 10**places)
    return f"{whole}.{rest:0{places}d}"
