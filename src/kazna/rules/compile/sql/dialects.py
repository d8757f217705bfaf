"""The named differences between DuckDB and Spark: everything else is the same tree."""

from __future__ import annotations

from abc import ABC, abstractmethod

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.trees import Part

SAME_FUNCTIONS = frozenset({"make_date"})


def call(name: str, *arguments: Part) -> Part:
    return exp.Anonymous(this=name, expressions=list(arguments))


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

    def sql(self, tree: Part) -> str:
        """The text, after a look at every node: nothing outside the white list leaves the compiler."""
        check_tree(tree, self)
        return tree.sql(dialect=self.name, copy=False)


class DuckDB(Dialect):
    name = "duckdb"
    functions = SAME_FUNCTIONS | {"to_months", "date_diff"}

    def add_days(self, day: Part, days: Part) -> Part:
        return trees.operator(exp.Add, day, trees.cast(days, trees.INT))

    def add_months(self, day: Part, months: Part) -> Part:
        later = trees.operator(exp.Add, day, call("to_months", trees.cast(months, trees.INT)))
        return trees.cast(later, trees.DATE)

    def days_between(self, first: Part, last: Part) -> Part:
        return call("date_diff", exp.Literal.string("day"), first, last)


class Spark(Dialect):
    name = "spark"
    functions = SAME_FUNCTIONS | {"date_add", "add_months", "datediff"}

    def add_days(self, day: Part, days: Part) -> Part:
        return call("date_add", day, trees.cast(days, trees.INT))

    def add_months(self, day: Part, months: Part) -> Part:
        return call("add_months", day, trees.cast(months, trees.INT))

    def days_between(self, first: Part, last: Part) -> Part:
        return trees.cast(call("datediff", last, first), trees.BIGINT)


DIALECTS: dict[str, Dialect] = {"duckdb": DuckDB(), "spark": Spark()}

EXPRESSIONS = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Cast, exp.DataType, exp.Alias),
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Is, exp.In, exp.Case, exp.If),
    *(exp.Coalesce, exp.Least, exp.Greatest, exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.IntDiv),
    *(exp.Year, exp.Month, exp.Day, exp.LastDay, exp.Anonymous),
    *(exp.Count, exp.Sum, exp.Min, exp.Max),
)
RELATIONS = (
    *(exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Subquery, exp.Table, exp.TableAlias, exp.Union),
    exp.Star,
)
ALLOWED = frozenset((*EXPRESSIONS, *RELATIONS))


def check_tree(tree: Part, dialect: Dialect) -> None:
    """Raises CannotCompile at a class or a function that is not on the list."""
    for node in tree.walk(bfs=False):
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
