"""The closed list of ways a cell of a legacy register becomes a value; what does not fit is said in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from kazna.kernel.identifiers import plain_snils, snils_is_valid

LONGEST = 4000
FIRST_YEAR, LAST_YEAR = 1880, 2100


class Misfit(Exception):
    """The cell does not fit; the argument is what is wrong, for the row report."""


def _snils(text: str) -> str:
    number = plain_snils(text)
    if not snils_is_valid(number):
        raise Misfit("СНИЛС не проходит проверку контрольного числа")
    return number


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Misfit("такого дня нет в календаре") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Misfit(f"год не между {FIRST_YEAR} и {LAST_YEAR}")
    return found.isoformat()


def _date_ru(text: str) -> str:
    parts = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: 0?0:00:00)?", text)
    if not parts:
        raise Misfit("день не вида 05.03.2026")
    return _day(parts[3], parts[2], parts[1])


def _date_iso(text: str) -> str:
    parts = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00)?", text)
    if not parts:
        raise Misfit("день не вида 2026-03-05")
    return _day(parts[1], parts[2], parts[3])


def _kopecks(text: str) -> int:
    plain = re.sub(r"[\s\u00a0\u202f]|руб\.?|₽", "", text).replace(",", ".")
    if not re.fullmatch(r"-?\d{1,13}(\.\d{1,2})?", plain):
        raise Misfit("сумма не вида 12 513,75")
    try:
        return int(Decimal(plain) * 100)
    except InvalidOperation:
        raise Misfit("сумма не вида 12 513,75") from None


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,15}", text):
        raise Misfit("не целое число")
    return int(text)


def _name(text: str) -> str:
    if not re.fullmatch(r"[А-ЯЁа-яёA-Za-z' .()-]{1,100}", text):
        raise Misfit("в имени есть знаки, которых в именах не бывает")
    words = " ".join(text.split())
    return words.title() if words.isupper() or words.islower() else words


def _flag(text: str) -> bool:
    found = {"да": True, "1": True, "true": True, "истина": True, "нет": False, "0": False, "false": False,
             "ложь": False}.get(text.lower())  # fmt: skip
    if found is None:
        raise Misfit("не «да» и не «нет»")
    return found


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


PLAIN: dict[str, Callable[[str], Any]] = {
    "text": lambda text: text,
    "upper": str.upper,
    "name": _name,
    "snils": _snils,
    "date_ru": _date_ru,
    "date_iso": _date_iso,
    "kopecks": _kopecks,
    "whole": _whole,
    "flag": _flag,
    "digits": _digits,
}
NAMES = (*PLAIN, "map")


def transformed(text: str, name: str, values: Mapping[str, Any]) -> Any:
    """The value of a cell that is not empty. Raises Misfit."""
    if len(text) > LONGEST:
        raise Misfit(f"длиннее {LONGEST} знаков")
    if "\0" in text or any("\ud800" <= ch <= "\udfff" for ch in text):
        raise Misfit("есть байты, которые не читаются в кодировке файла")
    if text.startswith("="):
        raise Misfit("в ячейке формула, а не значение")
    if name == "map":
        key = text.casefold()
        if key not in values:
            raise Misfit(f"значения «{text[:40]}» нет в карте")
        return values[key]
    return PLAIN[name](text)
