"""Functions of the language: what they take and what they give. Their meaning is in `evaluate.functions`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from kazna.rules.language.types import DATE, Kind, Type, hull, money, whole

YEARS = 9999  # «never» is the last day of year 9999; wide enough for any difference of dates


@dataclass(frozen=True, slots=True)
class Signature:
    """`takes`: kinds in order; `many`: the last kind may repeat; `gives`: the result from the argument types."""

    takes: tuple[frozenset[Kind], ...]
    gives: Callable[[tuple[Type, ...]], Type]
    usage: str
    many: bool = False


DATES = frozenset({Kind.DATE})
WHOLE = frozenset({Kind.INT})
COUNTED = frozenset({Kind.INT, Kind.RATE, Kind.MONEY})
MONEY = frozenset({Kind.MONEY})
TRUTH = frozenset({Kind.BOOL})


def _date(_: tuple[Type, ...]) -> Type:
    return DATE


def _least(types: tuple[Type, ...]) -> Type:
    result = types[0]
    for other in types[1:]:
        joined = hull(result, other)
        result = Type(joined.kind, joined.lo, min(result.hi, other.hi), joined.parts, joined.exact)
    return result


def _greatest(types: tuple[Type, ...]) -> Type:
    result = types[0]
    for other in types[1:]:
        joined = hull(result, other)
        result = Type(joined.kind, max(result.lo, other.lo), joined.hi, joined.parts, joined.exact)
    return result


def _rounded(types: tuple[Type, ...]) -> Type:
    step = max(types[1].lo, Fraction(1))
    low, high = types[0].lo / step, types[0].hi / step
    return money(floor(low) * step, ceil(high) * step)


def _floor(types: tuple[Type, ...]) -> Type:
    return whole(floor(types[0].lo), floor(types[0].hi))


def _counted(types: tuple[Type, ...]) -> Type:
    return whole(0, len(types))


SIGNATURES: dict[str, Signature] = {
    "age": Signature((DATES, DATES), lambda _: whole(-YEARS, YEARS), "age(дата рождения, на день)"),
    "add_days": Signature((DATES, WHOLE), _date, "add_days(дата, целое)"),
    "add_months": Signature((DATES, WHOLE), _date, "add_months(дата, целое)"),
    "add_years": Signature((DATES, WHOLE), _date, "add_years(дата, целое)"),
    "months_between": Signature((DATES, DATES), lambda _: whole(-12 * YEARS, 12 * YEARS), "months_between(с, по)"),
    "full_months": Signature((DATES, DATES), lambda _: whole(-12 * YEARS, 12 * YEARS), "full_months(с, по)"),
    "days_between": Signature((DATES, DATES), lambda _: whole(-366 * YEARS, 366 * YEARS), "days_between(с, по)"),
    "year": Signature((DATES,), lambda _: whole(1, 9999), "year(дата)"),
    "month": Signature((DATES,), lambda _: whole(1, 12), "month(дата)"),
    "day": Signature((DATES,), lambda _: whole(1, 31), "day(дата)"),
    "month_start": Signature((DATES,), _date, "month_start(дата)"),
    "month_end": Signature((DATES,), _date, "month_end(дата)"),
    "next_month": Signature((DATES,), _date, "next_month(дата)"),
    "date": Signature((WHOLE, WHOLE, WHOLE), _date, "date(год, месяц, день)"),
    "earliest": Signature((DATES, DATES), _date, "earliest(дата, дата, …)", many=True),
    "latest": Signature((DATES, DATES), _date, "latest(дата, дата, …)", many=True),
    "min": Signature((COUNTED, COUNTED), _least, "min(число, число, …)", many=True),
    "max": Signature((COUNTED, COUNTED), _greatest, "max(число, число, …)", many=True),
    "round_half_up": Signature((MONEY, WHOLE), _rounded, "round_half_up(деньги, шаг в копейках)"),
    "round_down": Signature((MONEY, WHOLE), _rounded, "round_down(деньги, шаг в копейках)"),
    "round_up": Signature((MONEY, WHOLE), _rounded, "round_up(деньги, шаг в копейках)"),
    "floor": Signature((frozenset({Kind.INT, Kind.RATE}),), _floor, "floor(число)"),
    "add_working_days": Signature((DATES, WHOLE), _date, "add_working_days(дата, целое)"),
    "working_days_between": Signature(
        (DATES, DATES), lambda _: whole(-366 * YEARS, 366 * YEARS), "working_days_between(с, по)"
    ),
    "overlap_days": Signature(
        (DATES, DATES, DATES, DATES), lambda _: whole(0, 366 * YEARS), "overlap_days(с, по, с, по)"
    ),
    "count_true": Signature((TRUTH,), _counted, "count_true(условие, условие, …)", many=True),
}
ROUNDINGS = frozenset({"round_half_up", "round_down", "round_up"})
NAMED_ROUNDINGS = {
    "to_kopeck": ("round_half_up", 1),
    "to_rouble": ("round_half_up", 100),
    "to_rouble_up": ("round_up", 100),
    "drop_kopecks": ("round_down", 100),
}
WORKING_DAYS = frozenset({"add_working_days", "working_days_between"})
WINDOWS = frozenset({"window_sum", "window_months"})
TABLE_FUNCTIONS = frozenset({"band", "lookup"})
AGGREGATES = frozenset({"count", "any", "all", "none", "sum", "min", "max", "earliest", "latest"})
ALL_FUNCTIONS = sorted({*SIGNATURES, *NAMED_ROUNDINGS, *WINDOWS, *TABLE_FUNCTIONS, *AGGREGATES})
