"""The queries of a run: count over people round by round, then one table of planes for each chunk of measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlglot import exp

from kazna.rules.compile.sql import trees
from kazna.rules.compile.sql.dialects import DIALECTS, Dialect
from kazna.rules.compile.sql.layout import GROUP, IDENTITY, Layout, group_column, relation_table
from kazna.rules.compile.sql.measure import MeasureSql, measure_sql
from kazna.rules.compile.sql.people import Counter, People
from kazna.rules.compile.sql.relations import equal, joined, named, nested, of, selected, united
from kazna.rules.compile.sql.relations import table as stored
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

    @cached_property
    def count_tables(self) -> list[CountTable]:
        """In the order in which they can be computed; nothing may be compiled after the first look."""
        return list(_count_tables(self.shared.people.values()))

    @property
    def dialect(self) -> Dialect:
        return self.shared.dialect

    def counted(self, table: CountTable) -> str:
        """The query of a table of counters."""
        people = self.shared.people[table.relation]
        wanted = [counter.column for counter in table.counters if counter.column is not None]
        rows = people.columns.select([KEY, *wanted], self._candidates(people, wanted, table))
        parts = [named(trees.column(KEY), KEY)] + [named(_aggregated(one), one.name) for one in table.counters]
        return self.dialect.sql(selected(parts, nested(rows, "counted"), group=trees.column(KEY)))

    def _candidates(self, people: People, wanted: Sequence[str], table: CountTable) -> exp.Select:
        """The facts of each candidate, and what the subject brings."""
        relation = people.relation.name
        brought = sorted({name for counter in table.counters for name in counter.brought})
        facts = sorted(people.columns.closure(wanted) - people.columns.defined.keys() - set(brought))
        parts = [named(of("m", name.removeprefix(f"{relation}__")), name) for name in facts]
        candidates = relation_table(relation)
        if table.of_groups:
            return selected([named(of("m", GROUP), KEY), *parts], stored(candidates, "m"))
        parts = [named(of("s", IDENTITY), KEY), *parts, *(named(of("s", name), name) for name in brought)]
        looked_at = group_column(relation)
        subjects = self.rows([IDENTITY, looked_at, *brought])
        join = joined(stored(candidates, "m"), equal(of("m", GROUP), of("s", looked_at)), left=False)
        return selected(parts, nested(subjects, "s"), joins=[join])

    def rows(self, wanted: Iterable[str]) -> exp.Select:
        """Columns of every subject, counters joined."""
        columns = self.shared.columns
        names = list(dict.fromkeys(wanted))
        tables = {counter.name: table for table in self.count_tables for counter in table.counters}
        used: dict[str, CountTable] = {}
        parts = []
        for name in sorted(columns.closure(names) - columns.defined.keys()):
            source = "s"
            if name in tables:
                source = tables[name].name
                used[source] = tables[name]
            parts.append(named(of(source, name), name))
        joins = []
        for table in used.values():
            key = group_column(table.relation) if table.of_groups else IDENTITY
            on = equal(of("s", key), of(table.name, KEY))
            joins.append(joined(stored(table.name), on, left=True))
        return columns.select(names, selected(parts, stored(BLOCK, "s"), joins=joins))

    def planes(self, measures: Sequence[MeasureSql]) -> str:
        """The planes of a chunk of measures, with what their results are computed from."""
        return self.dialect.sql(self.rows([IDENTITY, *sorted(self._carried(measures))]))

    def _carried(self, measures: Sequence[MeasureSql]) -> set[str]:
        columns = self.shared.columns
        results = columns.closure({name for measure in measures for name in measure.result_columns()})
        sources = {name for name in results if name not in columns.defined or columns.defined[name].join is not None}
        return sources | {name for measure in measures for name in measure.plane_columns()}

    def rights(self, measures: Sequence[MeasureSql], table: str, *, refused: bool) -> str:
        """The rows of rights of a chunk, read from its table of planes, one branch for each measure."""
        carried = frozenset({IDENTITY, *self._carried(measures)})
        branches: list[exp.Select] = []
        for measure in measures:
            branches.append(self._branch(measure, table, carried))
            if refused and measure.unrefused is not True:
                where = trees.negated(measure.unrefused)
                branches.append(selected(_right(measure.refused_columns()), stored(table), where=where))
        return self.dialect.sql(united(branches))

    def _branch(self, measure: MeasureSql, table: str, carried: frozenset[str]) -> exp.Select:
        wanted = [IDENTITY, *sorted(measure.result_columns() | measure.plane_columns())]
        needed = self.shared.columns.closure(wanted, carried) & carried
        parts = [trees.column(name) for name in sorted(needed)]
        source = selected(parts, stored(table), where=measure.unrefused)
        rows = self.shared.columns.select(wanted, source, carried)
        return selected(_right(measure.columns()), nested(rows, "possible"))


RIGHTS = (
    *("subject", "measure", "edition", "state", "amount", "term_from", "term_to"),
    *("refusal", "open"),
)


def _right(columns: Iterable[tuple[str, Part]]) -> list[Part]:
    return [named(trees.column(IDENTITY), RIGHTS[0]), *(named(part, name) for name, part in columns)]


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
    return Layout(frozenset((*edition.fact_names, *members)), frozenset(edition.relation_names))


def compile_whole(edition: Edition, dialect: str) -> None:
    """Every query of an edition over a database that holds all its facts; raises CannotCompile."""
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
    plan.rights(plan.measures, BLOCK, refused=True)
