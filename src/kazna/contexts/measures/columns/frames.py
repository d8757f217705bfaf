"""From questions in DuckDB to the columns that rules read: facts of the roles and candidates of the relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from kazna.contexts.measures.columns import awards, business, kinship, plain, windows
from kazna.contexts.measures.columns.asking import Wanted, columns, quoted
from kazna.contexts.measures.columns.batches import Batch, Casting
from kazna.contexts.measures.columns.candidates import candidates, homes
from kazna.contexts.measures.columns.typed import told
from kazna.contexts.measures.situation import TIES
from kazna.rules import Library
from kazna.rules.compile.frame import OTHER_TIE, Array, Column, Frame, Group
from kazna.rules.compile.situations import ties_of

__all__ = ["Set", "awards", "business", "kinship", "plain", "set_frame", "windows"]


@dataclass(slots=True)
class Set:
    """A frame with the rows whose facts are not of the declared type: the engine refuses those."""

    frame: Frame
    strange: Array
    database: duckdb.DuckDBPyConnection
    library: Library
    casting: Casting
    batch: Batch
    facts: dict[str, Column] = field(default_factory=dict)
    relations: dict[str, Group] = field(default_factory=dict)


def set_frame(database: duckdb.DuckDBPyConnection, library: Library, casting: Casting, batch: Batch, rows: int) -> Set:
    """The columns of a batch for the people of the table `who`, which stays as `asked` with the governing date."""
    found = Set(Frame(rows), np.zeros(rows, dtype=np.bool_), database, library, casting, batch)
    _govern(found, rows)
    dated: set[str] = set()
    for name in sorted(batch.fact_names, key=lambda name: "at" in _options(library, name)):
        day = _day(found, name, dated)
        _tell(found, name, rows, day)
        if library.facts[name].plain["type"] == "date":
            dated.add(name)
    for relation, names in batch.relation_facts.items():
        found.relations[relation] = _group(found, relation, names, rows)
    found.frame = Frame(rows, found.facts, found.relations)
    return found


def _options(library: Library, name: str) -> Mapping[str, Any]:
    return library.facts[name].plain.get("derive") or {"name": "value"}


def _govern(found: Set, rows: int) -> None:
    """Move each question to the day that governs the right, where that is known."""
    name = found.batch.governing
    if name == "today":
        found.database.execute("CREATE OR REPLACE TABLE asked AS SELECT * FROM who")
        return
    sql = _sql(found, name, "who", "w.day")
    found.database.execute(
        "CREATE OR REPLACE TABLE asked AS SELECT w.* REPLACE (coalesce(TRY_CAST(g.value AS DATE), w.day) AS day)"
        f" FROM who w LEFT JOIN ({sql}) g ON g.key = w.key ORDER BY w.key"
    )


def _day(found: Set, name: str, dated: set[str]) -> str:
    """The day the fact is wanted for: the governing date, or another date told before."""
    at = _options(found.library, name).get("at")
    if at is None or at == found.batch.governing:
        return "w.day"
    if at in ("application.date", "today") and at not in dated:
        return "w.case_day"
    sql = _sql(found, at, "asked", "w.day")
    table = "day_of_" + at.replace(".", "_")
    found.database.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT key, TRY_CAST(value AS DATE) AS day FROM ({sql})"
    )
    return f"(SELECT t.day FROM {table} t WHERE t.key = w.key)"


def _role(found: Set, name: str) -> str:
    roles = found.casting.columns
    return roles.get(found.library.facts[name].plain.get("of", "")) or next(iter(roles.values()))


def _sql(found: Set, name: str, table: str, day: str) -> str:
    """SQL of (key, value) for a fact of a role."""
    person = _role(found, name)
    others = [f"w.{role}" for role in found.casting.columns if role != "person"]
    others += ["w.hidden"] if found.casting.hides else []
    who = (
        f"(SELECT w.key, {person} AS person, {day} AS day, w.case_day{''.join(f', {one}' for one in others)},"
        f" NULL::VARCHAR AS tie FROM {table} w)"
    )
    return _derived(found, found.library.facts[name].plain, who, found.casting.columns)


def _derived(found: Set, spec: Mapping[str, Any], who: str, roles: Mapping[str, str]) -> str:
    options = spec.get("derive") or {"name": "value"}
    wanted = Wanted(
        who=who,
        spec=spec,
        options=options,
        completeness=found.library.kinds[spec["kind"]]["completeness"],
        measure=found.batch.measure,
        roles=roles,
        hides=found.casting.hides,
    )
    return columns[options["name"]](wanted)


def _tell(found: Set, name: str, rows: int, day: str) -> None:
    answer = told(found.database, _sql(found, name, "asked", day), rows, found.library.facts[name].type)
    found.facts[name] = answer.column
    if answer.strange is not None:
        found.strange |= answer.strange


def _group(found: Set, relation: str, names: tuple[str, ...], rows: int) -> Group:
    """Candidates of a relation with their facts; unknown as a whole where the law has fewer or more."""
    database, definition = found.database, found.library.relations[relation]
    database.execute(
        f"CREATE OR REPLACE TABLE candidate AS {candidates(found.casting, definition, found.batch.measure)}"
    )
    counted = database.execute("SELECT row, count(*) AS n FROM candidate GROUP BY row").fetchnumpy()
    sizes = np.zeros(rows, dtype=np.int64)
    sizes[counted["row"]] = counted["n"]
    known = (sizes >= definition.least) & (sizes <= definition.most)
    ties_told = {part.tie for part in definition.parts}
    known &= ties_told <= TIES
    if "registered" in ties_told:  # registered nowhere: with whom is not known
        me = found.casting.columns.get("applicant") or found.casting.columns["person"]
        at_home = np.zeros(rows, dtype=np.bool_)
        at_home[database.execute(f"SELECT key FROM ({homes(me)})").fetchnumpy()["key"]] = True
        known &= at_home
    if not known.all():
        database.register("heard", pa.table({"row": np.flatnonzero(known)}))
        database.execute("DELETE FROM candidate WHERE row NOT IN (SELECT row FROM heard)")
        database.execute(
            "CREATE OR REPLACE TABLE candidate AS SELECT * REPLACE (row_number() OVER (ORDER BY key) - 1 AS key)"
            " FROM candidate ORDER BY key"
        )
        sizes = np.where(known, sizes, 0)
    people = int(sizes.sum())
    ties = ties_of(definition)
    words = ", ".join(quoted(tie) for tie in ties)
    tie = database.execute(f"SELECT list_position([{words}], tie) - 1 AS tie FROM candidate ORDER BY key").fetchnumpy()
    codes = np.ma.filled(tie["tie"], OTHER_TIE).astype(np.int16)
    roles = {role: "w.me" if role == "person" else sql for role, sql in found.casting.columns.items()}
    facts = {}
    strange = np.zeros(people, dtype=np.bool_)
    for short in names:
        fact = definition.facts[short]
        answer = told(database, _derived(found, fact.plain, "candidate", roles), people, fact.type)
        facts[short] = answer.column
        if answer.strange is not None:
            strange |= answer.strange
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    if strange.any():
        found.strange[np.repeat(np.arange(rows), sizes)[strange]] = True
    return Group(offsets, codes, ties, facts, None, None if known.all() else known)
