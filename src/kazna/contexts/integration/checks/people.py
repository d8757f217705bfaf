"""What logic alone has against a person described in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kazna.contexts.integration.contracts import PersonRef
from kazna.contexts.integration.remarks import Remark, remark
from kazna.kernel.identifiers import snils_is_valid

NAME = re.compile(r"[А-ЯЁа-яё\-][А-ЯЁа-яё\- '’.,()]*")
NAME_FIELDS = {"surname": "фамилия", "forename": "имя", "patronymic": "отчество"}


def person_remarks(person: PersonRef | None, who: str, where: str, on: date) -> Iterator[Remark]:
    """СНИЛС, names and birth date of one person; `who` is the role in the message («мать»)."""
    if person is None:
        return
    place = f"{where}, {who}"
    yield from snils_remarks(person.snils, place)
    yield from name_remarks(person, place)
    yield from future_remarks(person.birth_date, "Дата рождения", place, on)


def snils_remarks(snils: str | None, place: str) -> Iterator[Remark]:
    if snils is not None and not snils_is_valid(snils):
        yield remark("snils_wrong", place, snils=snils)


def name_remarks(person: PersonRef, place: str) -> Iterator[Remark]:
    if not person.surname and not person.forename:
        yield remark("name_missing", place, field="ФИО")
    for attribute, field in NAME_FIELDS.items():
        name = getattr(person, attribute)
        if name and not NAME.fullmatch(name):
            yield remark("name_alphabet", place, field=field.capitalize())


def future_remarks(day: date | None, field: str, place: str, on: date) -> Iterator[Remark]:
    if day is not None and day > on:
        yield remark("date_future", place, field=field, day=day, on=on)
