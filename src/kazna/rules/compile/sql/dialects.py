"""The named differences between DuckDB and Spark: everything else is the same tree."""

from __future__ import annotations

from abc import ABC, abstractmethod

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.trees import Part, Whole

SAME_FUNCTIONS = frozenset({"make_date"})


def call(name: str, *arguments: Part) -> Part:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


class Dialect(ABC):
    """`functions`: those called by name, beyond the classes of sqlglot."""

    name: str
    functions: frozenset[str]

    @abstractmethod
    def add_days(self, day: Part, days: Part) -> Part:
        """A day; the number of days fits 32 bits."""

    @abstractmethod
    def add_months(self, day: Part, months: Part) -> Part:
        """The same day of another month or its last one."""

    @abstractmethod
    def days_between(self, first: Part, last: Part) -> Part: ...

    @abstractmethod
    def months_inside(self, months: Part, first: Whole, last: Whole) -> Part:
        """The elements from `first` to `last`, counted from 1, both within or next to the list."""

    @abstractmethod
    def size(self, months: Part) -> Part: ...

    @abstractmethod
    def total(self, months: Part) -> Part:
        """Sum of the known elements; 0 of none."""

    @abstractmethod
    def how_many(self, months: Part, sign: str, least: Part) -> Part:
        """Known elements that compare so with the number."""

    @abstractmethod
    def how_many_known(self, months: Part) -> Part: ...

    def sql(self, tree: Part) -> str:
        """The text, after a look at every node: nothing outside the white list leaves the compiler."""
        check_tree(tree, self)
        return tree.sql(dialect=self.name)

    def _lambda(self, name: str, body: Part) -> Part:
        return exp.Lambda(this=body, expressions=[exp.to_identifier(name)])


class DuckDB(Dialect):
    name = "duckdb"
    functions = SAME_FUNCTIONS | {"to_months", "list_slice", "list_sum", "list_count", "list_filter", "len", "date_diff"}

    def add_days(self, day: Part, days: Part) -> Part:
        return trees.operator(exp.Add, day, trees.cast(days, trees.INT))

    def add_months(self, day: Part, months: Part) -> Part:
        later = trees.operator(exp.Add, day, call("to_months", trees.cast(months, trees.INT)))
        return trees.cast(later, trees.DATE)

    def days_between(self, first: Part, last: Part) -> Part:
        return call("date_diff", exp.Literal.string("day"), first, last)

    def months_inside(self, months: Part, first: Whole, last: Whole) -> Part:
        return call("list_slice", months, trees.number(first), trees.number(last))

    def size(self, months: Part) -> Part:
        return call("len", months)

    def total(self, months: Part) -> Part:
        return trees.cast(trees.coalesce(call("list_sum", months), trees.number(0)), trees.BIGINT)

    def how_many(self, months: Part, sign: str, least: Part) -> Part:
        test = trees.operator(trees.COMPARISONS[sign][0], exp.to_identifier("amount"), least)
        return call("len", call("list_filter", months, self._lambda("amount", test)))

    def how_many_known(self, months: Part) -> Part:
        return call("list_count", months)


class Spark(Dialect):
    name = "spark"
    functions = SAME_FUNCTIONS | {"date_add", "add_months", "datediff", "slice", "size", "filter", "aggregate"}

    def add_days(self, day: Part, days: Part) -> Part:
        return call("date_add", day, trees.cast(days, trees.INT))

    def add_months(self, day: Part, months: Part) -> Part:
        return call("add_months", day, trees.cast(months, trees.INT))

    def days_between(self, first: Part, last: Part) -> Part:
        return trees.cast(call("datediff", last, first), trees.BIGINT)

    def months_inside(self, months: Part, first: Whole, last: Whole) -> Part:
        length = trees.greatest(trees.added(trees.subtracted(last, first), 1), 0)
        return call("slice", months, trees.cast(trees.number(first), trees.INT), trees.cast(trees.tree(length), trees.INT))

    def size(self, months: Part) -> Part:
        return trees.cast(call("size", months), trees.BIGINT)

    def total(self, months: Part) -> Part:
        amount = trees.coalesce(exp.to_identifier("amount"), trees.number(0))
        body = trees.operator(exp.Add, exp.to_identifier("so_far"), amount)
        step = exp.Lambda(this=body, expressions=[exp.to_identifier("so_far"), exp.to_identifier("amount")])
        return call("aggregate", months, trees.number(0), step)

    def how_many(self, months: Part, sign: str, least: Part) -> Part:
        test = trees.operator(trees.COMPARISONS[sign][0], exp.to_identifier("amount"), least)
        return self.size(call("filter", months, self._lambda("amount", test)))

    def how_many_known(self, months: Part) -> Part:
        known = exp.Not(this=exp.Paren(this=trees.is_null(exp.to_identifier("amount"))))
        return self.size(call("filter", months, self._lambda("amount", known)))


DIALECTS: dict[str, Dialect] = {"duckdb": DuckDB(), "spark": Spark()}

EXPRESSIONS = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Cast, exp.DataType, exp.Alias),
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Case, exp.If),
    *(exp.Coalesce, exp.Least, exp.Greatest, exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.IntDiv),
    *(exp.Year, exp.Month, exp.Day, exp.LastDay, exp.Lambda, exp.Anonymous),
    *(exp.Count, exp.Sum, exp.Min, exp.Max),
)
RELATIONS = (
    *(exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Subquery, exp.Table, exp.TableAlias, exp.Union),
    *(exp.Array, exp.Struct, exp.PropertyEQ, exp.Bracket, exp.Explode, exp.Unnest, exp.Star, exp.Dot),
)
ALLOWED = frozenset((*EXPRESSIONS, *RELATIONS))


def check_tree(tree: Part, dialect: Dialect) -> None:
    """Raises CannotCompile at a class or a function that is not on the list."""
    for node in tree.walk():
        strange = type(node) not in ALLOWED
        if isinstance(node, exp.Anonymous):
            strange = str(node.this) not in dialect.functions
        if strange:
            raise CannotCompile(
                backend=dialect.name,
                what=f"В дереве запроса узел «{type(node).__name__}», которого нет в списке разрешённых.",
                why="Смысл такого узла в этой базе не проверен.",
                what_to_do="Исполняйте меру точным интерпретатором.",
            )
