"""Columns over the income window: twelve months that end one month before the month of application.

All questions of a table have one `case_day`; `window_month` (n, first, next) is its window, made by the store.
"""

from __future__ import annotations

from dataclasses import replace

from kazna.contexts.measures.columns.asking import Wanted, about, column, pointer, quoted, said, sure
from kazna.contexts.measures.columns.awards import amounts
from kazna.contexts.measures.columns.kinship import full_years
from kazna.contexts.measures.derivations.awards import PENSION
from kazna.contexts.measures.derivations.windows import CARE_UNTIL_YEARS, STUDY_UNTIL_YEARS, WINDOW_MONTHS

CASE_YEAR = "(SELECT year(min(first) + INTERVAL 13 MONTH) FROM window_month)"


def _answers(wanted: Wanted) -> str:
    """(key, value, numbers): answers of years and their months counted, of those whose whole window is answered."""
    newest = (
        f"SELECT w.key, {said('f', 'year')}::INT AS year, arg_max({{'v': f.value, 'known': f.known_on}}, f.seq) AS said"
        f" FROM {about(wanted)} GROUP BY w.key, {said('f', 'year')}"
    )
    return f"""
        WITH counted AS (
            SELECT year(first) AS year, max(next) AS last, list(month(first)) AS numbers FROM window_month GROUP BY 1
        ), answers AS (
            SELECT n.key, n.said.v AS value, c.numbers, sum(len(c.numbers)) OVER (PARTITION BY n.key) AS months
            FROM ({newest}) n JOIN counted c ON c.year = n.year AND n.said.known >= c.last
        ) SELECT key, value, numbers FROM answers WHERE months = {WINDOW_MONTHS}
    """


def _told(path: str, otherwise: str | None) -> str:
    """What is said for each of the twelve months, read at once; under `otherwise` when nothing is said under `path`."""
    told = f"json_extract_string(value, {_paths(path)})"
    return (
        told
        if otherwise is None
        else (f"CASE WHEN {_empty(path)} THEN json_extract_string(value, {_paths(otherwise)}) ELSE {told} END")
    )


def _paths(path: str) -> str:
    return "[" + ", ".join(f'\'$."{path}"."{month:02d}"\'' for month in range(1, 13)) + "]"


def _empty(path: str) -> str:
    return f"coalesce(json_extract(value, '$.\"{path}\"')::VARCHAR IN ('null', '{{}}', '[]', '0', 'false'), true)"


@column("window_sum")
def window_sum(wanted: Wanted) -> str:
    told = _told(wanted.path, wanted.options.get("otherwise_path"))
    before = f"CASE WHEN json_extract_string(value, '$.year')::INT = {CASE_YEAR} - 1 THEN {_of_year(wanted)} ELSE 0 END"
    return f"""
        SELECT key, sum(list_sum([coalesce(told[m]::BIGINT, 0) FOR m IN numbers]) + before)::VARCHAR AS value
        FROM (SELECT key, numbers, {told} AS told, {before} AS before FROM ({_answers(wanted)})) GROUP BY key
    """


def _of_year(wanted: Wanted) -> str:
    """What `value` says of its year without months."""
    path = wanted.options.get("year_path")
    return "0" if path is None else f"coalesce(json_extract_string(value, {quoted(pointer(path))})::BIGINT, 0)"


@column("window_count")
def window_count(wanted: Wanted) -> str:
    told = f"json_exists(value, {_paths(wanted.path)})"
    return f"""
        SELECT key, sum(list_sum([told[m]::INT FOR m IN numbers]))::VARCHAR AS value
        FROM (SELECT key, numbers, {told} AS told FROM ({_answers(wanted)})) GROUP BY key
    """


@column("window_amount")
def window_amount(wanted: Wanted) -> str:
    monthly = f"SELECT w.*, m.first AS month FROM {wanted.who} w CROSS JOIN window_month m"
    by_month = replace(wanted, who=f"({monthly})", day="w.month")
    found = f"SELECT key, sum(kopecks) AS k FROM ({_by_month(by_month)}) GROUP BY key"
    return f"SELECT w.key, coalesce(k, 0)::VARCHAR AS value FROM {wanted.who} w LEFT JOIN ({found}) n ON n.key = w.key"


def _by_month(wanted: Wanted) -> str:
    """Amounts month by month: (key, month, kopecks). The key of one question in one month is made of both."""
    keyed = f"(SELECT * REPLACE (key * {WINDOW_MONTHS} + month(month) - 1 AS key) FROM {wanted.who})"
    rows = amounts(replace(wanted, who=keyed), "w.month")
    return f"SELECT key // {WINDOW_MONTHS} AS key, key % {WINDOW_MONTHS} AS month, kopecks FROM ({rows})"


def _months_of(wanted: Wanted, kind: str, months_after: int = 0, where: str = "true") -> str:
    """(key, first): months of the window in which a fact of the kind held, or had held so many months before."""
    end = f"(f.valid_to + to_months({months_after}))::DATE" if months_after else "f.valid_to"
    return (
        f"SELECT DISTINCT w.key, m.first FROM {about(wanted, kind)} JOIN window_month m"
        f" ON f.valid_from < m.next AND (f.valid_to IS NULL OR m.first < {end}) AND {where}"
    )


