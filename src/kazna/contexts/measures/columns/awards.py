"""Columns over what has been awarded: pensions of the legacy register and measures assigned by Kazna."""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import Wanted, column, holds, latest, listed, quoted, said, worded
from kazna.contexts.measures.derivations.awards import (
    ASSIGNED,
    PENSION,
    PENSION_MEASURES,
    SURVIVOR,
    SURVIVOR_MEASURES,
)

LAST = "coalesce(f.valid_to - 1, DATE '9999-12-31')"


def _of_measures(wanted: Wanted) -> str:
    return f"{said('f', 'measure')} IN {listed(wanted.options['measures'])}"


@column("assigned")
def assigned(wanted: Wanted) -> str:
    marks = " ".join(
        f"AND json_extract_string(f.value, '$.steps.\"{key}\"') = {quoted(worded(told))}"
        for key, told in wanted.options.get("step", {}).items()
    )
    found = f"SELECT w.key FROM {wanted.who} w {_assignments(wanted)} AND {_of_measures(wanted)} {marks}"
    known = f" WHERE {wanted.day} IS NOT NULL"
    return f"SELECT w.key, (w.key IN ({found}))::VARCHAR AS value FROM {wanted.who} w{known}"


def _assignments(wanted: Wanted) -> str:
    """The join with the assignments asked about, as table f."""
    kind, day = f"{quoted(ASSIGNED)} {wanted.seen()}", wanted.day
    match wanted.options["to"]:
        case "applicant":
            then = f"AND {holds('f', day)}" if "at" in wanted.options else ""
            return f"JOIN fact f ON f.kind = {kind} AND f.subject = w.person {then}"
        case "other":
            me = wanted.applicant
            return f"JOIN fact f ON f.kind = {kind} AND f.object = w.person AND f.subject <> {me} AND {holds('f', day)}"
        case "other_parent":
            others = (
                "SELECT DISTINCT c.parent AS me, o.parent AS other FROM parent c"
                " JOIN parent o ON o.child = c.child AND o.parent <> c.parent"
            )
            return (
                f"JOIN ({others}) o ON o.me = w.person"
                f" JOIN fact f ON f.kind = {kind} AND f.subject = o.other AND {holds('f', day)}"
            )
        case _:
            return f"JOIN fact f ON f.kind = {kind} AND f.object = w.person"


@column("other_child_award")
def other_child_award(wanted: Wanted) -> str:
    child = wanted.roles.get("child", "NULL::INT")
    facts = (
        f"JOIN fact f ON f.kind = {quoted(ASSIGNED)} {wanted.seen()} AND f.subject = w.person"
        f" AND {holds('f', wanted.day)} AND f.object IS DISTINCT FROM {child} AND {_of_measures(wanted)}"
    )
    return _give(wanted, facts, "active")


@column("previous_award")
def previous_award(wanted: Wanted) -> str:
    me = wanted.roles.get("applicant", "NULL::INT")
    facts = (
        f"JOIN fact f ON f.kind = {quoted(ASSIGNED)} AND f.object = w.person AND f.subject = {me}"
        f" AND {_of_measures(wanted)} {wanted.seen()}"
    )
    return _give(wanted, facts, "exists")


def _give(wanted: Wanted, facts: str, whether: str) -> str:
    give = wanted.options["give"]
    if give == whether:
        return (
            f"SELECT w.key, (w.key IN (SELECT w.key FROM {wanted.who} w {facts}))::VARCHAR AS value"
            f" FROM {wanted.who} w WHERE {wanted.day} IS NOT NULL"
        )
    picked = f"{LAST}::VARCHAR" if give == "last_day" else said("f", "amount_kopecks")
    return (
        f"SELECT w.key, arg_max({{'v': {picked}}}, ({LAST}, f.seq)).v AS value FROM {wanted.who} w {facts}"
        " GROUP BY w.key"
    )


