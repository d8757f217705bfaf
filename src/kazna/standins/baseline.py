"""The Fund's legacy register on the first day, own format own_baseline/1: what Kazna starts from.

Everything the Fund had before: people alive, their ties, facts, and awards already in payment.
Tables are streamed, so a hundred thousand people take seconds and little memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kazna.population import NOBODY
from kazna.standins.baseline_awards import AWARD_COLUMNS, award_rows
from kazna.standins.baseline_facts import FACT_COLUMNS, fact_rows
from kazna.standins.documents.own_archive import Table, write_own_archive
from kazna.standins.life import RUSSIA, Life

FORMAT = "own_baseline/1"
PERSON_COLUMNS = (
    "snils",
    "surname",
    "forename",
    "patronymic",
    "birth_date",
    "sex",
    "citizenship",
    "document_code",
    "document_number",
    "document_date",
    "document_issuer",
    "region",
    "oktmo",
    "address",
    "email",
    "bik",
    "account",
)
TIE_COLUMNS = ("kind", "snils", "other_snils", "role", "order", "valid_from", "valid_to", "act")


def write_baseline(life: Life, target: Path) -> dict[str, int]:
    """Write the archive; return rows by file."""
    return write_own_archive(
        target,
        format_name=FORMAT,
        region=life.region.code,
        as_of=life.region.start,
        tables=[
            Table("persons.csv", PERSON_COLUMNS, person_rows(life)),
            Table("ties.csv", TIE_COLUMNS, tie_rows(life)),
            Table("facts.csv", FACT_COLUMNS, fact_rows(life)),
            Table("awards.csv", AWARD_COLUMNS, award_rows(life)),
        ],
    )


def alive(life: Life) -> Iterator[int]:
    """Numbers of the people alive on the first day, in order."""
    for person, is_alive in enumerate(life.people.alive_at_start.tolist()):
        if is_alive:
            yield person


def person_rows(life: Life) -> Iterator[tuple[object, ...]]:
    people, region = life.people, life.region
    for person in alive(life):
        code, number, issued_on, issuer = life.papers(person)
        yield (
            people.snils[person],
            people.surname[person],
            people.forename[person],
            people.patronymic[person],
            people.birth_date[person],
            people.sex[person],
            RUSSIA,
            code,
            number,
            issued_on,
            issuer,
            region.code,
            people.oktmo[person],
            people.address[person],
            people.email[person],
            people.bik[person],
            people.account[person],
        )


def tie_rows(life: Life) -> Iterator[tuple[object, ...]]:
    """Child to each parent alive, then each marriage once, from the husband to the wife."""
    people = life.people
    orders = orders_at_mother(life)
    for child in alive(life):
        for role, parents in (("mother", people.mother), ("father", people.father)):
            parent = parents[child]
            if parent != NOBODY and people.alive_at_start[parent]:
                order = orders.get(child) if role == "mother" else None
                act = life.birth_act(child).number
                born = people.birth_date[child]
                yield "parent", people.snils[child], people.snils[parent], role, order, born, None, act
    for husband in alive(life):
        wife = people.spouse[husband]
        if wife != NOBODY and people.sex[husband] == "M":
            since: date = people.married_on[husband].item()
            act = life.marriage_act(husband, int(wife), since).number
            yield "spouse", people.snils[husband], people.snils[wife], None, None, since, None, act


def orders_at_mother(life: Life) -> dict[int, int]:
    """Which child of the mother each is, counted among her children the region knows."""
    people = life.people
    orders = {}
    for mother in life.children:
        if people.sex[mother] == "F":
            orders.update({child: place for place, child in enumerate(life.eldest_first(mother), start=1)})
    return orders
