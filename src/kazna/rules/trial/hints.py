"""Values that a measure compares with: numbers, days and the edges of parameters and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from kazna.rules.edition import Edition
from kazna.rules.language import nodes
from kazna.rules.language.types import Kind


@dataclass(slots=True)
class Hints:
    """`money` in kopecks; `counts`: whole numbers; `rates`: exact numbers; `days`: dates of the law."""

    money: set[int] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    rates: set[Fraction] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    def add(self, kind: Kind, value: object) -> None:
        if isinstance(value, bool) or value is None:
            return
        if isinstance(value, date):
            self.days.add(value)
        elif isinstance(value, (int, Fraction)):
            if kind is Kind.MONEY and Fraction(value).denominator == 1:
                self.money.add(int(value))
            elif Fraction(value).denominator == 1:
                self.counts.add(int(value))
            else:
                self.rates.add(Fraction(value))


def hints_of(edition: Edition) -> Hints:
    """Everything constant that an edition reads."""
    found = Hints()
    measure = edition.measure
    for day in (edition.start, edition.end):
        found.add(Kind.DATE, day)
    for condition in measure.conditions:
        found.add(Kind.DATE, condition.since)
        found.add(Kind.DATE, condition.until)
    for root in edition.expressions:
        for node in root.walk():
            if isinstance(node, nodes.Literal):
                found.add(node.type.kind, node.value)
            elif isinstance(node, nodes.OneOf):
                for option in node.options:
                    found.add(node.operand.type.kind, option)
    for name in edition.parameter_names:
        parameter = edition.parameters[name]
        for row in parameter.all_rows():
            found.add(parameter.type.kind, row.value)
            found.add(Kind.DATE, row.start)
            if row.end is not None and row.end < date(2100, 1, 1):
                found.add(Kind.DATE, row.end + timedelta(days=1))
    for name in edition.usage.tables:
        table = measure.tables[name]
        for edge in (*table.starts, table.top):
            found.add(table.scope.key.kind, edge)
        for value in (*table.values, *table.words.values()):
            found.add(table.scope.value.kind, value)
    return found