@column("window_months")
def window_months(wanted: Wanted) -> str:
    enough = (
        f"SELECT key FROM ({_months_of(wanted, wanted.kind)}) GROUP BY key"
        f" HAVING count(*) >= {int(wanted.options['at_least'])}"
    )
    return (
        f"WITH found AS ({enough}), sure AS ({sure(wanted)}) SELECT key, 'true' AS value FROM found"
        " UNION ALL SELECT key, 'false' FROM sure WHERE key NOT IN (SELECT key FROM found)"
    )


@column("unemployed_months")
def unemployed_months(wanted: Wanted) -> str:
    found = f"SELECT * FROM ({_months_of(wanted, wanted.kind)}) EXCEPT SELECT * FROM ({_excused(wanted)})"
    counted = f"SELECT key, count(*) AS n FROM ({found}) GROUP BY key"
    return (
        f"SELECT s.key, coalesce(c.n, 0)::VARCHAR AS value FROM (SELECT DISTINCT key FROM ({sure(wanted)})) s"
        f" LEFT JOIN ({counted}) c ON c.key = s.key"
    )


@column("excused_months")
def excused_months(wanted: Wanted) -> str:
    counted = f"SELECT key, count(*) AS n FROM ({_excused(wanted)}) GROUP BY key"
    return (
        f"SELECT w.key, coalesce(c.n, 0)::VARCHAR AS value FROM {wanted.who} w LEFT JOIN ({counted}) c ON c.key = w.key"
    )


def _excused(wanted: Wanted) -> str:
    """(key, first): months with a reason for having no income that the registers show; see the derivation."""
    studies = (
        f"SELECT s.key, s.first FROM ({_months_of(wanted, 'education.fulltime')}) s"
        f" JOIN {wanted.who} w ON w.key = s.key JOIN birth b ON b.person = w.person"
        f" WHERE {full_years('b.day', 's.first')} < {STUDY_UNTIL_YEARS}"
    )
    pension = replace(
        wanted.of(PENSION), who=f"(SELECT w.*, m.first AS month FROM {wanted.who} w CROSS JOIN window_month m)"
    )
    pensions = (
        f"SELECT p.key, m.first FROM ({_by_month(pension)}) p JOIN window_month m ON month(m.first) - 1 = p.month"
    )
    until = f"(b.day + to_months({12 * CARE_UNTIL_YEARS}))::DATE"
    end = f"greatest(b.day, least({until}, coalesce(d.day, DATE '9999-12-31')))"
    care = f"""
        SELECT w.key, m.first FROM {wanted.who} w JOIN carer c ON c.parent = w.person
        JOIN birth b ON b.person = c.child LEFT JOIN death d ON d.person = c.child
        JOIN window_month m ON b.day < m.next AND m.first < {end}
    """
    parts = [
        _months_of(wanted, "care.excuse"),
        _months_of(wanted, "military.service", 3),
        _months_of(wanted, "status.imprisoned", 3),
        studies,
        pensions,
        care,
    ]
    return " UNION ".join(f"SELECT key, first FROM ({part})" for part in parts)


@column("claimed")
def claimed(wanted: Wanted) -> str:
    """Is this child in the same application for the measure?"""
    applicant, child = wanted.applicant, wanted.roles.get("child", "NULL::INT")
    found = (
        f"SELECT w.key FROM {wanted.who} w JOIN fact f ON f.kind IN ('application', 'consent')"
        f" AND f.subject = {applicant} AND f.object = w.person AND f.valid_from = w.case_day"
        f" AND {said('f', 'measure')} = {quoted(wanted.options['measure'])}"
    )
    return (
        f"SELECT w.key, (w.person IS NOT DISTINCT FROM {child} OR w.key IN ({found}))::VARCHAR AS value"
        f" FROM {wanted.who} w"
    )


@column("series")
def series(wanted: Wanted) -> str:
    """(key, month, kopecks) of each month told about; months are numbered year * 12 + month - 1."""
    otherwise = wanted.options.get("otherwise_path")
    newest = (
        f"SELECT w.key, {said('f', 'year')}::INT AS year, arg_max({{'v': f.value, 'known': f.known_on}}, f.seq) AS said"
        f" FROM {about(wanted)} GROUP BY w.key, {said('f', 'year')}"
    )
    told = _told(wanted.path, otherwise).replace("value", "said.v")
    whole = _of_year(wanted).replace("(value", "(said.v")
    share = "whole * m // 12 - whole * (m - 1) // 12"
    return f"""
        SELECT key, year * 12 + m - 1 AS month, coalesce(told[m]::BIGINT, 0) + {share} AS kopecks FROM (
            SELECT n.key, n.year, n.told, n.known, n.whole, m FROM (
                SELECT key, year, said.known AS known, {told} AS told, {whole} AS whole FROM ({newest})
            ) n CROSS JOIN (SELECT unnest(range(1, 13))::INT AS m)
        ) WHERE known >= (make_date(year, m, 1) + to_months(1))::DATE
    """
