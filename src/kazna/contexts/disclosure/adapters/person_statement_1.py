"""ЕГИССО 10.13.I 1.0.3: one request by СНИЛС comes in, one statement goes out.

The older line knows assignments, obligations, payments received for a dead person, and incomes; names and months are
spelt its own way (the month without a zero, obligations by month side by side).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from lxml import etree

from kazna.contexts.disclosure.adapters import statement
from kazna.contexts.disclosure.adapters.statement import (
    PAYERS,
    PERIODS,
    Asked,
    Assignment,
    Statement,
    Wanted,
    add,
    add_all,
    asked_for,
    comment,
    hold_to_schema,
    roubles,
    schema,
)
from kazna.contexts.disclosure.contracts import MonthSum
from kazna.kernel.errors import DomainError

VERSION = "1.0.3"
MESSAGE = "urn://egisso-ru/msg/10.13.I/1.0.3"
REQUEST, STATEMENT = "urn://egisso-ru/types/prsn-request/1.0.3", "urn://egisso-ru/types/prsn-statement/1.0.3"
BASIC = "urn://egisso-ru/types/basic/1.0.6"
PEOPLE = "urn://x-artefacts-smev-gov-ru/supplementary/commons/1.0.1"
TAG = f"{{{MESSAGE}}}request"
FORMS = statement.FORMS | {"certificate": "01"}  # a sum to be spent: this line has no certificates
SPACES = {None: MESSAGE, "prsn": STATEMENT, "egisso": BASIC, "smev": PEOPLE}
WANTED = {"incomesInclude": "incomes", "assigneeInclude": "assignees", "obligationsInclude": "obligations"}


def answer(root: etree._Element, told: Callable[[Asked], Statement]) -> bytes:
    """The statement, or the error in its place when `told` raises a DomainError; valid against the official schema.

    Raises ConsumerRefused.
    """
    hold_to_schema(root, VERSION)
    (request,) = root
    response = etree.Element(f"{{{MESSAGE}}}response", nsmap=SPACES)
    try:
        one = _asked(request)
        _statement(response, one, told(one))
    except DomainError as refusal:
        add(add(response, MESSAGE, "error"), BASIC, "message", str(refusal)[:500])
    schema(VERSION).assertValid(response)
    return etree.tostring(response, xml_declaration=True, encoding="UTF-8")


def _asked(one: etree._Element) -> Asked:
    def text(path: str) -> str:
        return (one.findtext(path, namespaces={"r": REQUEST}) or "").strip()

    def flag(name: str) -> bool:
        return text(f"r:{name}") in ("true", "1")

    def wanted(part: str) -> Wanted:
        codes = one.iterfind(f"r:{part}Filter/r:mszCodes", namespaces={"r": REQUEST})
        return Wanted(text(f"r:{part}Filter/r:form"), tuple(code.text or "" for code in codes))

    return Asked(
        uid="", snils=text("r:snils"), with_assignments=flag("assignmentsInclude"),
        first_day=date.fromisoformat(text("r:reportPeriod/r:beginDate")[:10]),
        last_day=date.fromisoformat(text("r:reportPeriod/r:endDate")[:10]),
        parts=frozenset(part for name, part in WANTED.items() if flag(name)),
        assignments=wanted("assignments"), obligations=wanted("obligations"),
    )  # fmt: skip


def _statement(response: etree._Element, one: Asked, told: Statement) -> None:
    data = add(response, STATEMENT, "statementData")
    add(data, STATEMENT, "SNILS", one.snils)
    if one.with_assignments:
        place = add(data, STATEMENT, "assignments")
        for award in asked_for(told.assignments, one, one.assignments, FORMS):
            _assignment(add(place, STATEMENT, "assignment"), award)
    if "obligations" in one.parts:
        place = add(data, STATEMENT, "obligations")
        for award in asked_for(told.assignments, one, one.obligations, FORMS):
            _obligation(add(place, STATEMENT, "obligation"), award)
    if told.inheritances is not None:
        place = add(data, STATEMENT, "assignees")
        for got in told.inheritances:
            fields = {"snils": got.dead_snils[:9], "decisionNumber": got.number[:20], "decisionDate": got.decided_on}
            add_all(add(place, STATEMENT, "assignee"), STATEMENT, fields | {"assignAmount": roubles(got.kopecks)})
    if told.incomes is not None:
        place = add(data, STATEMENT, "incomes")
        for month in told.incomes:
            fields = _month(month, "organization", PAYERS) | {"insureDeposit": roubles(month.kopecks)}
            add_all(add(place, STATEMENT, "monthIncome"), STATEMENT, fields)


def _assignment(place: etree._Element, award: Assignment) -> None:
    name = {"FamilyName": award.surname, "FirstName": award.forename, "Patronymic": award.patronymic or None}
    add_all(place, PEOPLE, name)
    fields = {
        "BirthDate": award.birth_date, **_measure(award, "onmszCode", award.body), "form": FORMS.get(award.form, "01"),
        "periodicity": PERIODS.get(award.period, "07"), "amount": roubles(award.amount_kopecks), "measureUnit": "01",
        "comment": comment(award), "needCriterion": "false",
    }  # fmt: skip
    add_all(place, STATEMENT, fields)


def _obligation(place: etree._Element, award: Assignment) -> None:
    fields = {"periodicity": PERIODS.get(award.period, "07"), "amount": roubles(award.amount_kopecks)}
    add_all(place, STATEMENT, _measure(award) | fields)
    for month in award.months:
        add_all(add(place, STATEMENT, "payments"), STATEMENT, _month(month))


def _measure(award: Assignment, *code: str) -> dict[str, Any]:
    return {
        "kmszCode": award.code, "onmszTitle": award.body_title, **dict([code] if code else []),
        "lmszTitle": award.title, "categoryTitle": award.category, "decisionDate": award.decided_on,
        "dateStart": award.first_day, "dateFinish": award.last_day,
    }  # fmt: skip


def _month(one: MonthSum, *organization: str) -> dict[str, Any]:
    return {
        "year": one.month.year, "month": one.month.month, **dict([organization] if organization else []),
        "amount": roubles(one.kopecks),
    }  # fmt: skip
