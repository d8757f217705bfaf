"""Facts of assignment that the platform itself decides, as cards in our words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.integration.public import IdentityDocument, PersonRef
from kazna.kernel.errors import DomainError
from kazna.kernel.money import decimal_roubles

PARTICIPANT = re.compile(r"[A-HJ-NP-Z0-9]{4}\.\d{6}")
OWN_PARTICIPANT = "0077.000001"  # own_: the real code is given when the body joins the system
FORMS = {"in_kind": "naturalForm", "service": "serviceForm"}
UNITS = {"in_kind": "okeiCode", "service": "OKEICode"}  # the schema spells it two ways
PASSPORT = re.compile(r"(\d{4})(\d{6})")
BIRTH_CERTIFICATE = re.compile(r"([IVXLCDM]{1,10})-?([А-Я]{2})(\d{6})")
ISSUER = re.compile(r"[а-яА-ЯёЁ\-0-9№(][а-яА-ЯёЁ\-\s',.0-9()№\"\\/]{0,199}")


class FactRefused(DomainError):
    sentence = "Факт назначения {award_id} не записан: не указано поле «{field}»."


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A measure assigned to a person by an award. `last_day` inclusive, None is open.

    `grounds` are the persons who are the ground of the assignment (the child of a benefit). `body` is the deciding
    body; `measure_id` and `category_id` are the ids of the measure's card. `form` is cash, in_kind or service; for
    the last two `quantity` of `unit_code` (ОКЕИ) is provided and `amount_kopecks` is its equivalent in money.
    """

    award_id: UUID
    recipient: PersonRef
    grounds: Sequence[PersonRef]
    body: str
    measure_id: UUID | str
    category_id: UUID | str
    decided_on: date
    first_day: date
    last_day: date | None
    amount_kopecks: int
    uses_need: bool = False
    form: str = "cash"
    quantity: int = 1
    unit_code: str = "796"
    content: str | None = None


def card_of(fact: OwnFact) -> Plain:
    """The fact in our words. Raises FactRefused when a person lacks what the album demands."""
    card: Plain = {
        "id": str(fact.award_id),
        "body": fact.body if PARTICIPANT.fullmatch(fact.body) else OWN_PARTICIPANT,
        "receiver": _person(fact.recipient, fact),
        "measure_id": str(fact.measure_id),
        "category_id": str(fact.category_id),
        "decided_on": fact.decided_on.isoformat(),
        "first_day": fact.first_day.isoformat(),
        "uses_need": fact.uses_need,
        "provision": _provision(fact),
    }
    if fact.last_day is not None:
        card["last_day"] = fact.last_day.isoformat()
    if fact.grounds:
        card["grounds"] = [_person(person, fact) for person in fact.grounds]
    return card


def _provision(fact: OwnFact) -> Plain:
    """Money, or a quantity with its equivalent in money."""
    amount = decimal_roubles(fact.amount_kopecks)
    if fact.form not in FORMS:
        return {"monetaryForm": {"amount": amount}}
    form: Plain = {"amount": str(fact.quantity), UNITS[fact.form]: fact.unit_code, "equivalentAmount": amount}
    if fact.content:
        form["content"] = fact.content[:200]
    return {FORMS[fact.form]: form}


def _person(person: PersonRef, fact: OwnFact) -> Plain:
    """The person block; a document that does not fit the official pattern is left out, it is optional."""
    for field, value in (("СНИЛС", person.snils), ("пол", person.sex), ("дата рождения", person.birth_date)):
        if value is None:
            raise FactRefused(award_id=fact.award_id, field=field)
    block: Plain = {
        "snils": person.snils, "surname": person.surname, "forename": person.forename, "sex": person.sex,
        "birth_date": f"{person.birth_date:%Y-%m-%d}",
    }  # fmt: skip
    if person.patronymic:
        block["patronymic"] = person.patronymic
    if person.citizenship:
        block["citizenship"] = person.citizenship
    if person.document and (paper := _document(person.document)):
        block["document"] = paper
    return block


def _document(document: IdentityDocument) -> Plain | None:
    number = "".join(document.series_number.split())
    passport, certificate = PASSPORT.fullmatch(number), BIRTH_CERTIFICATE.fullmatch(number)
    if document.issued_on is None or not ISSUER.fullmatch(document.issuer or ""):
        return None
    if document.code == "21" and passport:
        name, series, digits = "PassportRF", passport[1], passport[2]
    elif document.code == "03" and certificate:
        name, series, digits = "BirthCertificate", f"{certificate[1]}-{certificate[2]}", certificate[3]
    else:
        return None
    issued = document.issued_on.isoformat()
    return {name: {"Series": series, "Number": digits, "IssueDate": issued, "Issuer": document.issuer}}


def passport_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the law says of a measure for ЕГИССО: its card, category and deciding body."""
    found: Mapping[str, Any] = document["passport"]["egisso"]
    return found
