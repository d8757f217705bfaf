"""The queries of a run: count over people round by round, then one table of planes for each chunk of measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.dialects import DIALECTS, Dialect
from kazna.rules.compile.sql.layout import GROUP, IDENTITY, Layout, fact_column, group_column, relation_table
from kazna.rules.compile.sql.measure import MeasureSql, measure_sql
from kazna.rules.compile.sql.people import Counter, People
from kazna.rules.compile.sql.rules import Shared
from kazna.rules.compile.sql.trees import Part
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.edition import Edition

MOST_MEASURES = 50  # a statement with more is planned longer than it runs
MOST_COUNTERS = 60
KEY = "counted_id"
BLOCK = "subject_block"


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table of counters. `of_groups`: one row for each group of the relation, else one for each subject."""

    name: str
    relation: str
    of_groups: bool
    stage: int
    counters: tuple[Counter, ...]


class Plan:
    """Everything a set of editions computes on one day; the texts are made for one database."""

    def __init__(
        self,
        editions: Sequence[Edition],
        *,
        dialect: str,
        layout: Layout,
        today: date,
        parameters: Mapping[str, Parameter],
        relations: Mapping[str, RelationDefinition],
    ) -> None:
        self.shared = Shared(DIALECTS[dialect], layout, today, parameters, relations)
        self.measures = [measure_sql(edition, self.shared) for edition in editions]
        self.count_tables = list(_count_tables(self.shared.people.values()))

    @property
    def dialect(self) -> Dialect:
        return self.shared.dialect

    def counted(self, table: CountTable) -> str:
        """The query of a table of counters."""
        people = self.shared.people[table.relation]
        wanted = [counter.column for counter in table.counters if counter.column is not None]
        brought = sorted({name for counter in table.counters for name in counter.brought})
        rows = people.columns.select([KEY, *dict.fromkeys(wanted)], self._candidates(people, wanted, brought, table))
        # the inner columns come through `select`; the key is one of them
        select = exp.select(exp.alias_(trees.column(KEY), KEY, quoted=True))
        for counter in table.counters:
            select = select.select(exp.alias_(_aggregated(counter), counter.name, quoted=True), copy=False)
        select = select.from_(rows.subquery("counted", copy=False), copy=False)
        return self.dialect.sql(select.group_by(trees.column(KEY), copy=False))

    def _candidates(
        self, people: People, wanted: Sequence[str], brought: Sequence[str], table: CountTable
    ) -> exp.Select:
        relation = people.relation.name
        needed = people.columns.closure(wanted) - people.columns.defined.keys() - set(brought)
        select = exp.select(exp.alias_(exp.column(GROUP if table.of_groups else IDENTITY, table="m" if table.of_groups else "s"), KEY, quoted=True))
        for name in sorted(needed):
            short = name.removeprefix(f"{relation}__")
            source = exp.Column(this=exp.Identifier(this=short, quoted=True), table=exp.to_identifier("m"))
            select = select.select(exp.alias_(source, name, quoted=True), copy=False)
        for name in brought:
            source = exp.Column(this=exp.Identifier(this=name, quoted=True), table=exp.to_identifier("s"))
            select = select.select(exp.alias_(source, name, quoted=True), copy=False)
        candidates = exp.to_table(relation_table(relation)).as_("m")
        if table.of_groups:
            return select.from_(candidates, copy=False)
        looked_at = group_column(relation)
        subjects = self.rows([IDENTITY, looked_at, *brought], table.stage)
        on = exp.EQ(this=exp.column(GROUP, table="m"), expression=exp.column(looked_at, table="s", quoted=True))
        return select.from_(subjects.subquery("s", copy=False), copy=False).join(candidates, on=on, copy=False)

    def rows(self, wanted: Iterable[str], stage: int | None = None) -> exp.Select:
        """Columns of every subject, counters of earlier rounds joined."""
        columns = self.shared.columns
        names = list(dict.fromkeys(wanted))
        bare = columns.closure(names) - columns.defined.keys()
        select = exp.select()
        joins: dict[str, CountTable] = {}
        tables = {counter.name: table for table in self.count_tables for counter in table.counters}
        for name in sorted(bare):
            source = "s"
            if name in tables:
                source = tables[name].name
                joins[source] = tables[name]
            part = exp.Column(this=exp.Identifier(this=name, quoted=True), table=exp.to_identifier(source))
            select = select.select(exp.alias_(part, name, quoted=True), copy=False)
        select = select.from_(exp.to_table(BLOCK).as_("s"), copy=False)
        for table in joins.values():
            key = group_column(table.relation) if table.of_groups else IDENTITY
            on = exp.EQ(
                this=exp.Column(this=exp.Identifier(this=key, quoted=True), table=exp.to_identifier("s")),
                expression=exp.column(KEY, table=table.name),
            )
            select = select.join(exp.to_table(table.name), on=on, join_type="left", copy=False)
        return columns.select(names, select)

    def planes(self, measures: Sequence[MeasureSql]) -> str:
        """The planes of a chunk of measures, with what their results are computed from."""
        return self.dialect.sql(self.rows([IDENTITY, *sorted(self._carried(measures))]))

    def _carried(self, measures: Sequence[MeasureSql]) -> set[str]:
        columns = self.shared.columns
        results = columns.closure({name for measure in measures for name in measure.result_columns()})
        sources = {
            name for name in results if name not in columns.defined or columns.defined[name].join is not None
        }
        return sources | {name for measure in measures for name in measure.plane_columns()}

    def rights(self, measures: Sequence[MeasureSql], table: str, *, refused: bool) -> str:
        """The rows of rights of a chunk, read from its table of planes, one branch for each measure."""
        carried = frozenset({IDENTITY, *self._carried(measures)})
        branches: list[exp.Select] = []
        for measure in measures:
            branches.append(self._branch(measure, table, carried))
            if refused:
                branches.append(self._refused(measure, table))
        return self.dialect.sql(_united(branches))

    def _branch(self, measure: MeasureSql, table: str, carried: frozenset[str]) -> exp.Select:
        wanted = [IDENTITY, *sorted(measure.result_columns() | measure.plane_columns())]
        needed = self.shared.columns.closure(wanted, carried) & carried
        source = exp.select(*(trees.column(name) for name in sorted(needed))).from_(table)
        possible = measure.possible
        if possible is not True:
            source = source.where(trees.truth(possible).copy())
        rows = self.shared.columns.select(wanted, source, carried)
        return _named(measure.columns()).from_(rows.subquery("possible", copy=False), copy=False)

    def _refused(self, measure: MeasureSql, table: str) -> exp.Select:
        return _named(measure.refused_columns()).from_(table).where(trees.truth(trees.negated(measure.possible)).copy())

    def wide(self, measures: Sequence[MeasureSql], *, refused: bool) -> str:
        """The same rows by one pass: an array of rights beside each subject, taken apart (for Spark)."""
        wanted = sorted({name for one in measures for name in (*one.plane_columns(), *one.result_columns())})
        rows = self.rows([IDENTITY, *wanted])
        structs = [_right(measure, refused) for measure in measures]
        rights = exp.Explode(this=exp.Array(expressions=structs))
        exploded = exp.select(exp.alias_(trees.column(IDENTITY), "subject"), exp.alias_(rights, "entitlement"))
        exploded = exploded.from_(rows.subquery("subjects", copy=False), copy=False)
        fields = [exp.alias_(exp.Dot(this=exp.to_identifier("entitlement"), expression=exp.to_identifier(name)), name) for name in RIGHTS[1:]]
        select = exp.select("subject", *fields).from_(exploded.subquery("exploded", copy=False), copy=False)
        some = exp.Not(this=trees.is_null(exp.Dot(this=exp.to_identifier("entitlement"), expression=exp.to_identifier("state"))))
        return self.dialect.sql(select.where(some, copy=False))


