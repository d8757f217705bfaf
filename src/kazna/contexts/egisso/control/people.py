"""Checks of a person block: control number of СНИЛС, alphabet of names, birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.messages.shape import Plain
from kazna.kernel.identifiers import snils_is_valid

LATIN = re.compile(r"[A-Za-z]")
NAMES = {"surname": "фамилия", "forename": "имя", "patronymic": "отчество", "maiden_name": "фамилия при рождении"}


def check_person(person: Plain, on: str, line: int) -> Iterator[Finding]:
    """Whatever is wrong with one person of a record."""
    snils = person.get("snils", "")
    if snils and not snils_is_valid(snils):
        yield finding("snils", line=line, code=snils)
    for name, title in NAMES.items():
        value = person.get(name)
        if value and LATIN.search(value):
            yield finding("latin", line=line, name=title, code=value)
    if person.get("birth_date", "") > on:
        yield finding("born_later", line=line, born=written(person["birth_date"]), loaded=written(on))


def written(day: str) -> str:
    """2025-03-14 → 14-03-2025, as the published answers write days."""
    return f"{day[8:10]}-{day[5:7]}-{day[:4]}"
