"""Columns that look at one person's facts of one kind."""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import (
    Wanted,
    about,
    column,
    holds,
    latest,
    listed,
    pointer,
    quoted,
    said,
    sure,
    yes_or_sure,
)

NEVER = "DATE '9999-12-31'"


def with_absent(wanted: Wanted, told: str) -> str:
    """`told`: SQL of (key, value); those it says nothing about get the stated value, or stay unknown."""
    absent = wanted.absent()
    if absent is None:
        return f"SELECT key, value FROM ({told}) WHERE value IS NOT NULL"
    return (
        f"SELECT w.key, coalesce(t.value, {absent}) AS value FROM {wanted.who} w LEFT JOIN ({told}) t ON t.key = w.key"
        f" WHERE {wanted.day} IS NOT NULL"
    )


@column("value")
def value(wanted: Wanted) -> str:
    picked = said("f", wanted.path)
    if "with" in wanted.options:
        tying = _between(wanted, f"w.key, {picked} AS v, f.valid_from, f.seq")
        return with_absent(
            wanted, f"SELECT key, arg_max({{'v': v}}, (valid_from, seq)).v AS value FROM ({tying}) GROUP BY key"
        )
    return with_absent(wanted, f"SELECT key, found.v AS value FROM ({latest(wanted, picked)})")


@column("exists")
def exists(wanted: Wanted) -> str:
    if "with" in wanted.options:
        return yes_or_sure(wanted, _between(wanted, "w.key"))
    return yes_or_sure(wanted, f"SELECT w.key FROM {about(wanted)} AND {holds('f', wanted.day)} {_where(wanted)}")


def _between(wanted: Wanted, picked: str) -> str:
    """Facts of any period that tie the person to the one in the role `with`, in either direction."""
    other = wanted.roles[wanted.options["with"]]
    facts = f"SELECT {picked} FROM {wanted.who} w JOIN fact f ON f.kind = {quoted(wanted.kind)} {_where(wanted)}"
    return (
        f"{facts} AND f.subject = w.person AND f.object = {other}"
        f" UNION {facts} AND f.object = w.person AND f.subject = {other}"
    )


def _where(wanted: Wanted) -> str:
    parts = []
    for key, allowed in wanted.options.get("where", {}).items():
        named = [one for one in allowed if one is not None]
        part = f"{said('f', key)} IN {listed(named)}" if named else "false"
        parts.append(f"AND ({part} OR {said('f', key)} IS NULL)" if None in allowed else f"AND {part}")
    return " ".join(parts)


@column("none_exists")
def none_exists(wanted: Wanted) -> str:
    return yes_or_sure(wanted, f"SELECT w.key FROM {about(wanted)}", yes="false", no="true")


@column("equals")
def equals(wanted: Wanted) -> str:
    found = latest(wanted, said("f", wanted.path))
    return (
        f"SELECT key, (found.v = {quoted(str(wanted.options['to']))})::VARCHAR AS value FROM ({found})"
        " WHERE found.v IS NOT NULL"
    )


def _nearest(wanted: Wanted) -> str:
    """The fact in force on the day; else the newest begun by then; else the newest: (key, found.first, found.last)."""
    day = wanted.day
    return (
        "SELECT w.key, arg_max({'first': f.valid_from, 'last': f.valid_to},"
        f" ({holds('f', day)}, f.valid_from <= {day}, f.valid_from, f.seq)) AS found"
        f" FROM {about(wanted)} AND {day} IS NOT NULL GROUP BY w.key"
    )


@column("starts")
def starts(wanted: Wanted) -> str:
    return f"SELECT key, found.first::VARCHAR AS value FROM ({_nearest(wanted)})"


@column("ends")
def ends(wanted: Wanted) -> str:
    return f"SELECT key, coalesce(found.last - 1, {NEVER})::VARCHAR AS value FROM ({_nearest(wanted)})"


@column("count")
def count(wanted: Wanted) -> str:
    found = f"SELECT w.key, count(*) AS n FROM {about(wanted)} AND {holds('f', wanted.day)} GROUP BY w.key"
    return (
        f"WITH counted AS ({found}), sure AS ({sure(wanted)}) SELECT key, n::VARCHAR AS value FROM counted"
        " UNION ALL SELECT key, '0' FROM sure WHERE key NOT IN (SELECT key FROM counted)"
    )


@column("last_ended")
def last_ended(wanted: Wanted) -> str:
    """What the fact said that ended last before the day, unless another is in force."""
    there = f"SELECT w.key FROM {about(wanted)} AND {holds('f', wanted.day)}"
    raw = f"json_extract(f.value, {quoted(pointer(wanted.path))})"
    told = f"CASE WHEN {raw}::VARCHAR IN ('null', 'false', '0', '\"\"') THEN NULL ELSE {said('f', wanted.path)} END"
    ended = (
        f"SELECT w.key, arg_max({{'v': {told}}}, (f.valid_to, f.seq)) AS found FROM {about(wanted)}"
        f" AND f.valid_to <= {wanted.day} GROUP BY w.key"
    )
    return with_absent(wanted, f"SELECT key, found.v AS value FROM ({ended}) WHERE key NOT IN ({there})")


@column("citizen_since")
def citizen_since(wanted: Wanted) -> str:
    return (
        f"SELECT w.key, min(f.valid_from)::VARCHAR AS value FROM {about(wanted)} AND {said('f', 'oksm')} = '643'"
        f" AND {holds('f', wanted.day)} GROUP BY w.key"
    )


@column("case_date")
def case_date(wanted: Wanted) -> str:
    return f"SELECT w.key, w.case_day::VARCHAR AS value FROM {wanted.who} w"
