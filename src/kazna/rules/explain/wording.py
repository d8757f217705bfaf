"""How values and names are said in Russian."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from kazna.kernel.money import NARROW_SPACE, roubles_and_kopecks
from kazna.rules.documents.vocabulary import FactDefinition, lower_first
from kazna.rules.edition import Edition
from kazna.rules.evaluate.series import Series
from kazna.rules.language.types import Kind

UNKNOWN = "нет сведений"
SHORT = 4  # digits that are read without spaces: years, articles


def say(value: Any, *, is_money: bool = False) -> str:
    """«420 000,00 ₽», «12.03.2025», «да», «17,5»; an unknown value is «нет сведений»."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return "бессрочно" if value == date.max else f"{value:%d.%m.%Y}"
    if is_money:
        return say_money(Fraction(value))
    return say_number(value) if isinstance(value, (int, Fraction)) else str(value)


def say_money(kopecks: Fraction) -> str:
    """Kopecks as roubles; a fraction of a kopeck is said to be one."""
    if kopecks.denominator == 1:
        return roubles_and_kopecks(kopecks.numerator)
    return f"около {roubles_and_kopecks(round(kopecks))}"


def say_number(value: int | Fraction) -> str:
    """A decimal with a comma where it is finite, else an ordinary fraction."""
    exact = Fraction(value)
    digits = 0
    while (exact * 10**digits).denominator != 1:
        digits += 1
        if digits > 6:
            return f"{exact.numerator}/{exact.denominator}"
    text = f"{abs(int(exact * 10**digits)):0{digits + 1}d}"
    sign = "−" if exact < 0 else ""
    whole, part = (text[:-digits], f",{text[-digits:]}") if digits else (text, "")
    return f"{sign}{f'{int(whole):,}'.replace(',', NARROW_SPACE) if len(whole) > SHORT else whole}{part}"


def say_fact(definition: FactDefinition, value: Any) -> str:
    """The value of a fact with its label or unit."""
    if value is not None and definition.type.kind is Kind.TEXT:
        return definition.labels.get(value, str(value))
    if isinstance(value, Series):
        return say_series(value)
    said = say(value, is_money=definition.type.kind is Kind.MONEY)
    return f"{said} {definition.unit}" if definition.unit and value is not None else said


def say_series(series: Series) -> str:
    """«с 01.2025 за 12 мес. 600 000,00 ₽»: what the known months add up to, and how many are not known."""
    year, month = divmod(series.first, 12)
    unknown = sum(amount is None for amount in series.months)
    total = roubles_and_kopecks(sum(amount or 0 for amount in series.months))
    gaps = f", без сведений {unknown} мес." if unknown else ""
    return f"с {month + 1:02d}.{year} за {len(series.months)} мес. {total}{gaps}"


def name_of(edition: Edition, name: str) -> str:
    """«дата рождения ребёнка», «доход за год (человек 2)» for names as missing lists give them."""
    if name.startswith("parameter:"):
        parameter = name.removeprefix("parameter:")
        title = edition.parameters[parameter].title if parameter in edition.parameters else parameter
        return f"значение «{title}» на этот день"
    if name.startswith("table:"):
        return f"строка таблицы «{name.removeprefix('table:')}»"
    if name.startswith("definition:"):
        titles = {step.name: step.title for step in edition.measure.steps}
        definition_name = name.removeprefix("definition:")
        return f"правило «{titles.get(definition_name, definition_name)}» на этот день"
    if name.startswith("calendar:"):
        return f"производственный календарь на {name.removeprefix('calendar:')} год"
    definition = edition.determiner.definition(name)
    if definition is not None:
        place = name.partition("[")[2].partition("]")[0]
        return f"{definition.short} (человек {int(place) + 1})" if place else definition.short
    return lower_first(edition.relations[name].title) if name in edition.relations else name
