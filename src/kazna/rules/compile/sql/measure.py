"""One edition as SQL: for each condition what is fulfilled and what is not, then the amount and the term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile, compiling
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.columns import kept, names_in
from kazna.rules.compile.sql.logic import truth_of
from kazna.rules.compile.sql.rules import Rules, Shared
from kazna.rules.compile.sql.trees import Part, Truthful
from kazna.rules.compile.sql.values import NEVER, SQL, Day, Number, Truth, Value
from kazna.rules.documents.measure import Condition, Formula
from kazna.rules.edition import Edition

MOST_CONDITIONS = 58  # a mask is one 64-bit number, and four bits are for the results


class Plane(NamedTuple):
    """A condition of everybody: where it is fulfilled (or not in force), where it is not; else it is unknown."""

    yes: Truthful
    no: Truthful


@dataclass(frozen=True, slots=True)
class MeasureSql:
    """`planes` in the order of the conditions; every tree reads columns of the shared ones only.

    `unsure`: the governing date is unknown. `granted`: given that nothing refuses it, everything is known.
    """

    edition: Edition
    planes: tuple[Plane, ...]
    amount: Number | None
    term_from: Day | None
    term_to: Day | None
    unsure: Truthful
    granted: Truthful

    def plane_columns(self) -> set[str]:
        return _columns(part for plane in self.planes for part in plane)

    @property
    def unrefused(self) -> Truthful:
        """Nothing refuses it: a filter over the planes that may stop at the first of them."""
        return trees.both(*(trees.negated(plane.no) for plane in self.planes))

    def result_columns(self) -> set[str]:
        found = _columns([self.unsure, self.granted])
        for value in (self.amount, self.term_from, self.term_to):
            found |= names_in(value) if value is not None else set()
        return found

    @property
    def open_results(self) -> list[Truthful]:
        """Unknown amount, first and last day, governing date: the bits after those of the conditions."""
        return _open_results(self.amount, self.term_from, self.term_to, self.unsure)

    def columns(self) -> list[tuple[str, Part]]:
        """What a row of rights says of a subject that is not refused, beside the subject."""
        granted = self.granted
        return [
            *self._names(),
            ("state", trees.case([(granted, trees.word("granted"))], trees.word("unknown"))),
            ("amount", _when(granted, None if self.amount is None else trees.tree(self.amount.low.top), trees.BIGINT)),
            ("term_from", _when(granted, self._first_day(), trees.DATE)),
            ("term_to", _when(granted, self._last_day(), trees.DATE)),
            ("refusal", _nothing(trees.BIGINT)),
            ("open", trees.case([(granted, _nothing(trees.BIGINT))], _mask(self._open))),
        ]

    def refused_columns(self) -> list[tuple[str, Part]]:
        """The same of a subject that is refused: the conditions not fulfilled."""
        return [
            *self._names(),
            ("state", trees.word("refused")),
            ("amount", _nothing(trees.BIGINT)),
            ("term_from", _nothing(trees.DATE)),
            ("term_to", _nothing(trees.DATE)),
            ("refusal", _mask([plane.no for plane in self.planes])),
            ("open", _nothing(trees.BIGINT)),
        ]

    @property
    def _open(self) -> list[Truthful]:
        return [*map(_undecided, self.planes), *self.open_results]

    def _names(self) -> list[tuple[str, Part]]:
        return [("measure", trees.word(self.edition.id)), ("edition", trees.word(self.edition.digest))]

    def _first_day(self) -> Part | None:
        return None if self.term_from is None else trees.tree(self.term_from.low)

    def _last_day(self) -> Part | None:
        """NULL means open."""
        if self.term_to is None:
            return None
        last = trees.tree(self.term_to.low)
        return trees.case([(trees.compared("=", self.term_to.low, NEVER), _nothing(trees.DATE))], last)


def _columns(parts: object) -> set[str]:
    return {
        column.name
        for part in parts  # type: ignore[attr-defined]
        if isinstance(part, Part)
        for column in part.find_all(exp.Column)
    }


def _undecided(plane: Plane) -> Truthful:
    return trees.both(trees.negated(plane.yes), trees.negated(plane.no))


def _mask(bits: list[Truthful]) -> Part:
    parts: list[Part] = [
        trees.case([(test, trees.number(1 << place))], trees.number(0))
        for place, test in enumerate(bits)
        if test is not False
    ]
    return trees.total(parts) if parts else trees.number(0)


def _nothing(kind: exp.DataType) -> Part:
    return trees.cast(exp.Null(), kind)


def _when(granted: Truthful, part: Part | None, kind: exp.DataType) -> Part:
    return _nothing(kind) if part is None else trees.case([(granted, part)], _nothing(kind))


def measure_sql(edition: Edition, shared: Shared) -> MeasureSql:
    """Raises CannotCompile with the place of the first expression that SQL cannot say."""
    measure = edition.measure
    rules = Rules(measure, shared)
    if len(measure.conditions) > MOST_CONDITIONS:
        raise CannotCompile(
            backend=SQL,
            what=f"Условий больше {MOST_CONDITIONS}.",
            what_to_do="Соедините условия.",
            place=str(measure.place),
        )
    with compiling(measure.place):
        unsure = trees.negated(rules.governing.known)
    planes = []
    for condition in measure.conditions:
        with compiling(condition.place):
            plane = _plane(condition, truth_of(rules, condition.node), rules.governing)
            planes.append(Plane(_kept(shared, plane.yes), _kept(shared, plane.no)))

    def result(formula: Formula | None) -> Value | None:
        if formula is None:
            return None
        with compiling(formula.place):
            return kept(shared.columns, rules.value(formula.node))

    amount, term_from, term_to = (result(one) for one in (measure.amount, measure.term_from, measure.term_to))
    assert amount is None or isinstance(amount, Number)
    assert term_from is None or isinstance(term_from, Day)
    assert term_to is None or isinstance(term_to, Day)
    unsure = _kept(shared, unsure)
    unknown = _open_results(amount, term_from, term_to, unsure)
    granted = _kept(shared, trees.both(*(plane.yes for plane in planes), *map(trees.negated, unknown)))
    return MeasureSql(edition, tuple(planes), amount, term_from, term_to, unsure, granted)


def _open_results(
    amount: Number | None, term_from: Day | None, term_to: Day | None, unsure: Truthful
) -> list[Truthful]:
    values = (amount, term_from, term_to)
    return [False if value is None else trees.negated(value.known) for value in values] + [unsure]


def _kept(shared: Shared, part: Truthful) -> Truthful:
    return part if isinstance(part, bool) else shared.columns.keep(part)


def _plane(condition: Condition, answer: Truth, governing: Day) -> Plane:
    """Outside its dates a condition is fulfilled; while it may or may not be in force, it refuses nobody."""
    inside: list[Truthful] = []
    outside: list[Truthful] = []
    if condition.since is not None:
        inside.append(trees.compared("<=", condition.since, governing.low))
        outside.append(trees.compared("<", governing.high, condition.since))
    if condition.until is not None:
        inside.append(trees.compared("<=", governing.high, condition.until))
        outside.append(trees.compared("<", condition.until, governing.low))
    return Plane(trees.either(answer.surely, *outside), trees.both(trees.negated(answer.possibly), *inside))
