"""Extracts of ЕГРЮЛ and ЕГРИП (our own shape after the open ones): a stream of records, mistakes told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from kazna.contexts.employers.contracts import EmployerRecord, EmployersRefused, Wrong
from kazna.contexts.employers.numbers import OKVED, kpp_is_valid, ogrn_is_valid, ogrnip_is_valid
from kazna.kernel.identifiers import inn_is_valid

RECORDS = ("СвЮЛ", "СвИП")
LONGEST = 1000  # characters of a name or an address
MOST_BRANCHES = 10_000


def read(path: Path) -> Iterator[EmployerRecord | Wrong]:
    """Records in the order of the file, one in memory at a time. Raises EmployersRefused where the file breaks off."""
    number = 0
    try:
        with path.open("rb") as file:
            for _, element in etree.iterparse(
                file, tag=RECORDS, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
            ):
                if element.getroottree().docinfo.doctype:
                    raise EmployersRefused(name=path.name, why="в файле объявлен DOCTYPE")
                number += 1
                yield _record(element, number)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise EmployersRefused(name=path.name, why=f"строка {line}: XML обрывается или испорчен") from None
    if not number:
        raise EmployersRefused(name=path.name, why="в файле нет записей СвЮЛ и СвИП")


def _record(element: Any, number: int) -> EmployerRecord | Wrong:
    is_entrepreneur = element.tag == "СвИП"
    ogrn = element.get("ОГРНИП" if is_entrepreneur else "ОГРН", "")
    remarks: list[str] = []
    told = {
        "ogrn": ogrn,
        "inn": element.get("ИННФЛ" if is_entrepreneur else "ИНН", ""),
        "kpp": element.get("КПП", ""),
        "is_entrepreneur": is_entrepreneur,
        "name": _name(element, is_entrepreneur),
        "short_name": _attribute(element, "СвНаимЮЛ/СвНаимЮЛСокр", "НаимСокр"),
        "region": _attribute(element, "СвАдрес", "КодРегион"),
        "address": _attribute(element, "СвАдрес", "Адрес"),
        "okveds": tuple(one.get("КодОКВЭД", "") for one in element.iterfind("СвОКВЭД/*")),
        "branches": tuple(
            {"kpp": one.get("КПП", ""), "name": one.get("Наим", ""), "address": one.get("Адрес", "")}
            for one in element.iterfind("СвПодразд/*")
        ),
        "registered_on": _day(
            element.get("ДатаОГРНИП" if is_entrepreneur else "ДатаОГРН"), "дата регистрации", remarks
        ),
        "removed_on": _removed(element, remarks),
        "removed_why": _attribute(element, "СвПрекр", "Причина"),
        "as_of": _day(element.get("ДатаВып"), "дата выписки ДатаВып", remarks),
    }
    remarks += _remarks(told)
    return Wrong(number, ogrn[:15], tuple(remarks)) if remarks else EmployerRecord(**told)


def _remarks(told: dict[str, Any]) -> list[str]:
    entrepreneur = told["is_entrepreneur"]
    ogrn_fits = ogrnip_is_valid(told["ogrn"]) if entrepreneur else ogrn_is_valid(told["ogrn"])
    found = [] if ogrn_fits else [f"{'ОГРНИП' if entrepreneur else 'ОГРН'} не проходит проверку контрольного числа"]
    if not inn_is_valid(told["inn"]) or len(told["inn"]) != (12 if entrepreneur else 10):
        found.append("ИНН не проходит проверку контрольного числа")
    if not entrepreneur and not kpp_is_valid(told["kpp"]):
        found.append("КПП не из девяти знаков: четыре цифры, два знака, три цифры")
    if not 0 < len(told["name"].strip()) <= LONGEST or "\0" in told["name"]:
        found.append("нет наименования или оно длиннее 1000 знаков")
    found += [f"код ОКВЭД «{code[:20]}» не по образцу 01.11.1" for code in told["okveds"] if not OKVED.fullmatch(code)]
    found += [f"КПП филиала «{one['kpp'][:20]}» неверен" for one in told["branches"] if not kpp_is_valid(one["kpp"])]
    if len(told["branches"]) > MOST_BRANCHES or len(told["address"]) > LONGEST:
        found.append("запись больше, чем бывает")
    since, until = told["registered_on"], told["removed_on"]
    if since and until and until < since:
        found.append("прекращение раньше регистрации")
    if since and told["as_of"] and told["as_of"] < since:
        found.append("выписка раньше регистрации")
    return found


def _name(element: Any, is_entrepreneur: bool) -> str:
    if not is_entrepreneur:
        return _attribute(element, "СвНаимЮЛ", "НаимЮЛПолн")
    person = element.find("СвФЛ/ФИОРус")
    parts = [person.get(part, "") for part in ("Фамилия", "Имя", "Отчество")] if person is not None else []
    return " ".join(filter(None, parts))


def _attribute(element: Any, path: str, name: str) -> str:
    found = element.find(path)
    return found.get(name, "") if found is not None else ""


def _removed(element: Any, remarks: list[str]) -> date | None:
    found = element.find("СвПрекр")
    return None if found is None else _day(found.get("ДатаПрекр"), "дата прекращения", remarks)


def _day(text: str | None, what: str, remarks: list[str]) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        remarks.append(f"{what} не читается: нужна ГГГГ-ММ-ДД")
        return None
