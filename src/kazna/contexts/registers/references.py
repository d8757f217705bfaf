"""People as messages to other agencies name them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.integration.public import IdentityDocument, PersonRef, Residence
from kazna.contexts.registers.contracts import PersonCard
from kazna.contexts.registers.facts import facts_of
from kazna.contexts.registers.people import cards

PASSPORT = "21"


def person_references(person_ids: Iterable[UUID]) -> dict[UUID, PersonRef]:
    """People as messages to other agencies name them, with a document and the place of living. Two queries.

    The passport before other documents, the newest of a kind.
    """
    told: dict[tuple[UUID, str], dict[str, Any]] = {}
    kinds = ("person.document", "person.residence", "person.citizenship", "person.inn")
    ids = list(person_ids)
    for fact in sorted(facts_of(ids, kinds=kinds), key=lambda fact: (fact.valid_from, fact.seq)):
        known = told.get((fact.subject_id, fact.kind))
        if known and known.get("code") == PASSPORT and fact.value.get("code") != PASSPORT:
            continue
        told[fact.subject_id, fact.kind] = fact.value
    return {
        person_id: _reference(one, *(told.get((person_id, kind)) for kind in kinds))
        for person_id, one in cards(ids).items()
    }


def _reference(
    one: PersonCard,
    paper: dict[str, Any] | None,
    home: dict[str, Any] | None,
    citizen: dict[str, Any] | None,
    taxpayer: dict[str, Any] | None,
) -> PersonRef:
    return PersonRef(
        surname=one.surname,
        forename=one.forename,
        patronymic=one.patronymic,
        birth_date=one.birth_date,
        snils=one.snils,
        sex=one.sex or None,
        document=paper
        and IdentityDocument(
            paper["code"],
            paper["series_number"],
            date.fromisoformat(paper["issued_on"]) if paper["issued_on"] else None,
            paper["issuer"],
        ),
        citizenship=citizen and citizen["oksm"],
        residence=home and Residence(home["address"], home["oktmo"], home["region"]),
        inn=taxpayer and taxpayer["inn"],
    )