def amounts(wanted: Wanted, day: str) -> str:
    """What is in payment on the day, one row each: (key, kopecks, raised).

    An assigned measure stands for a legacy pension, a survivor's for a survivor's. `raised`: what indexations of the
    year of the day had added; NULL where that is not told.
    """
    kind, options = f"{quoted(ASSIGNED)} {wanted.seen()}", wanted.options
    rows = f"FROM {wanted.who} w JOIN fact f ON f.kind = {kind} AND f.subject = w.person AND {holds('f', day)}"
    rows += f" AND ({_recounted(day)} IS DISTINCT FROM '0')"
    pension = f"{said('f', 'measure')} IN {listed(sorted(PENSION_MEASURES))}"
    survivor = f"{said('f', 'measure')} IN {listed(sorted(SURVIVOR_MEASURES))}"
    level = options.get("level")
    if "measures" in options:
        narrowed = _of_measures(wanted)
    elif level:
        narrowed = f"{said('f', 'level')} = {quoted(level)} AND {said('f', 'period')} = 'month'"
    else:
        narrowed = f"({pension} OR {survivor})" if wanted.kind == PENSION else "true"
    kopecks = f"{said('f', 'amount_kopecks')}::BIGINT"
    worth = f"coalesce({_recounted(day)}::BIGINT, {kopecks})"
    found = f"SELECT w.key, {worth} AS kopecks, {_raised(day)} AS raised {rows} AND {narrowed}"
    if wanted.kind != PENSION:
        return found
    replaced = f"SELECT w.key {rows} AND {narrowed} AND {pension}"
    types = options.get("types")
    typed = f"AND {said('f', 'type')} IN {listed(types)}" if types is not None else ""
    return (
        f"{found} UNION ALL SELECT w.key, {kopecks} AS kopecks, NULL::BIGINT AS raised FROM {wanted.who} w"
        f" JOIN fact f ON f.kind = {quoted(PENSION)} AND f.subject = w.person AND {holds('f', day)} {typed}"
        f" {wanted.seen()}"
        f" WHERE w.key NOT IN ({replaced}) AND ({said('f', 'type')} IS DISTINCT FROM {quoted(SURVIVOR)}"
        f" OR w.key NOT IN (SELECT w.key {rows} AND {narrowed} AND {survivor}))"
    )


def _recounted(day: str) -> str:
    """What the month of the day is worth where it was counted again, as text; few facts have such months."""
    month = f"""'$."' || strftime({day}, '%Y-%m') || '"'"""
    told = f"json_extract_string(json_extract(f.value, '$.months'), {month})"
    return f"CASE WHEN contains(f.value, '\"months\"') THEN {told} END"


def _raised(day: str) -> str:
    """What indexations of the year of the day had added by then; NULL where a fact does not tell."""
    kopecks = """json_extract_string(f.value, '$.indexed."' || k || '"')::BIGINT"""
    this_year = f"k >= strftime({day}, '%Y-01-01') AND k <= strftime({day}, '%Y-%m-%d')"
    told = f"[CASE WHEN {this_year} THEN {kopecks} ELSE 0 END FOR k IN json_keys(f.value, '$.indexed')]"
    return f"CASE WHEN json_exists(f.value, '$.indexed') THEN coalesce(list_sum({told})::BIGINT, 0) END"


@column("receives_pension")
def receives_pension(wanted: Wanted) -> str:
    found = f"SELECT key FROM ({amounts(wanted, wanted.day)})"
    return f"SELECT w.key, (w.key IN ({found}))::VARCHAR AS value FROM {wanted.who} w WHERE {wanted.day} IS NOT NULL"


@column("monthly_amount")
def monthly_amount(wanted: Wanted) -> str:
    now = f"SELECT key, sum(kopecks) AS k FROM ({amounts(wanted, wanted.day)}) GROUP BY key"
    total = "coalesce(n.k, 0)"
    if not wanted.options.get("before_indexation"):
        return (
            f"SELECT w.key, {total}::VARCHAR AS value FROM {wanted.who} w LEFT JOIN ({now}) n ON n.key = w.key"
            f" WHERE {wanted.day} IS NOT NULL"
        )
    eve = f"make_date(year({wanted.day}) - 1, 12, 31)"
    then = f"SELECT key, sum(kopecks) AS k FROM ({amounts(wanted, eve)}) GROUP BY key"
    told = (
        "SELECT key, sum(kopecks) AS k, sum(kopecks - raised) AS bare, bool_and(raised IS NOT NULL) AS told"
        f" FROM ({amounts(wanted, wanted.day)}) GROUP BY key"
    )
    before = "CASE WHEN n.key IS NULL THEN 0 WHEN n.told THEN n.bare ELSE coalesce(t.k, n.k) END"
    return (
        f"SELECT w.key, {before}::VARCHAR AS value FROM {wanted.who} w"
        f" LEFT JOIN ({told}) n ON n.key = w.key LEFT JOIN ({then}) t ON t.key = w.key WHERE {wanted.day} IS NOT NULL"
    )


@column("region_reference")
def region_reference(wanted: Wanted) -> str:
    return f"SELECT key, found.v AS value FROM ({latest(wanted, said('f', wanted.path))})"