RIGHTS = (
    *("subject", "measure", "edition", "state", "amount", "term_from", "term_to"),
    *("refusal_mask", "open_mask"),
)


def _right(measure: MeasureSql, refused: bool) -> exp.Struct:
    fields = []
    possible = measure.possible
    for (name, part), (_, other) in zip(measure.columns(), measure.refused_columns(), strict=True):
        if name == "state" and not refused:
            other = trees.cast(exp.Null(), exp.DataType.build("text"))
        value = trees.case([(possible, part)], other)
        fields.append(exp.PropertyEQ(this=exp.to_identifier(name), expression=value.copy()))
    return exp.Struct(expressions=fields)


def _named(columns: Iterable[tuple[str, Part]]) -> exp.Select:
    parts = [exp.alias_(trees.column(IDENTITY), "subject")]
    return exp.select(*parts, *(exp.alias_(part.copy(), name) for name, part in columns))


def _united(branches: Sequence[exp.Select]) -> exp.Expression:
    if len(branches) == 1:
        return branches[0]
    half = len(branches) // 2
    return exp.Union(this=_united(branches[:half]), expression=_united(branches[half:]), distinct=False)


def _aggregated(counter: Counter) -> Part:
    if counter.function == "count":
        if counter.column is None:
            return exp.Count(this=exp.Star())
        return exp.Count(this=exp.Case(ifs=[exp.If(this=trees.column(counter.column), true=trees.number(1))]))
    assert counter.column is not None
    column = trees.column(counter.column)
    if counter.function == "sum":
        return trees.cast(exp.Sum(this=column), trees.BIGINT)
    return exp.Min(this=column) if counter.function == "min" else exp.Max(this=column)


