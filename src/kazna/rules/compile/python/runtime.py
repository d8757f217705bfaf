"""What generated code calls: the unknown that stops a straight line, parameters, tables, windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NoReturn

from kazna.rules.compile.planes.lookups import numerator
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.tables import Table
from kazna.rules.evaluate.calendar import OutsideCalendar
from kazna.rules.evaluate.series import Series
from kazna.rules.evaluate.spans import plain
from kazna.rules.language.types import Kind


class Unknown(Exception):
    """Something unknown was looked at: the interpreter answers for this part."""


def _refuse(*_: Any) -> NoReturn:
    raise Unknown


class _NotKnown:
    """Stands for an unknown value; any question about it raises Unknown, so it is never taken for «no»."""

    __slots__ = ()

    def __getattr__(self, _: str) -> NoReturn:
        raise Unknown


for _name in ("bool", "eq", "ne", "lt", "le", "gt", "ge", "hash", "add", "radd", "sub", "rsub", "mul", "rmul",
              "floordiv", "rfloordiv", "truediv", "rtruediv", "mod", "neg", "abs", "int", "index", "iter", "len",
              "getitem", "call", "and", "or", "invert"):  # fmt: skip
    setattr(_NotKnown, f"__{_name}__", _refuse)
UNKNOWN: Any = _NotKnown()


def sure(value: Any) -> Any:
    """The value, when it is known."""
    if value is UNKNOWN:
        raise Unknown
    return value


def known(value: Any) -> bool:
    if value is UNKNOWN:
        raise Unknown
    return True


def on_grid(value: Any, parts: int) -> Any:
    """A rate as a numerator over `parts`; a finer one is left to the interpreter."""
    if type(value) is int:
        return value * parts
    if value is UNKNOWN or parts % value.denominator:
        return UNKNOWN
    return value.numerator * (parts // value.denominator)


def exact(value: Any, parts: int) -> Any:
    """The number behind a numerator (itself perhaps a fraction)."""
    return plain(Fraction(sure(value)) / parts)


def divided(value: Any, divisor: Any, factor: Fraction) -> Any:
    return plain(Fraction(sure(value)) * factor / sure(divisor))


def half_up(value: int, parts: int) -> int:
    size = (2 * abs(value) + parts) // (2 * parts)
    return -size if value < 0 else size


def parameter_reader(parameter: Parameter) -> Callable[[str | None, date], Any]:
    """The numerator in force for a key on a day, remembered; UNKNOWN without a row."""
    seen: dict[tuple[str | None, date], Any] = {}

    def read(key: str | None, day: date) -> Any:
        found = seen.get((key, day))
        if found is None:
            row = parameter.row(key, day)
            found = UNKNOWN if row is None else _stored(parameter.type.kind, row.value, parameter.type)
            if len(seen) < 100_000:
                seen[(key, day)] = found
        return found

    return read


def _stored(kind: Kind, value: Any, type_: Any) -> Any:
    return numerator(type_, value) if kind in (Kind.INT, Kind.RATE, Kind.MONEY) else value


def table_reader(table: Table) -> Callable[[Any], Any]:
    """The value for an exact key; UNKNOWN outside the table."""
    scope = table.scope
    words = {word: _stored(scope.value.kind, value, scope.value) for word, value in table.words.items()}
    values = [_stored(scope.value.kind, value, scope.value) for value in table.values]

    def look(key: Any) -> Any:
        return words.get(sure(key), UNKNOWN)

    def band(key: Any) -> Any:
        place = table.band(sure(key))
        if place < 0 or (table.top is not None and key >= table.top):
            return UNKNOWN
        return values[place]

    return look if scope.keyed else band


def working_days(function: Callable[[date, int], Any]) -> Callable[[date, int], Any]:
    """The function of a calendar, UNKNOWN where it says nothing about a year on the way."""

    def count(first: date, second: Any) -> Any:
        try:
            return function(sure(first), sure(second))
        except OutsideCalendar:
            return UNKNOWN

    return count


def _window(series: Series, months: int, before: date) -> Any:
    """The amounts of the window inside the list; raises Unknown when a month is not known."""
    stop = before.year * 12 + before.month - 1 - sure(series).first
    start = stop - months
    if start < 0 or stop > len(series.months):
        if not series.rest_zero:
            raise Unknown
        start, stop = max(start, 0), max(stop, 0)
    amounts = series.months[start:stop]
    if None in amounts:
        raise Unknown
    return amounts


def window_sum(series: Series, months: int, before: date) -> int:
    return int(sum(_window(series, months, before)))


def window_months(series: Series, months: int, before: date, wanted: Any, parts: int) -> int:
    """How many months have an amount of at least `wanted` over `parts`."""
    amounts = _window(series, months, before)
    outside: int = months - len(amounts) if wanted <= 0 else 0  # known to be zero
    return sum(bool(amount * parts >= wanted) for amount in amounts) + outside
