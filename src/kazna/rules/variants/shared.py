"""What variants have in common, as real acts do: facts, the minimum of the region, definitions of a family."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kazna.rules.variants.territory import MINIMA, YEAR, Territory

TO_2026 = Decimal("1.068")  # the minimum of 2026 is not known for every region: that of 2025 by this coefficient
CHILD = """\
count(own_child where own_child.alive and not own_child.custody_lost and not own_child.full_state_support
and {age})"""
INCOME = "sum(member.income_12m where not member.mobilised)"


def _of_children(title: str, age: str) -> dict[str, Any]:
    return {"title": title, "law": "acts", "value": CHILD.format(age=age)}


def _poor(title: str, times: str) -> dict[str, Any]:
    return {"title": title, "law": "acts", "value": f"variant_income_year <= variant_minimum_year{times}"}


AGE = "age(own_child.birth_date, application.date)"
DEFINITIONS: dict[str, Any] = {
    "law": {
        "acts": {
            "act": "Законы субъектов о социальной поддержке (условные)", "place": "общие определения",
            "verified": False, "source": "придумано для испытаний",
        },
    },
    "definitions": {
        "variant_infants": _of_children(
            "Детей до полутора лет", "add_months(own_child.birth_date, 18) > application.date"
        ),
        "variant_toddlers": _of_children("Детей до трёх лет", f"{AGE} < 3"),
        "variant_preschool": _of_children("Детей от трёх до семи лет", f"{AGE} between 3 and 6"),
        "variant_pupils": _of_children("Детей от семи до восемнадцати лет", f"{AGE} between 7 and 17"),
        "variant_minors": _of_children("Детей до восемнадцати лет", f"{AGE} < 18"),
        "variant_pensioner": {
            "title": "Достигнут прежний пенсионный возраст", "law": "acts",
            "value": "age(person.birth_date, application.date) >= (if person.sex = 'F' then 55 else 60)",
        },
        "variant_disabled": {
            "title": "Установлена инвалидность", "law": "acts", "value": "person.disability_group != 'none'",
        },
        "variant_income_year": {"title": "Доход семьи за год", "law": "acts", "value": INCOME},
        "variant_minimum_year": {
            "title": "Прожиточный минимум семьи за год", "law": "acts",
            "value": "variant_pm_per_capita * 12 * count(member)",
        },
        "variant_poor_10": _poor("Доход не выше прожиточного минимума", ""),
        "variant_poor_15": _poor("Доход не выше полутора прожиточных минимумов", " * 1.5"),
        "variant_poor_20": _poor("Доход не выше двух прожиточных минимумов", " * 2"),
        "variant_shortfall_year": {
            "title": "Сколько не хватает до прожиточного минимума за год", "law": "acts",
            "value": "max(0 rub, variant_minimum_year - variant_income_year)",
        },
    },
}  # fmt: skip


def vocabulary(places: Sequence[Territory]) -> dict[str, Any]:
    """Facts that only variants read; the municipality is one of those they name."""
    towns = {code: f"{place.title}, муниципалитет {code}" for place in places for code in place.municipalities}
    money = {"type": "money", "range": [0, 1000000], "of": "person", "cost": "request", "days": 5}
    return {
        "facts": {
            "variant.municipality": {
                "type": "enum", "values": {**towns, "other": "другое"}, "title": "Муниципальное образование",
                "holder": "МВД", "kind": "person.residence", "path": "oktmo", "of": "person", "cost": "own",
            },
            "variant.resident_since": {
                "type": "date", "title": "С какого дня живёт в регионе", "holder": "МВД", "kind": "person.residence",
                "of": "person", "derive": {"name": "starts"}, "cost": "own", "fixed": True,
            },
            "variant.cost": {
                **money, "title": "Подтверждённые расходы", "holder": "заявитель", "kind": "housing.charges",
                "path": "amount_kopecks",
            },
            "variant.fee": {
                **money, "title": "Плата за месяц", "holder": "ГИС ЖКХ", "kind": "housing.charges",
                "path": "amount_kopecks",
            },
        }
    }  # fmt: skip


def minima(places: Sequence[Territory]) -> dict[str, Any]:
    """The minimum of each region for 2025 as the law has it, and for 2026 carried forward."""
    return {"parameters": {f"variant_{name}": _minimum(name, places) for name in MINIMA}}


def _minimum(name: str, places: Sequence[Territory]) -> dict[str, Any]:
    told = {"law": "134-ФЗ от 24.10.1997, статья 4", "source": "придумано для испытаний", "verified": False}
    years = {
        YEAR: {place.code: Decimal(place.minimum[name]) / 100 for place in places},
        YEAR + 1: {place.code: _carried(place.minimum[name]) for place in places},
    }
    return {
        "title": f"Прожиточный минимум для испытаний ({name})",
        "type": "money",
        "by": "region",
        "values": [
            {"from": date(year, 1, 1), **({"to": date(year, 12, 31)} if year == YEAR else {}), "value": values, **told}
            for year, values in years.items()
        ],
    }


def _carried(kopecks: int) -> Decimal:
    return (Decimal(kopecks) / 100 * TO_2026).quantize(Decimal(1), ROUND_HALF_UP)
