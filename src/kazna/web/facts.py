"""A fact's value as words: whatever the kind, a person reads it without knowing the keys."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kazna.web import typography
from kazna.web.catalogue import measure_title

KEYS = {
    "surname": _("фамилия"),
    "forename": _("имя"),
    "patronymic": _("отчество"),
    "sex": _("пол"),
    "date": _("дата"),
    "place": _("место"),
    "act": _("запись акта"),
    "role": _("кто"),
    "order": _("который ребёнок"),
    "reason": _("причина"),
    "employer_inn": _("ИНН работодателя"),
    "years": _("стаж, лет"),
    "ipk": _("пенсионный коэффициент"),
    "savings_kopecks": _("накопления"),
    "amount_kopecks": _("сумма"),
    "year": _("год"),
    "group": _("группа"),
    "from_childhood": _("с детства"),
    "cause": _("причина"),
    "type": _("вид"),
    "bik": _("БИК"),
    "account": _("счёт"),
    "holder": _("владелец"),
    "measure": _("мера"),
    "filed_on": _("подано"),
    "given_on": _("дано"),
    "asked_on": _("спрошено"),
    "present": _("ответ"),
    "address": _("адрес"),
    "region": _("регион"),
    "permanent": _("постоянно"),
    "email": _("почта"),
    "phone": _("телефон"),
    "series_number": _("серия и номер"),
    "issued_on": _("выдан"),
    "issuer": _("кем выдан"),
    "multiple": _("детей при рождении"),
    "live": _("живорождение"),
    "birth_act": _("запись о рождении"),
    "decision": _("решение"),
    "excess": _("имущества больше допустимого"),
    "as_of": _("на дату"),
    "medicines": _("лекарства"),
    "sanatorium": _("санаторий"),
    "transport": _("проезд"),
    "by_birth": _("по рождению"),
    "oksm": _("код страны"),
    "code": _("код документа"),
    "oktmo": _("ОКТМО"),
    "kind": _("вид сведений"),
}

CODES = {
    "M": _("мужской"),
    "F": _("женский"),
    "mother": _("мать"),
    "father": _("отец"),
    "I": _("первая"),
    "II": _("вторая"),
    "III": _("третья"),
    "child": _("ребёнок-инвалид"),
    "cash": _("деньгами"),
    "in_kind": _("услугой"),
    "643": _("Россия"),
    "old_age": _("по старости"),
    "disability": _("по инвалидности"),
    "social_disability": _("социальная по инвалидности"),
    "social_old_age": _("социальная по старости"),
    "urgent": _("срочная пенсионная выплата"),
    "survivor": _("по потере кормильца"),
}
SILENT = {  # what only machines need
    "person.birth": ("act",),
    "person.residence": ("oktmo", "region", "permanent", "district_coefficient"),
    "person.citizenship": ("by_birth",),
    "person.document": ("code",),
}
REGISTRY_ENTRIES = {"act", "birth_act"}  # of the registry office
BARE = {"person.name", "person.sex", "person.residence", "person.citizenship"}


def fact_words(value: Mapping[str, Any], kind: str) -> str:
    """«группа: вторая; с детства: нет» — or just «женский» where the kind's title says the rest.

    Keys without a word are technical and are left out.
    """
    if kind == "income.year":
        return _income(value)
    told = {key: item for key, item in value.items() if item not in (None, "") and key in KEYS}
    shown = {key: item for key, item in told.items() if key not in SILENT.get(kind, ())}
    if kind in BARE:
        separator = " " if kind == "person.name" else "; "
        return separator.join(_item(key, item) for key, item in shown.items())
    return "; ".join(f"{KEYS.get(key, key)}: {_item(key, item)}" for key, item in shown.items())


def _income(value: Mapping[str, Any]) -> str:
    months = [amount for amount in value.get("months", {}).values() if isinstance(amount, int)]
    if not months:
        return now("за %(year)s год доходов нет") % {"year": value.get("year")}
    return now("за %(year)s год: %(sum)s, месяцев с доходом: %(count)s") % {
        "year": value.get("year"),
        "sum": typography.money(sum(months)),
        "count": len(months),
    }


def _item(key: str, item: Any) -> str:
    if key == "measure":
        return measure_title(item)
    if key in REGISTRY_ENTRIES and isinstance(item, str):
        return _entry(item)
    if isinstance(item, bool):
        return now("да") if item else now("нет")
    if key.endswith("_kopecks") and isinstance(item, int):
        return typography.money(item)
    if isinstance(item, Mapping):
        return ", ".join(f"{KEYS.get(name, name)} {_item(name, part)}" for name, part in item.items())
    if isinstance(item, str) and len(item) == 10 and item[4] == item[7] == "-":
        return typography.day(_day(item)) if _day(item) else item
    return str(CODES.get(item, item)) if isinstance(item, str) else str(item)


def _entry(item: str) -> str:
    """«birth/R7700001/1234/2025-03-14» → «№ 1234 от 14 марта 2025»; another number stands as it is."""
    parts = item.split("/")
    if len(parts) == 4 and _day(parts[3]):
        return now("№ %(number)s от %(day)s") % {"number": parts[2], "day": typography.day(_day(parts[3]))}
    return f"№ {parts[-1]}" if len(parts) > 1 else item


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
