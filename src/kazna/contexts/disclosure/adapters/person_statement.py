"""ЕГИССО 10.13.I 2.0.0: a package of requests by СНИЛС comes in, a package of statements goes out.

Codes of the КМСЗ are not known for our measures; own ones of the form `9…` stand in their place and the comment of each
assignment names our code (`own_…`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from zlib import crc32

from lxml import etree

from kazna.contexts.disclosure.contracts import ConsumerRefused
from kazna.kernel.errors import DomainError
from kazna.kernel.places import FORMATS

MESSAGE = "urn://egisso-ru/msg/10.13.I/2.0.0"
REQUEST, STATEMENT = "urn://egisso-ru/types/prsn-request/2.0.0", "urn://egisso-ru/types/prsn-statement/2.0.0"
BASIC = "urn://egisso-ru/types/basic/2.2.0"
LARGEST = 1024 * 1024
FORMS = {"cash": "01", "in_kind": "02", "discount": "03", "service": "04", "certificate": "05"}
PERIODS = {"once": "01", "month": "02", "quarter": "03", "year": "05"}
NOT_HERE = {
    "incomesInclude": "доходы", "assigneeInclude": "получатели", "experienceInclude": "стаж", "jobInclude": "работа",
    "disabilityInclude": "инвалидность",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a package. `not_here` names parts asked for that this service does not give."""

    uid: str
    snils: str
    with_assignments: bool
    form: str
    measure_codes: tuple[str, ...]
    first_day: date
    last_day: date
    not_here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """One award for the statement; amounts in kopecks."""

    snils: str
    surname: str
    forename: str
    patronymic: str | None
    birth_date: date
    measure: str
    title: str
    category: str
    body: str
    decided_on: date
    first_day: date
    last_day: date | None
    form: str
    period: str
    amount_kopecks: int


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
    not_here = [title for name, title in NOT_HERE.items() if flag(f"r:{name}")]
    if flag("r:obligations/r:obligationsInclude"):
        not_here.append("обязательства по месяцам")
    if flag("r:assignments/r:pdfInclude"):
        not_here.append("печатная форма")
    return Asked(
        uid=text("r:requestUid"), snils=text("r:person/b:snils"),
        with_assignments=flag("r:assignments/r:assignmentsInclude"), form=text("r:assignments/r:form"),
        measure_codes=tuple(code.text or "" for code in codes),
        first_day=date.fromisoformat(text("r:reportPeriod/r:beginDate")[:10]),
        last_day=date.fromisoformat(text("r:reportPeriod/r:endDate")[:10]), not_here=tuple(not_here),
    )  # fmt: skip


def write_package(uid: str, asked: Sequence[Asked], answer: Callable[[Asked], list[Assignment]]) -> bytes:
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
            if one.not_here:
                raise ConsumerRefused(what=f"Сведения не предоставляются этим сервисом: {', '.join(one.not_here)}.")
            _statement(data, one, answer(one))
        except DomainError as refusal:
            error = etree.SubElement(etree.SubElement(data, f"{{{MESSAGE}}}errors"), f"{{{MESSAGE}}}error")
            _add(error, BASIC, "message", str(refusal)[:500])
    _schema().assertValid(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _statement(data: etree._Element, one: Asked, assignments: Sequence[Assignment]) -> None:
    statement = etree.SubElement(data, f"{{{STATEMENT}}}statementData")
    _add(etree.SubElement(statement, f"{{{STATEMENT}}}person"), BASIC, "snils", one.snils)
    if not one.with_assignments:
        return
    listed = etree.SubElement(statement, f"{{{STATEMENT}}}assignments")
    for award in assignments:
        if award.first_day > one.last_day or (award.last_day and award.last_day < one.first_day):
            continue
        if one.form and FORMS.get(award.form, "01") != one.form:
            continue
        if one.measure_codes and own_measure_code(award.measure) not in one.measure_codes:
            continue
        _assignment(etree.SubElement(listed, f"{{{STATEMENT}}}assignment"), award)


def _assignment(place: etree._Element, award: Assignment) -> None:
    person = etree.SubElement(place, f"{{{STATEMENT}}}person")
    _add(person, BASIC, "snils", award.snils)
    fio = etree.SubElement(person, f"{{{BASIC}}}fio")
    _add(fio, BASIC, "surname", award.surname)
    if award.patronymic:
        _add(fio, BASIC, "patronymic", award.patronymic)
    _add(fio, BASIC, "forename", award.forename)
    _add(person, BASIC, "birthDate", award.birth_date.isoformat())
    form = FORMS.get(award.form, "01")
    code = f"{own_measure_code(award.measure)}.9{crc32(award.category.encode()) % 10**7:07d}.01.0000.{form}.000000"
    fields: dict[str, Any] = {
        "kmszCode": code, "oszTitle": award.body, "oszCode": f"9{crc32(award.body.encode()) % 1000:03d}.000001",
        "lmszTitle": award.title, "categoryTitle": award.category, "decisionDate": award.decided_on.isoformat(),
        "dateStart": award.first_day.isoformat(), "dateFinish": award.last_day and award.last_day.isoformat(),
        "form": form, "periodicity": PERIODS.get(award.period, "07"),
        "amount": f"{award.amount_kopecks // 100}.{award.amount_kopecks % 100:02d}", "measureUnit": "01",
        "comment": f"own_{award.measure}: код вне КМСЗ", "needCriterion": "false",
    }  # fmt: skip
    for name, value in fields.items():
        if value is not None:
            _add(place, STATEMENT, name, value)


def own_measure_code(measure: str) -> str:
    """«ru-birth-grant» → a number of our own range 9000–9999."""
    return f"9{crc32(measure.encode()) % 1000:03d}"


def _add(parent: etree._Element, space: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{space}}}{name}").text = text


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FORMATS / "xsd" / "egisso" / "10.13.I-2.0.0.xsd"))
