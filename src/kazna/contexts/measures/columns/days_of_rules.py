"""On which days an answer may change while the facts stay: read off the expressions of an edition.

What is compared with the day of the question are dates of the facts with whole months and years added, and beginnings
and ends of months: the former meet the day on their own day of the month, so many months away that the number divides
(`months_added`); the latter where a month turns. An edition with anything else counts days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import gcd

from kazna.contexts.measures.derivations.awards import ASSIGNED
from kazna.kernel.periods import month_end
from kazna.rules import Edition, Library
from kazna.rules.language.functions import ROUNDINGS
from kazna.rules.language.nodes import (
    Aggregate,
    Arithmetic,
    Builtin,
    Call,
    Choice,
    FactRef,
    Literal,
    Node,
    OneOf,
    ParameterRef,
    Presumed,
    TableRef,
    Window,
)
from kazna.rules.language.types import Kind

YEAR = 12  # derivations of facts add years to births
CALM = frozenset({
    "age", "add_months", "add_years", "months_between", "full_months", "year", "month", "month_start", "month_end",
    "next_month", "earliest", "latest", "min", "max", "floor", "count_true", *ROUNDINGS,
})  # fmt: skip
COUNTING_MONTHS = frozenset({"months_between", "full_months"})
PLAIN_DATES = ("person.birth", "person.death", "family.birth_details", ASSIGNED)


def dated_kinds(library: Library) -> tuple[str, ...]:
    """Kinds of facts whose dates rules read as dates, to count months and years from."""
    every = [*library.facts.values(), *(f for r in library.relations.values() for f in r.facts.values())]
    found = {fact.plain["kind"] for fact in every if fact.type.kind is Kind.DATE}
    return tuple(sorted(found | set(PLAIN_DATES)))


def nodes(edition: Edition) -> Iterator[Node]:
    """Every part of every expression of an edition."""
    for expression in edition.expressions:
        yield from expression.walk()


def months_added(library: Library, edition: Edition) -> int:
    """The greatest number of months that divides all that this edition may add to a date, or count between dates.

    What is added to the first day of a month, or tells where a window ends, matters where a month turns.
    """
    ends = {id(part) for node in nodes(edition) if isinstance(node, Window) for part in node.before.walk()}
    found = YEAR
    for node in nodes(edition):
        match node:
            case Call(function="add_months", arguments=(day, months)) if id(node) not in ends and not _is_first(day):
                found = gcd(found, _divisor(library, edition, months))
            case Call(function=name) if name in COUNTING_MONTHS:
                return 1
    return found


def _divisor(library: Library, edition: Edition, node: Node) -> int:
    """What divides every value of a whole number; 1 where that is not plain, 0 for nought."""
    divisor = partial(_divisor, library, edition)
    match node:
        case Literal(value=int() as number):
            return abs(number)
        case Arithmetic(sign="+" | "-", left=left, right=right):
            return gcd(divisor(left), divisor(right))
        case Arithmetic(sign="*", left=left, right=right):
            return divisor(left) * divisor(right)
        case Choice(then=then, otherwise=otherwise):
            return gcd(divisor(then), divisor(otherwise))
        case ParameterRef(name=name):
            return _common([row.value for row in library.parameters[name].all_rows()])
        case TableRef(table=name):
            table = edition.measure.tables[name]
            return _common([*table.values, *table.words.values()])
        case _:
            return 1


def _common(values: Iterable[object]) -> int:
    return gcd(*(int(value) if isinstance(value, int | Fraction) and value == int(value) else 1 for value in values))


def counts_days(library: Library, edition: Edition) -> bool:
    """Whether an answer may change on a day that no date of the facts has in common with it."""
    return any(_counts_days(library, edition, node) for node in nodes(edition))


def _counts_days(library: Library, edition: Edition, node: Node) -> bool:
    match node:
        case Call(function="add_days", arguments=(_, days)):
            number = _whole(days)
            return number is None or abs(number) > 1
        case Call(function="days_between", arguments=ends):
            return not all(_turns_with_months(end) for end in ends)
        case Call(function="day", arguments=(day,)):
            return not _turns_with_months(day)
        case Call(function="date"):
            return not _turns_with_months(node)
        case Call(function=name):
            return name not in CALM
        case TableRef(table=name, operand=operand):
            return not (isinstance(operand, FactRef) or _edges_are_first_days(edition, name))
        case Literal(value=value) | Presumed(default=value) | Aggregate(empty=value):
            return _is_inside_month(value)
        case OneOf(options=options):
            return any(map(_is_inside_month, options))
        case ParameterRef(name=name, at=at):
            known = at is None or isinstance(at, FactRef | Builtin)  # its bounds are days of the law
            return node.type.kind is Kind.DATE or not (known or _begins_with_months(library, name))
        case _:
            return False


def _is_first(node: Node) -> bool:
    """Whether a date is the first day of a month whatever the facts are."""
    match node:
        case Call(function="date", arguments=(_, _, Literal(value=day))):
            return day == 1
        case Call(function=name):
            return name in ("month_start", "next_month")
        case _:
            return False


def _turns_with_months(node: Node) -> bool:
    """Whether a date is the first or the last day of a month whatever the facts are."""
    match node:
        case Call(function="date", arguments=(_, Literal(value=int() as month), Literal(value=int() as day))):
            return day == 1 or (month != 2 and day == calendar.monthrange(2025, month)[1])
        case Call(function="month_end"):
            return True
        case _:
            return _is_first(node)


def _begins_with_months(library: Library, name: str) -> bool:
    """Whether every value of a parameter begins on the first day of a month and ends on the last one."""
    rows = library.parameters[name].all_rows()
    return all(row.start.day == 1 and (row.end is None or (row.end + timedelta(days=1)).day == 1) for row in rows)


def _edges_are_first_days(edition: Edition, name: str) -> bool:
    table = edition.measure.tables[name]
    edges = [edge for edge in (*table.starts, table.top) if isinstance(edge, date)]
    return all(edge.day == 1 or edge == date.max for edge in edges)


def _whole(node: Node) -> int | None:
    match node:
        case Literal(value=int() as number):
            return number
        case Arithmetic(sign="-", left=left, right=right):
            one, other = _whole(left), _whole(right)
            return None if one is None or other is None else one - other
        case _:
            return None


def _is_inside_month(value: object) -> bool:
    return isinstance(value, date) and value < date.max and value.day > 1 and value != month_end(value)
