"""Who is asked about what: questions of everybody, grouped so that one table of columns serves many editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from kazna.rules import Edition, Library

CHILD_UNTIL_YEARS = 24  # older people are nobody's «child» in any measure of the law
PARENTS = ("mother", "father")
TODAY = frozenset({"application.date", "today"})  # where nobody applied both are the day of the question


@dataclass(frozen=True, slots=True)
class Casting:
    """Who plays whom: `person`, or a child with the parent in the role of applicant.

    `hides`: `rows` have a column `hidden`, see asking.Wanted.
    """

    name: str
    roles: tuple[tuple[str, str], ...]
    rows: str
    hides: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Role → SQL of who plays it, for a table w."""
        return {role: f"w.{role}" for role, _ in self.roles}


def castings(on: date, only: str = "") -> dict[str, Casting]:
    """The ways a measure can be asked about everybody, by name.

    `only`: a table (subject, recipient) of those alone who are asked about.
    """
    of_person = f"JOIN {only} o ON o.subject = p.n" if only else ""
    alive = f"NOT EXISTS (SELECT 1 FROM death d WHERE d.person = p.n AND d.day <= DATE '{on}')"
    person = Casting("person", (("person", "person"),), f"SELECT p.n AS person FROM own p {of_person} WHERE {alive}")
    young = f"JOIN birth b ON b.person = p.n AND b.day > DATE '{on}' - INTERVAL {CHILD_UNTIL_YEARS} YEAR"
    found = {"person": person}
    for parent in PARENTS:
        of_child = f"JOIN {only} o ON o.subject = p.n AND o.recipient = a.{parent}" if only else ""
        found[parent] = Casting(
            parent,
            (("child", "child"), ("applicant", "applicant")),
            f"SELECT p.n AS child, a.{parent} AS applicant FROM own p {young}"
            f" JOIN {parent} a ON a.child = p.n AND a.{parent} IS NOT NULL {of_child} WHERE {alive}",
        )
    return found


Named = Callable[[Edition], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Editions that read the same columns of the same people on the same governing date.

    `lacking`: facts wanted at a date that these editions do not read, so it is not known to them.
    """

    casting: str
    governing: str
    lacking: frozenset[str]
    editions: tuple[Edition, ...]
    measure: str = ""

    @property
    def fact_names(self) -> tuple[str, ...]:
        return tuple(sorted({name for edition in self.editions for name in edition.fact_names} - self.lacking))

    @property
    def relation_facts(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = {}
        for edition in self.editions:
            for relation, names in edition.relation_facts.items():
                found.setdefault(relation, set()).update(names)
        return {name: tuple(sorted(names)) for name, names in sorted(found.items())}


def batches(library: Library, editions: Iterable[Edition], named: Named | None = None) -> list[Batch]:
    """Editions that can be asked about people who have not applied, in batches; others are asked one by one.

    `named`: names of the castings of an edition, those of `castings` unless said.
    """
    found: dict[tuple[Any, ...], list[Edition]] = {}
    for edition in editions:
        for casting in (named or castings_of)(edition):
            governing = edition.document["governing_date"]
            governing = "today" if governing in TODAY else governing
            own = edition.id if _looks_at_own_awards(edition) else ""
            found.setdefault((casting, governing, _lacking(library, edition), own), []).append(edition)
    return [Batch(casting, governing, lacking, tuple(rows), own)
            for (casting, governing, lacking, own), rows in found.items()]  # fmt: skip


def castings_of(edition: Edition) -> Sequence[str]:
    """Castings in the order in which applicants are tried; empty when only an application names the people."""
    decided_for = edition.document["decided_for"]
    if decided_for == "person":
        return ("person",)
    if decided_for != "child":
        return ()
    applicants = edition.document["passport"].get("applicants", ())
    return tuple(parent for parent in applicants if parent in PARENTS)


def _looks_at_own_awards(edition: Edition) -> bool:
    return any(part.tie == "issued" for relation in edition.relations.values() for part in relation.parts)


def _lacking(library: Library, edition: Edition) -> frozenset[str]:
    """Facts wanted at a date that the edition does not read itself."""
    known = {*edition.fact_names, *TODAY, edition.document["governing_date"]}
    wanted = {name: (library.facts[name].plain.get("derive") or {}).get("at") for name in edition.fact_names}
    return frozenset(name for name, at in wanted.items() if at is not None and at not in known)


def cast(database: duckdb.DuckDBPyConnection, casting: Casting, on: date, case_day: date) -> int:
    """Make the table `who` of the questions: key, the roles, day and case_day; return their number."""
    order = ", ".join(role for role, _ in casting.roles)
    database.execute(
        f"CREATE OR REPLACE TABLE who AS SELECT (row_number() OVER (ORDER BY {order}) - 1) AS key, *,"
        f" DATE '{on}' AS day, DATE '{case_day}' AS case_day FROM ({casting.rows})"
    )
    return int(database.execute("SELECT count(*) FROM who").fetchall()[0][0])
