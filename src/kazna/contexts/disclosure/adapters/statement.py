"""What a statement by СНИЛС asks and tells, whatever the version of the message; how its XML is read and written.

The code of the КМСЗ is that of the measure's card in the register of local measures. A measure without one bears an own
code of the form `9NNN.…`, by its place in the law, and the comment of the assignment names it (`own_…`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from lxml import etree

from kazna.contexts.disclosure.contracts import ConsumerRefused, DisabilityTold, Inheritance, MonthSum
from kazna.kernel.places import FORMATS

LARGEST = 1024 * 1024
FORMS = {"cash": "01", "in_kind": "02", "discount": "03", "service": "04", "certificate": "05"}
PERIODS = {"once": "01", "month": "02", "quarter": "03", "year": "05"}
PAYERS = "Все плательщики страховых взносов"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which measures a part is to tell of; empty: all. `codes` are the first four digits of the КМСЗ."""

    form: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `parts` beside assignments: incomes, obligations, assignees, disability, experience, jobs, print
    (a printed form, which is not given).
    """

    uid: str
    snils: str
    with_assignments: bool
    first_day: date
    last_day: date
    parts: frozenset[str]
    assignments: Wanted = field(default_factory=Wanted)
    obligations: Wanted = field(default_factory=Wanted)


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
    """What is told of a person. None: we hold nothing and the part is left out; an empty part means «none»."""

    assignments: Sequence[Assignment] = ()
    inheritances: Sequence[Inheritance] | None = None
    incomes: Sequence[MonthSum] | None = None
    disability: DisabilityTold | None = None
    experience: tuple[int, int, int] | None = None
    jobs: Sequence[tuple[date, bool]] | None = None


def parse(payload: bytes) -> etree._Element:
    """The root of a message. Raises ConsumerRefused: too large, broken, with a DTD."""
    if len(payload) > LARGEST:
        raise ConsumerRefused(what=f"Пакет больше {LARGEST} байт; в нём не может быть больше 50 запросов.")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ConsumerRefused(what="Пакет не читается как XML.") from None
    if root.getroottree().docinfo.doctype:
        raise ConsumerRefused(what="Объявления DTD в пакете не принимаются.")
    return root


@cache
def schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(FORMATS / "xsd" / "egisso" / f"10.13.I-{version}.xsd"))


def hold_to_schema(root: etree._Element, version: str) -> None:
    if not schema(version).validate(root):
        problem = schema(version).error_log.last_error
        raise ConsumerRefused(what=f"Пакет не по схеме 10.13.I {version}, строка {problem.line if problem else '?'}.")


def asked_for(awards: Sequence[Assignment], one: Asked, wanted: Wanted, forms: Mapping[str, str]) -> list[Assignment]:
    """Of these measures, in force on a day of the period."""
    return [
        award
        for award in awards
        if award.first_day <= one.last_day
        and (award.last_day is None or award.last_day >= one.first_day)
        and wanted.form in ("", forms.get(award.form, "01"))
        and (not wanted.codes or award.code[:4] in wanted.codes)
    ]


def comment(award: Assignment) -> str | None:
    return f"own_{award.measure}: код вне КМСЗ" if award.code.startswith("9") else None


def add(parent: etree._Element, space: str, name: str, text: str = "") -> etree._Element:
    child = etree.SubElement(parent, f"{{{space}}}{name}")
    child.text = text or None
    return child


def add_all(parent: etree._Element, space: str, fields: Mapping[str, Any]) -> None:
    """Children in the order given; None is left out, days are written as the schemas have them."""
    for name, value in fields.items():
        if value is not None:
            add(parent, space, name, str(value))


def roubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def own_code(measure: str, measures: Sequence[str], form: str) -> str:
    """A code of our own range 9000–9999 by the place of the measure among all of them: no two share one."""
    return f"9{sorted(measures).index(measure) % 1000:03d}.90000000.01.0000.{FORMS.get(form, '01')}.000000"
