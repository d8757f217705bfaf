"""ЕГИССО 10.13.I 2.0.0: a package of requests by СНИЛС comes in, a package of statements goes out.

The code of the КМСЗ is that of the measure's card in the register of local measures. A measure without one bears an own
code of the form `9NNN.…`, by its place in the law, and the comment of the assignment names it (`own_…`). A part of the
statement about which nothing is held is left out, as the schema has it; an empty part means «none».
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lxml import etree

from kazna.contexts.disclosure.contracts import ConsumerRefused, DisabilityTold, MonthSum
from kazna.kernel.errors import DomainError
from kazna.kernel.places import FORMATS

MESSAGE = "urn://egisso-ru/msg/10.13.I/2.0.0"
REQUEST, STATEMENT = "urn://egisso-ru/types/prsn-request/2.0.0", "urn://egisso-ru/types/prsn-statement/2.0.0"
BASIC = "urn://egisso-ru/types/basic/2.2.0"
LARGEST = 1024 * 1024
FORMS = {"cash": "01", "in_kind": "02", "discount": "03", "service": "04", "certificate": "05"}
PERIODS = {"once": "01", "month": "02", "quarter": "03", "year": "05"}
WANTED = {
    "incomesInclude": "incomes", "assigneeInclude": "assignees", "experienceInclude": "experience",
    "jobInclude": "jobs", "disabilityInclude": "disability",
}  # fmt: skip
GROUPS = {"I": "1", "II": "2", "III": "3", "child": "4"}
WORKS, WORKS_NOT = "работает", "не работает"
PAYERS = "Все плательщики страховых взносов"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a package. `parts` beside assignments: incomes, obligations, assignees, disability, experience,
    jobs, print (a printed form, which is not given).
    """

    uid: str
    snils: str
    with_assignments: bool
    form: str
    measure_codes: tuple[str, ...]
    first_day: date
    last_day: date
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """One award for the statement; amounts in kopecks. `code` is the full code of the КМСЗ, `body` – of the body.

    `months`: what it is to pay by month, for the part of obligations.
    """

    snils: str
    surname: str
    forename: str
    patronymic: str | None
    birth_date: date
    measure: str
    title: str
    category: str
    code: str
    body: str
    body_title: str
    decided_on: date
    first_day: date
    last_day: date | None
    form: str
    period: str
    amount_kopecks: int
    months: Sequence[MonthSum] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told of a person. None: we hold nothing and the part is left out."""

    assignments: Sequence[Assignment] = ()
    incomes: Sequence[MonthSum] | None = None
    disability: DisabilityTold | None = None
    jobs: Sequence[tuple[date, bool]] | None = None


def read_package(payload: bytes) -> tuple[str, list[Asked]]:
    """(package uid, requests). Raises ConsumerRefused: too large, broken, another format, against the schema."""
    if len(payload) > LARGEST:
        raise ConsumerRefused(what=f"Пакет больше {LARGEST} байт; в нём не может быть больше 50 запросов.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ConsumerRefused(what="Пакет не читается как XML.") from None
    if root.getroottree().docinfo.doctype:
        raise ConsumerRefused(what="Объявления DTD в пакете не принимаются.")
    if root.tag != f"{{{MESSAGE}}}requestPackage":
        raise ConsumerRefused(what=f"Ожидается requestPackage {MESSAGE}.")
    if not _schema().validate(root):
        problem = _schema().error_log.last_error
        raise ConsumerRefused(what=f"Пакет не по схеме 10.13.I 2.0.0, строка {problem.line if problem else '?'}.")
    uid = root.findtext(f"{{{MESSAGE}}}packageUid") or ""
    return uid, [_asked(one) for one in root.iter(f"{{{REQUEST}}}requestData")]


def _asked(one: etree._Element) -> Asked:
    def text(path: str) -> str:
        return (one.findtext(path, namespaces={"r": REQUEST, "b": BASIC}) or "").strip()

    def flag(path: str) -> bool:
        return text(path) in ("true", "1")

    codes = one.iterfind("r:assignments/r:mszCodes/r:mszCode", namespaces={"r": REQUEST})
    parts = {part for name, part in WANTED.items() if flag(f"r:{name}")}
    parts |= {"obligations"} if flag("r:obligations/r:obligationsInclude") else set()
    parts |= {"print"} if flag("r:assignments/r:pdfInclude") else set()
    return Asked(
        uid=text("r:requestUid"), snils=text("r:person/b:snils"),
        with_assignments=flag("r:assignments/r:assignmentsInclude"), form=text("r:assignments/r:form"),
        measure_codes=tuple(code.text or "" for code in codes),
        first_day=date.fromisoformat(text("r:reportPeriod/r:beginDate")[:10]),
        last_day=date.fromisoformat(text("r:reportPeriod/r:endDate")[:10]), parts=frozenset(parts),
    )  # fmt: skip


def write_package(uid: str, asked: Sequence[Asked], answer: Callable[[Asked], Statement]) -> bytes:
    """The answers in order; `answer` may raise a DomainError, which becomes that request's error and no more.

    The result is valid against the official schema, which is checked before it leaves.
    """
    root = etree.Element(f"{{{MESSAGE}}}responsePackage", nsmap={"ns4": MESSAGE, "ns3": STATEMENT, "ns1": BASIC})
    _add(root, MESSAGE, "packageUid", uid)
    elements = etree.SubElement(root, f"{{{MESSAGE}}}elements")
    for one in asked:
        data = etree.SubElement(elements, f"{{{MESSAGE}}}responseData")
        _add(data, MESSAGE, "requestUid", one.uid)
        try:
            if "print" in one.parts:
                raise ConsumerRefused(what="Печатная форма не предоставляется этим сервисом: запросите без неё.")
            _statement(data, one, answer(one))
        except DomainError as refusal:
            error = etree.SubElement(etree.SubElement(data, f"{{{MESSAGE}}}errors"), f"{{{MESSAGE}}}error")
            _add(error, BASIC, "message", str(refusal)[:500])
    _schema().assertValid(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _statement(data: etree._Element, one: Asked, told: Statement) -> None:
    statement = etree.SubElement(data, f"{{{STATEMENT}}}statementData")
    _add(etree.SubElement(statement, f"{{{STATEMENT}}}person"), BASIC, "snils", one.snils)
    listed = [award for award in told.assignments if _is_asked_for(award, one)]
    if one.with_assignments:
        place = etree.SubElement(statement, f"{{{STATEMENT}}}assignments")
        for award in listed:
            _assignment(etree.SubElement(place, f"{{{STATEMENT}}}assignment"), award)
    if "obligations" in one.parts:
        place = etree.SubElement(statement, f"{{{STATEMENT}}}obligations")
        for award in listed:
            _obligation(etree.SubElement(place, f"{{{STATEMENT}}}obligation"), award)
    if told.incomes is not None:
        _incomes(etree.SubElement(statement, f"{{{STATEMENT}}}incomes"), told.incomes)
    if told.disability is not None:
        _disability(etree.SubElement(statement, f"{{{STATEMENT}}}disability"), told.disability)
    if told.jobs is not None:
        place = etree.SubElement(statement, f"{{{STATEMENT}}}job")
        for month, works in told.jobs:
            status = WORKS if works else WORKS_NOT
            _fields(etree.SubElement(place, f"{{{STATEMENT}}}jobPeriod"), {**_month(month), "status": status})


def _is_asked_for(award: Assignment, one: Asked) -> bool:
    if award.first_day > one.last_day or (award.last_day and award.last_day < one.first_day):
        return False
    if one.form and FORMS.get(award.form, "01") != one.form:
        return False
    return not one.measure_codes or award.code[:4] in one.measure_codes


def _obligation(place: etree._Element, award: Assignment) -> None:
    fields = {
        "kmszCode": award.code, "oszTitle": award.body_title, "lmszTitle": award.title,
        "categoryTitle": award.category, "decisionDate": award.decided_on.isoformat(),
        "dateStart": award.first_day.isoformat(), "dateFinish": award.last_day and award.last_day.isoformat(),
        "periodicity": PERIODS.get(award.period, "07"), "amount": roubles(award.amount_kopecks),
    }  # fmt: skip
    _fields(place, fields)
    if award.months:
        months = etree.SubElement(place, f"{{{STATEMENT}}}payments")
        for one in award.months:
            payment = etree.SubElement(months, f"{{{STATEMENT}}}payment")
            _fields(payment, {**_month(one.month), "amount": roubles(one.kopecks)})


def _incomes(place: etree._Element, months: Sequence[MonthSum]) -> None:
    """The tax service tells only payments on which contributions were charged: both sums are the same."""
    for one in months:
        income = etree.SubElement(place, f"{{{STATEMENT}}}monthIncome")
        amount = roubles(one.kopecks)
        _fields(income, {**_month(one.month), "organization": PAYERS, "amount": amount, "insureDeposit": amount})
    total = roubles(sum(one.kopecks for one in months))
    _fields(place, {"amount": total, "insureDeposit": total})


def _disability(place: etree._Element, told: DisabilityTold) -> None:
    fields = {
        "registrationDate": told.known_on.isoformat(), "beginDate": told.first_day.isoformat(),
        "endDate": told.last_day and told.last_day.isoformat(), "actNumber": told.act,
        "actDate": told.act_on.isoformat(), "disabilityGroup": GROUPS.get(told.group, "0"),
        "disabilityReason": told.cause[:500] or None,
    }  # fmt: skip
    _fields(place, fields)


def _month(month: date) -> dict[str, str]:
    return {"year": f"{month:%Y}", "month": f"{month:%m}"}


def _assignment(place: etree._Element, award: Assignment) -> None:
    person = etree.SubElement(place, f"{{{STATEMENT}}}person")
    _add(person, BASIC, "snils", award.snils)
    fio = etree.SubElement(person, f"{{{BASIC}}}fio")
    _add(fio, BASIC, "surname", award.surname)
    if award.patronymic:
        _add(fio, BASIC, "patronymic", award.patronymic)
    _add(fio, BASIC, "forename", award.forename)
    _add(person, BASIC, "birthDate", award.birth_date.isoformat())
    is_own = award.code.startswith("9")
    fields: dict[str, Any] = {
        "kmszCode": award.code, "oszTitle": award.body_title, "oszCode": award.body, "lmszTitle": award.title,
        "categoryTitle": award.category, "decisionDate": award.decided_on.isoformat(),
        "dateStart": award.first_day.isoformat(), "dateFinish": award.last_day and award.last_day.isoformat(),
        "form": FORMS.get(award.form, "01"), "periodicity": PERIODS.get(award.period, "07"),
        "amount": roubles(award.amount_kopecks), "measureUnit": "01",
        "comment": f"own_{award.measure}: код вне КМСЗ" if is_own else None, "needCriterion": "false",
    }  # fmt: skip
    _fields(place, fields)


def _fields(place: etree._Element, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if value is not None:
            _add(place, STATEMENT, name, value)


def roubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def own_code(measure: str, measures: Sequence[str], form: str) -> str:
    """A code of our own range 9000–9999 by the place of the measure among all of them: no two share one."""
    return f"9{sorted(measures).index(measure) % 1000:03d}.90000000.01.0000.{FORMS.get(form, '01')}.000000"


def _add(parent: etree._Element, space: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{space}}}{name}").text = text


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FORMATS / "xsd" / "egisso" / "10.13.I-2.0.0.xsd"))
