"""The seven amount rules of regional acts, with the parameters they bring and the amount of the example."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from kazna.rules.variants.criteria import Criterion, family
from kazna.rules.variants.territory import Territory

KOPECK = Decimal("0.01")
TO_2026 = Decimal("1.056")  # invented amounts of 2025 are carried into 2026 by this coefficient
Rows = dict[str, tuple[str, Decimal, Decimal]]  # name → type, value of 2025, value of 2026


@dataclass(frozen=True, slots=True)
class AmountRule:
    """`value` is empty for measures in kind. `expected`: roubles of the example with the criteria's own facts.

    `condition`: what the rule itself demands. `given`: facts it reads.
    """

    name: str
    kind: str
    form: str
    title: str
    value: str = ""
    expected: Decimal | None = None
    rows: Rows = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    condition: Criterion | None = None
    word: str = "Выплата"


def draw_rule(name: str, random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    """One of RULES with drawn numbers; `prefix` begins the names of its parameters."""
    return RULES[name](random, place, criteria, prefix)


def _fixed(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    amount = Decimal(random.randrange(500, 20000, 50))
    name = f"{prefix}_amount"
    counted, times = _counted(criteria) if random.random() < 0.5 else ("", 1)
    value = f"{name} * {counted}" if counted else name
    title = "Размер на ребёнка × число детей" if counted else "Размер"
    uses = (counted,) if counted else ()
    return AmountRule("FIXED", "BENEFIT", "cash", title, value, amount * times, {name: _money(amount)}, (name,), uses)


def _multiple(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    times, name = Decimal(random.choice(("0.5", "1", "1.5", "2", "3", "5"))), f"{prefix}_multiple"
    minimum = random.choice(tuple(place.minimum))
    expected = _roubles(place.minimum[minimum] * times / 100)
    return AmountRule(
        "K_PM", "BENEFIT", "cash", "Прожиточный минимум × кратность", f"to_kopeck(variant_{minimum} * {name})",
        expected, {name: ("rate", times, times)}, (f"variant_{minimum}", name),
    )  # fmt: skip


def _percent_of_cost(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    share, cap = Decimal(random.randrange(20, 100, 5)) / 100, Decimal(random.randrange(1000, 100000, 1000))
    cost = Decimal(random.randrange(100, 20000000)) / 100
    expected = min(_roubles(cost * share), cap)
    names = (f"{prefix}_share", f"{prefix}_cap")
    return AmountRule(
        "PERCENT_OF_COST", "COMPENSATION", "cash", "Доля расходов, не больше предела",
        f"min(to_kopeck(variant.cost * {names[0]}), {names[1]})", expected,
        {names[0]: ("rate", share, share), names[1]: _money(cap)}, names, (), {"variant.cost": cost},
        Criterion("spent", "Расходы есть", "variant.cost > 0 rub", {"variant.cost": cost}, {"variant.cost": 0}),
        "Возмещение",
    )  # fmt: skip


def _percent_of_fee(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    share, name = Decimal(random.choice(("0.2", "0.3", "0.5", "0.7", "1"))), f"{prefix}_share"
    fee = Decimal(random.randrange(100, 1500000)) / 100
    return AmountRule(
        "PERCENT_OF_FEE", "DISCOUNT", "cash", "Доля платы за месяц", f"to_kopeck(variant.fee * {name})",
        _roubles(fee * share), {name: ("rate", share, share)}, (name,), (), {"variant.fee": fee},
        Criterion("pays", "Плата начислена", "variant.fee > 0 rub", {"variant.fee": fee}, {"variant.fee": 0}), "Скидка",
    )  # fmt: skip


def _difference(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    minimum = place.minimum["pm_per_capita"]
    lacking = Decimal(random.randrange(1, minimum)) / 100  # roubles a month
    year = Decimal(minimum) * 12 / 100
    return AmountRule(
        "DIFFERENCE_TO_PM", "PENSION_SUPPLEMENT", "cash", "Сколько не хватает до прожиточного минимума семьи",
        "to_kopeck(variant_shortfall_year / 12)", lacking, {}, (), ("variant_shortfall_year",), {},
        Criterion("below", "Доход семьи ниже прожиточного минимума", "variant_shortfall_year > 0 rub",
                  family(year - lacking * 12), family(year), ("variant_shortfall_year",)),
        "Доплата",
    )  # fmt: skip


def _in_kind(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    return AmountRule(
        "IN_KIND", "IN_KIND", "in_kind", "", word=random.choice(("Набор продуктов", "Лекарства", "Путёвка"))
    )


def _free(random: Random, place: Territory, criteria: Sequence[Criterion], prefix: str) -> AmountRule:
    return AmountRule("FREE", "SERVICE", "service", "", word=random.choice(("Проезд", "Музеи", "Парковка")))


RULES: Mapping[str, Callable[[Random, Territory, Sequence[Criterion], str], AmountRule]] = {
    "FIXED": _fixed,
    "K_PM": _multiple,
    "PERCENT_OF_COST": _percent_of_cost,
    "PERCENT_OF_FEE": _percent_of_fee,
    "DIFFERENCE_TO_PM": _difference,
    "IN_KIND": _in_kind,
    "FREE": _free,
}
FREQUENCIES = {
    "FIXED": 40,
    "K_PM": 15,
    "PERCENT_OF_COST": 12,
    "PERCENT_OF_FEE": 10,
    "DIFFERENCE_TO_PM": 5,
    "IN_KIND": 9,
    "FREE": 9,
}


def _counted(criteria: Sequence[Criterion]) -> tuple[str, int]:
    """The definition that counts the children concerned and their number in the example."""
    for criterion in criteria:
        if criterion.counted:
            children = criterion.given["own_child"]
            return criterion.counted, 1 if criterion.id != "children" else len(children)
    return "", 1


def _money(amount: Decimal) -> tuple[str, Decimal, Decimal]:
    return "money", amount, _roubles(amount * TO_2026)


def _roubles(amount: Decimal) -> Decimal:
    return amount.quantize(KOPECK, ROUND_HALF_UP)
