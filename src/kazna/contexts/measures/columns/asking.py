"""What a column is asked for, and the closed list of them; each returns SQL of (key, value), unknown left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

SAYS_NO = {"full", "claimed"}
AWARDS = {"pension", "measure.assigned"}  # kinds of facts that may be hidden from a question


@dataclass(frozen=True, slots=True)
class Wanted:
    """One vocabulary fact of everybody in the table `who`: one row per question, `key` numbers them.

    Columns of `who`: key, person, day (the governing date), case_day, applicant, child, tie. `day`: the SQL of the
    day the fact is wanted for, NULL where the date named by `at` is not known. `hides`: `who` has a column `hidden`
    of facts (seq) that the question is asked without.
    """

    who: str
    spec: Mapping[str, Any]
    options: Mapping[str, Any]
    completeness: str
    measure: str = ""
    day: str = "w.day"
    roles: Mapping[str, str] = field(default_factory=dict)
    hides: bool = False

    @property
    def kind(self) -> str:
        return str(self.spec["kind"])

    @property
    def path(self) -> str:
        return str(self.spec["path"])

    @property
    def applicant(self) -> str:
        """Who asks: where a measure is decided for the person, the person."""
        return self.roles.get("applicant") or self.roles["person"]

    def seen(self, fact: str = "f") -> str:
        """The SQL condition that a fact of awards or pensions is not hidden from the question."""
        return f"AND NOT list_contains(w.hidden, {fact}.seq)" if self.hides else ""

    def of(self, kind: str) -> Wanted:
        """The same people asked about another kind, without options."""
        return replace(self, spec={"kind": kind}, options={})

    def at_each(self, who: str) -> Wanted:
        """The same question about the people of another table."""
        return replace(self, who=who)

    def absent(self) -> str | None:
        """The SQL constant for «no such row», where no row means no."""
        if "absent" in self.options and self.completeness in SAYS_NO:
            return literal(self.options["absent"])
        return None


Derive = Callable[[Wanted], str]
columns: dict[str, Derive] = {}


def column(name: str) -> Callable[[Derive], Derive]:
    """Enter a function into the closed list, under the name of the derivation it does for everybody."""

    def enter(derive: Derive) -> Derive:
        columns[name] = derive
        return derive

    return enter


def literal(value: Any) -> str:
    """A constant as text, the way facts say it in JSON."""
    return "NULL" if value is None else quoted(worded(value))


def worded(value: Any) -> str:
    return ("false", "true")[value] if isinstance(value, bool) else str(value)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def listed(values: Iterable[Any]) -> str:
    return "(" + ", ".join(quoted(worded(value)) for value in values) + ")"


def said(fact: str, path: str) -> str:
    """What a fact says under `path`, as text; NULL for nothing."""
    return f"json_extract_string({fact}.value, {quoted(pointer(path))})"


def pointer(path: str) -> str:
    return '$."' + path.replace('"', "") + '"'


def holds(fact: str, day: str) -> str:
    return f"({fact}.valid_from <= {day} AND ({fact}.valid_to IS NULL OR {day} < {fact}.valid_to))"


def about(wanted: Wanted, kind: str | None = None, person: str = "w.person", fact: str = "f") -> str:
    """Questions joined with the facts of a kind about the person."""
    kind = kind or wanted.kind
    seen = wanted.seen(fact) if kind in AWARDS else ""
    return f"{wanted.who} w JOIN fact {fact} ON {fact}.subject = {person} AND {fact}.kind = {quoted(kind)} {seen}"


def latest(wanted: Wanted, picked: str, kind: str | None = None, person: str = "w.person", day: str = "") -> str:
    """Of the facts in force the one valid from the latest day, then recorded last: (key, found.v)."""
    return (
        f"SELECT w.key, arg_max({{'v': {picked}}}, (f.valid_from, f.seq)) AS found FROM {about(wanted, kind, person)}"
        f" AND {holds('f', day or wanted.day)} GROUP BY w.key"
    )


def sure(wanted: Wanted) -> str:
    """Keys for whom an empty register means «no»: SQL of (key)."""
    answer = wanted.options.get("answered_by")
    if answer:
        return f"SELECT DISTINCT w.key FROM {about(wanted, answer)} AND {wanted.day} IS NOT NULL"
    where = f"{wanted.day} IS NOT NULL" if wanted.completeness in SAYS_NO else "false"
    return f"SELECT w.key FROM {wanted.who} w WHERE {where}"


def yes_or_sure(wanted: Wanted, found: str, *, yes: str = "true", no: str = "false") -> str:
    """`yes` for keys found, `no` for the others where absence is sure. `found`: SQL of (key)."""
    return (
        f"WITH found AS ({found}), sure AS ({sure(wanted)})"
        f" SELECT key, {quoted(yes)} AS value FROM (SELECT DISTINCT key FROM found)"
        f" UNION ALL SELECT key, {quoted(no)} FROM sure WHERE key NOT IN (SELECT key FROM found)"
    )