def _count_tables(people: Iterable[People]) -> Iterator[CountTable]:
    """Counters of one relation and round side by side; those that need nothing of the subject once for each group."""
    found: dict[tuple[int, str, bool], list[Counter]] = defaultdict(list)
    for group in people:
        for counter in group.counters.values():
            of_groups = not counter.brought
            found[counter.stage, group.relation.name, of_groups].append(counter)
    for (stage, relation, of_groups), counters in sorted(found.items()):
        for start in range(0, len(counters), MOST_COUNTERS):
            part = tuple(counters[start : start + MOST_COUNTERS])
            kind = "groups" if of_groups else "subjects"
            yield CountTable(f"counted_{relation}_{kind}_{stage}_{start}", relation, of_groups, stage, part)


def chunks(measures: Sequence[MeasureSql], size: int = MOST_MEASURES) -> Iterator[Sequence[MeasureSql]]:
    for start in range(0, len(measures), size):
        yield measures[start : start + size]


def full_layout(edition: Edition) -> Layout:
    """A database that holds everything the edition reads: what publication is checked against."""
    members = {f"{name}.{short}" for name, shorts in edition.relation_facts.items() for short in shorts}
    series = {name: 0 for name in (*edition.fact_names, *members)}
    return Layout(frozenset((*edition.fact_names, *members)), frozenset(edition.relation_names), frozenset(), series)


def refusals(edition: Edition, dialect: str) -> list[CannotCompile]:
    """What this database cannot say of the edition, with the place in its document; empty when it can."""
    try:
        plan = Plan(
            [edition],
            dialect=dialect,
            layout=full_layout(edition),
            today=edition.start,
            parameters=edition.parameters,
            relations=edition.relations,
        )
        for table in plan.count_tables:
            plan.counted(table)
        plan.planes(plan.measures)
        plan.rights(plan.measures, "planes", refused=True)
    except CannotCompile as refusal:
        return [CannotCompile(**{**refusal.facts, "backend": dialect})]
    return []


__all__ = ["RIGHTS", "CountTable", "Plan", "chunks", "fact_column", "full_layout", "refusals"]
