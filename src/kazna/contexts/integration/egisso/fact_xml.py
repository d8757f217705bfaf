"""One fact of assignment as an element of the 10.06.S 1.1.0 package."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import AssignmentFact, IdentityDocument, PersonRef
from kazna.contexts.integration.writers.elements import add
from kazna.kernel.errors import DomainError
from kazna.kernel.money import decimal_roubles

PACKAGE = "urn://egisso-ru/types/package-RAF/1.1.0"
FACT = "urn://egisso-ru/types/assignment-fact/1.0.8"
PERSON = "urn://egisso-ru/types/prsn-info/1.0.4"
BASIS = "urn://egisso-ru/types/prsn-basis/1.0.2"
BASIC = "urn://egisso-ru/types/basic/1.0.8"
SMEV = "urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1"

PARTICIPANT = re.compile(r"[A-HJ-NP-Z0-9]{4}\.\d{6}")
OWN_PARTICIPANT = "0077.000001"  # own_: the real code is given when the body joins the system
GENDERS = {"M": "Male", "F": "Female"}
FORMS = {"in_kind": "naturalForm", "service": "serviceForm"}
UNITS = {"in_kind": "okeiCode", "service": "OKEICode"}  # the schema spells it two ways
PASSPORT = re.compile(r"(\d{4})(\d{6})")
BIRTH_CERTIFICATE = re.compile(r"([IVXLCDM]{1,10})-?([А-Я]{2})(\d{6})")
ISSUER = re.compile(r"[а-яА-ЯёЁ\-0-9№(][а-яА-ЯёЁ\-\s',.0-9()№\"\\/]{0,199}")


class FactRefused(DomainError):
    sentence = "Факт назначения {award_id} не записан: не указано поле «{field}»."


def add_fact(elements: etree._Element, fact: AssignmentFact) -> None:
    """Append the fact. Raises FactRefused when a person lacks what ЕГИССО demands."""
    block = add(elements, PACKAGE, "fact")
    add(block, FACT, "oszCode", fact.body if PARTICIPANT.fullmatch(fact.body) else OWN_PARTICIPANT)
    _add_person(add(block, FACT, "mszReceiver"), fact.recipient, fact)
    if fact.grounds:
        reasons = add(block, FACT, "reasonPersons")
        for person in fact.grounds:
            basis = add(reasons, BASIS, "basisPerson")
            _add_person(add(basis, PERSON, "prsnInfo"), person, fact)
    add(block, FACT, "lmszId", str(fact.measure_id))
    add(block, FACT, "categoryId", str(fact.category_id))
    _add_day(block, "decisionDate", fact.decided_on)
    _add_day(block, "dateStart", fact.first_day)
    _add_day(block, "dateFinish", fact.last_day)
    add(add(block, FACT, "needsCriteria"), FACT, "usingSign", "true" if fact.uses_need else "false")
    _add_provision(add(block, FACT, "assignmentInfo"), fact)
    add(block, PACKAGE, "uuid", str(fact.award_id))


def _add_day(block: etree._Element, name: str, day: date | None) -> None:
    if day is not None:
        add(block, FACT, name, day.isoformat())


def _add_provision(block: etree._Element, fact: AssignmentFact) -> None:
    """Money, or a quantity with its equivalent in money."""
    amount = decimal_roubles(fact.amount_kopecks)
    if fact.form not in FORMS:
        add(add(block, FACT, "monetaryForm"), FACT, "amount", amount)
        return
    form = add(block, FACT, FORMS[fact.form])
    add(form, FACT, "amount", str(fact.quantity))
    add(form, FACT, UNITS[fact.form], fact.unit_code)
    if fact.content:
        add(form, FACT, "content", fact.content[:200])
    add(form, FACT, "equivalentAmount", amount)


def _add_person(block: etree._Element, person: PersonRef, fact: AssignmentFact) -> None:
    """The person block; a document that does not fit the official pattern is left out, it is optional."""
    for field, value in (("СНИЛС", person.snils), ("пол", person.sex), ("дата рождения", person.birth_date)):
        if value is None:
            raise FactRefused(award_id=fact.award_id, field=field)
    add(block, PERSON, "SNILS", person.snils)
    add(block, SMEV, "FamilyName", person.surname)
    add(block, SMEV, "FirstName", person.forename)
    if person.patronymic:
        add(block, SMEV, "Patronymic", person.patronymic)
    add(block, PERSON, "Gender", GENDERS[person.sex or ""])
    add(block, PERSON, "BirthDate", f"{person.birth_date:%Y-%m-%d}")
    if person.citizenship:
        add(block, PERSON, "Citizenship", person.citizenship)
    if person.document:
        _add_document(block, person.document)


def _add_document(block: etree._Element, document: IdentityDocument) -> None:
    number = "".join(document.series_number.split())
    passport, certificate = PASSPORT.fullmatch(number), BIRTH_CERTIFICATE.fullmatch(number)
    if document.issued_on is None or not ISSUER.fullmatch(document.issuer or ""):
        return
    if document.code == "21" and passport:
        name, series, digits = "PassportRF", passport[1], passport[2]
    elif document.code == "03" and certificate:
        name, series, digits = "BirthCertificate", f"{certificate[1]}-{certificate[2]}", certificate[3]
    else:
        return
    paper = add(add(block, PERSON, "IdentityDoc"), BASIC, name)
    add(paper, BASIC, "Series", series)
    add(paper, BASIC, "Number", digits)
    add(paper, BASIC, "IssueDate", document.issued_on.isoformat())
    add(paper, BASIC, "Issuer", document.issuer)
