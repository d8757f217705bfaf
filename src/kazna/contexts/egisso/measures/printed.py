"""The card of a local measure as its executable rule prints it: one source, no second truth."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from kazna.contexts.egisso.classifier.content import Content
from kazna.contexts.egisso.measures.own import FORMS, LEVELS, PERIODS
from kazna.contexts.egisso.state import content_in_force
from kazna.contexts.measures import public as measures
from kazna.kernel.errors import DomainError
from kazna.kernel.places import FORMATS
from kazna.rules.delivery import requests
from kazna.rules.edition import Edition
from kazna.rules.explain.reading import readable

Card = dict[str, Any]
# what the rule prints and nobody edits
PRINTED = ("title", "from", "to", "periodicity", "form", "level", "part", "estimation", "cases", "conditions", "acts")
LONGEST = 2000
PARTS = {"01": "010101", "02": "010102", "03": "010103"}
NUMBER = re.compile(r"№\s*([\w\-/]{1,20})")
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
LONG_DAY = re.compile(r"(\d{1,2}) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) "
                      r"(\d{4})")  # fmt: skip
MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
          "декабря")  # fmt: skip
AUTHORITIES = (
    ("федеральный закон", "Государственная Дума Федерального Собрания Российской Федерации"),
    ("кодекс", "Государственная Дума Федерального Собрания Российской Федерации"),
    ("постановление правительства рф", "Правительство Российской Федерации"),
    ("постановление правительства российской", "Правительство Российской Федерации"),
    ("указ президента", "Президент Российской Федерации"),
    ("приказ", "Министерство труда и социальной защиты Российской Федерации"),
)
LAW_PORTAL = "http://publication.pravo.gov.ru"


class RuleUnknown(DomainError):
    sentence = "Правила «{measure}» в своде нет: выберите меру из списка."


@dataclass(frozen=True, slots=True)
class Printed:
    """The card a rule prints; `measure_id` and `category_id` are those its passport names."""

    measure_id: UUID
    category_id: UUID
    card: Card


def print_card(law_measure: str, *, on: date) -> Printed:
    """The card of the edition in force on the day, else of the nearest one. Raises RuleUnknown."""
    library = measures.law_in_force()
    editions = library.measures.get(law_measure)
    if not editions:
        raise RuleUnknown(measure=law_measure)
    edition = next((one for one in editions if one.start <= on and (one.end is None or one.end >= on)), editions[-1])
    document = edition.document
    passport = document["passport"]
    sections = dict(readable(edition, on))
    level = LEVELS.get(str(document["level"]), "02")
    form = FORMS.get(str(document["form"]), "01")
    msz, category = place_of(document, content_in_force(on), level)
    ident, category_id = UUID(str(passport["egisso"]["lmsz_id"])), UUID(str(passport["egisso"]["category_id"]))
    card: Card = {
        "title": edition.title,
        "from": edition.start.isoformat(),
        "to": edition.end.isoformat() if edition.end else "",
        "periodicity": PERIODS.get(str(document.get("period")), "07"),
        "form": form,
        "level": level,
        "part": PARTS[level],
        "estimation": _fitted([*sections.get("Сколько", []), *sections.get("Числа закона", [])]),
        "cases": _fitted([one.title + "." for one in edition.measure.conditions]) or "Обращение получателя.",
        "conditions": _fitted(sections.get("Кому положено: все условия сразу", [])) or "Без условий.",
        "acts": _acts(document["law"], edition),
        "categories": [{"id": str(category_id), "title": _category_title(document, category[1]),
                        "category": category[0]}],
        "msz": msz,
        "territories": _territories(document),
        "papers": _papers(passport),
        "methods": [{"method": "01"}, {"method": "02"}],
        "steps": _steps(edition),
        "family": "1" if document.get("decided_for") == "family" else "",
    }  # fmt: skip
    return Printed(ident, category_id, card)


def place_of(document: Mapping[str, Any], content: Content, level: str) -> tuple[str, tuple[str, str]]:
    """The typical measure that is called like the rule, and its category; "" where the classifier has none."""
    wanted = {_plain(str(document["title"])), _plain(str(document.get("short_title", "")))}
    rows = content.facets.get("reestrMSZ", {})
    msz = next((code for code, row in rows.items() if _plain(row["name"]) in wanted), "")
    categories = content.facets.get("listCategories", {})
    found = sorted(code.split(".")[1] for code in content.rules if msz and code.startswith(msz + "."))
    category = found[0] if found else ""
    return msz, (category, categories.get(category, {}).get("name", ""))


def _category_title(document: Mapping[str, Any], typical: str) -> str:
    return typical or str(document["conditions"][0]["title"] if document.get("conditions") else document["title"])


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _fitted(lines: list[str]) -> str:
    """As many whole lines as the album leaves room for."""
    found = ""
    for line in lines:
        if len(found) + len(line) + 1 > LONGEST - 1:
            return (found or line[: LONGEST - 1]).rstrip() + "…"
        found = f"{found} {line}".strip()
    return found


def _acts(laws: Mapping[str, Mapping[str, Any]], edition: Edition) -> list[Card]:
    found: dict[str, Card] = {}
    for law in laws.values():
        title = str(law["act"])
        number, day = NUMBER.search(title), _day(title)
        found.setdefault(title, {
            "number": number[1] if number else "б/н",
            "date": (day or edition.start).isoformat(),
            "title": title[:LONGEST],
            "authority": next((who for words, who in AUTHORITIES if words in title.lower()), "Орган, принявший акт"),
            "url": str(law["url"]) if law.get("url") else LAW_PORTAL,
        })  # fmt: skip
    return list(found.values())


def _day(text: str) -> date | None:
    if found := DAY.search(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := LONG_DAY.search(text):
        return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    return None


def _territories(document: Mapping[str, Any]) -> list[str]:
    """ОКТМО of the region; of every region when the measure is of the whole country."""
    regions = oktmo_of_regions()
    region = str(document.get("region") or "")
    return [regions[region]] if region in regions else sorted(set(regions.values()))


@cache
def oktmo_of_regions() -> dict[str, str]:
    """Eight digits of ОКТМО by the code of the region."""
    (path,) = sorted((FORMATS / "classifiers").glob("regions_*.csv"))[-1:]
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["oktmo"][:8].ljust(8, "0") for row in csv.DictReader(file) if row["oktmo"]}


@cache
def region_codes() -> list[tuple[str, str]]:
    """Code and name of every region, by name."""
    (path,) = sorted((FORMATS / "classifiers").glob("regions_*.csv"))[-1:]
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(((row["code"], row["name"]) for row in csv.DictReader(file)), key=lambda one: one[1])


@cache
def region_names() -> list[tuple[str, str]]:
    """First two digits of ОКТМО and the name of every region, by name. Two regions may share the digits."""
    (path,) = sorted((FORMATS / "classifiers").glob("regions_*.csv"))[-1:]
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(((row["oktmo"][:2], row["name"]) for row in csv.DictReader(file) if row["oktmo"]),
                      key=lambda one: one[1])  # fmt: skip


def _papers(passport: Mapping[str, Any]) -> list[Card]:
    papers = [str(one) for one in passport.get("documents") or ()]
    needed = bool(papers)
    return [
        {"documentTypeName": one[:LONGEST], "documentOrigin": "оригинал", "documentQ": "1",
         "documentNess": "true" if needed else "false"}
        for one in papers or ["Документы не нужны: сведения запрашиваются у ведомств"]
    ]  # fmt: skip


def _steps(edition: Edition) -> list[Card]:
    asked = "; ".join(requests(edition)) or "сведения, которые уже есть"
    told = (
        ("Право найдено по данным", f"Система сама находит право по сведениям ведомств: {asked}."),
        ("Подтвердите назначение", "Если нужно согласие или заявление, подтвердите его в личном кабинете."),
        ("Получите решение", "Решение и сведения о выплате приходят в личный кабинет."),
    )
    return [{"stepNumber": str(n), "stepH": short[:50], "stepDescr": long[:1024]} for n, (short, long) in
            enumerate(told, 1)]  # fmt: skip
