"""ЕГИССО 10.13.I 2.0.0: a package of requests by СНИЛС comes in, a package of statements goes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from lxml import etree

from kazna.contexts.disclosure.adapters.statement import (
    FORMS,
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
from kazna.contexts.disclosure.contracts import ConsumerRefused, DisabilityTold, MonthSum
from kazna.kernel.errors import DomainError

VERSION = "2.0.0"
MESSAGE = "urn://egisso-ru/msg/10.13.I/2.0.0"
REQUEST, STATEMENT = "urn://egisso-ru/types/prsn-request/2.0.0", "urn://egisso-ru/types/prsn-statement/2.0.0"
BASIC = "urn://egisso-ru/types/basic/2.2.0"
TAG = f"{{{MESSAGE}}}requestPackage"
WANTED = {
    "incomesInclude": "incomes", "assigneeInclude": "assignees", "experienceInclude": "experience",
    "jobInclude": "jobs", "disabilityInclude": "disability",
}  # fmt: skip
GROUPS = {"I": "1", "II": "2", "III": "3", "child": "4"}
WORKS, WORKS_NOT = "работает", "не работает"


def answer(root: etree._Element, told: Callable[[Asked], Statement]) -> bytes:
    """The answers in order; `told` may raise a DomainError, which becomes that request's error and no more.

    The result is valid against the official schema, which is checked before it leaves. Raises ConsumerRefused.
    """
    hold_to_schema(root, VERSION)
    package = etree.Element(f"{{{MESSAGE}}}responsePackage", nsmap={"ns4": MESSAGE, "ns3": STATEMENT, "ns1": BASIC})
    add(package, MESSAGE, "packageUid", root.findtext(f"{{{MESSAGE}}}packageUid") or "")
    elements = add(package, MESSAGE, "elements")
    for one in map(_asked, root.iter(f"{{{REQUEST}}}requestData")):
        data = add(elements, MESSAGE, "responseData")
        add(data, MESSAGE, "requestUid", one.uid)
        try:
            if "print" in one.parts:
                raise ConsumerRefused(what="Печатная форма не предоставляется этим сервисом: запросите без неё.")
            _statement(data, one, told(one))
        except DomainError as refusal:
            error = add(add(data, MESSAGE, "errors"), MESSAGE, "error")
            add(error, BASIC, "message", str(refusal)[:500])
    schema(VERSION).assertValid(package)
    return etree.tostring(package, xml_declaration=True, encoding="UTF-8")


def _asked(one: etree._Element) -> Asked:
    def text(path: str) -> str:
        return (one.findtext(path, namespaces={"r": REQUEST, "b": BASIC}) or "").strip()

    def flag(path: str) -> bool:
        return text(path) in ("true", "1")

    def wanted(part: str) -> Wanted:
        codes = one.iterfind(f"r:{part}/r:mszCodes/r:mszCode", namespaces={"r": REQUEST})
        return Wanted(text(f"r:{part}/r:form"), tuple(code.text or "" for code in codes))

    parts = {part for name, part in WANTED.items() if flag(f"r:{name}")}
    parts |= {"obligations"} if flag("r:obligations/r:obligationsInclude") else set()
    parts |= {"print"} if flag("r:assignments/r:pdfInclude") else set()
    return Asked(
        uid=text("r:requestUid"), snils=text("r:person/b:snils"),
        with_assignments=flag("r:assignments/r:assignmentsInclude"),
        first_day=date.fromisoformat(text("r:reportPeriod/r:beginDate")[:10]),
        last_day=date.fromisoformat(text("r:reportPeriod/r:endDate")[:10]), parts=frozenset(parts),
        assignments=wanted("assignments"), obligations=wanted("obligations"),
    )  # fmt: skip


def _statement(data: etree._Element, one: Asked, told: Statement) -> None:
    statement = add(data, STATEMENT, "statementData")
    add(add(statement, STATEMENT, "person"), BASIC, "snils", one.snils)
    if one.with_assignments:
        place = add(statement, STATEMENT, "assignments")
        for award in asked_for(told.assignments, one, one.assignments, FORMS):
            _assignment(add(place, STATEMENT, "assignment"), award)
    if "obligations" in one.parts:
        place = add(statement, STATEMENT, "obligations")
        for award in asked_for(told.assignments, one, one.obligations, FORMS):
            _obligation(add(place, STATEMENT, "obligation"), award)
    if told.inheritances is not None:
        place = add(statement, STATEMENT, "assignees")
        for got in told.inheritances:
            fields = {"person": got.dead_snils[:9], "decisionNumber": got.number[:20], "decisionDate": got.decided_on}
            add_all(add(place, STATEMENT, "assignee"), STATEMENT, fields | {"assignAmount": roubles(got.kopecks)})
    if told.incomes is not None:
        _incomes(add(statement, STATEMENT, "incomes"), told.incomes)
    if told.disability is not None:
        _disability(add(statement, STATEMENT, "disability"), told.disability)
    if told.experience is not None:
        years = dict(zip(("year", "month", "day"), told.experience, strict=True))
        add_all(add(statement, STATEMENT, "experience"), STATEMENT, years)
    if told.jobs is not None:
        place = add(statement, STATEMENT, "job")
        for month, works in told.jobs:
            status = WORKS if works else WORKS_NOT
            add_all(add(place, STATEMENT, "jobPeriod"), STATEMENT, {**_month(month), "status": status})


def _assignment(place: etree._Element, award: Assignment) -> None:
    person = add(place, STATEMENT, "person")
    add(person, BASIC, "snils", award.snils)
    name = {"surname": award.surname, "patronymic": award.patronymic or None, "forename": award.forename}
    add_all(add(person, BASIC, "fio"), BASIC, name)
    add(person, BASIC, "birthDate", award.birth_date.isoformat())
    fields: dict[str, Any] = {
        "kmszCode": award.code, "oszTitle": award.body_title, "oszCode": award.body, "lmszTitle": award.title,
        "categoryTitle": award.category, "decisionDate": award.decided_on, "dateStart": award.first_day,
        "dateFinish": award.last_day, "form": FORMS.get(award.form, "01"),
        "periodicity": PERIODS.get(award.period, "07"), "amount": roubles(award.amount_kopecks), "measureUnit": "01",
        "comment": comment(award), "needCriterion": "false",
    }  # fmt: skip
    add_all(place, STATEMENT, fields)


def _obligation(place: etree._Element, award: Assignment) -> None:
    fields = {
        "kmszCode": award.code, "oszTitle": award.body_title, "lmszTitle": award.title,
        "categoryTitle": award.category, "decisionDate": award.decided_on, "dateStart": award.first_day,
        "dateFinish": award.last_day, "periodicity": PERIODS.get(award.period, "07"),
        "amount": roubles(award.amount_kopecks),
    }  # fmt: skip
    add_all(place, STATEMENT, fields)
    if award.months:
        months = add(place, STATEMENT, "payments")
        for one in award.months:
            fields = {**_month(one.month), "amount": roubles(one.kopecks)}
            add_all(add(months, STATEMENT, "payment"), STATEMENT, fields)


def _incomes(place: etree._Element, months: Sequence[MonthSum]) -> None:
    """The tax service tells only payments on which contributions were charged: both sums are the same."""
    for one in months:
        amount = roubles(one.kopecks)
        fields = {**_month(one.month), "organization": PAYERS, "amount": amount, "insureDeposit": amount}
        add_all(add(place, STATEMENT, "monthIncome"), STATEMENT, fields)
    total = roubles(sum(one.kopecks for one in months))
    add_all(place, STATEMENT, {"amount": total, "insureDeposit": total})


def _disability(place: etree._Element, told: DisabilityTold) -> None:
    fields = {
        "registrationDate": told.known_on, "beginDate": told.first_day, "endDate": told.last_day,
        "actNumber": told.act, "actDate": told.act_on, "disabilityGroup": GROUPS.get(told.group, "0"),
        "disabilityReason": told.cause[:500] or None,
    }  # fmt: skip
    add_all(place, STATEMENT, fields)


def _month(month: date) -> dict[str, str]:
    return {"year": f"{month:%Y}", "month": f"{month:%m}"}
