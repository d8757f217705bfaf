"""Columns over income of one's own business; the meaning is that of `derivations.business`.

All questions of a table have one `case_day`, so its years and months are the same for everybody.
"""

from __future__ import annotations

from kazna.contexts.measures.columns.asking import Wanted, about, column, pointer, quoted, said
from kazna.contexts.measures.columns.windows import CASE_YEAR
from kazna.contexts.measures.derivations.business import YEARS_BACK

NUMBER = "year(first) * 12 + month(first) - 1"
WINDOW = "SELECT first, next FROM window_month"
SERIES_MONTHS = (
    "SELECT first, (first + INTERVAL 1 MONTH)::DATE AS next FROM ("
    f"SELECT make_date({CASE_YEAR} - {YEARS_BACK} + n // 12, n % 12 + 1, 1) AS first"
    f" FROM range({12 * (YEARS_BACK + 1)}) months(n))"
)


def _parts(wanted: Wanted, months: str) -> str:
    """The tables asked of: answers by year, registrations, and the months of everybody of whom anything is known."""
    newest = "arg_max({'v': f.value, 'known': f.known_on}, f.seq) AS said"
    registered_by, year = str(wanted.options["registered_by"]), said("f", "year")
    return f"""
        answer AS (
            SELECT w.key, {year}::INT AS year, {newest} FROM {about(wanted)} GROUP BY w.key, {year}
        ), registration AS (
            SELECT w.key, f.valid_from, f.valid_to FROM {about(wanted, registered_by)}
        ), known AS (
            SELECT key FROM answer UNION SELECT key FROM registration
        ), counted AS (
            SELECT key, first, next FROM known CROSS JOIN ({months})
        ), working AS (
            SELECT DISTINCT c.key, c.first FROM counted c JOIN registration r ON r.key = c.key
            AND r.valid_from < c.next AND (r.valid_to IS NULL OR c.first < r.valid_to)
        )
    """


def _monthly(wanted: Wanted, months: str) -> str:
    """(key, first, kopecks): months of who answers month by month, NULL where unknown."""
    told = (
        f"""json_extract_string(json_extract(a.said.v, {quoted(pointer(wanted.path))}),"""
        """ '$."' || strftime(c.first, '%m') || '"')::BIGINT"""
    )
    return f"""
        WITH {_parts(wanted, months)}, last AS (
            SELECT c.key, c.first, arg_max({{'yes': {_registered("a.said.v")}}}, a.year).yes AS registered
            FROM counted c JOIN answer a ON a.key = c.key AND a.year <= year(c.first) GROUP BY ALL
        ), recorded AS (SELECT DISTINCT key FROM registration)
        SELECT c.key, c.first, CASE
            WHEN a.said.known >= c.next THEN coalesce({told}, 0)
            WHEN CASE WHEN r.key IS NOT NULL THEN w.key IS NOT NULL ELSE coalesce(l.registered, false) END THEN NULL
            ELSE 0 END AS kopecks
        FROM counted c LEFT JOIN answer a ON a.key = c.key AND a.year = year(c.first)
        LEFT JOIN working w ON w.key = c.key AND w.first = c.first
        LEFT JOIN recorded r ON r.key = c.key LEFT JOIN last l ON l.key = c.key AND l.first = c.first
    """


def _registered(value: str) -> str:
    return f"(json_extract_string({value}, '$.registered') = 'true')"


def _declared(wanted: Wanted) -> str:
    """(key, first, kopecks): months of years declared, NULL where unknown; see `tax_year_series`."""
    kopecks = f"json_extract_string(a.said.v, {quoted(pointer(wanted.path))})::HUGEINT"
    return f"""
        WITH {_parts(wanted, SERIES_MONTHS)}, placed AS (
            SELECT c.key, c.first, w.key IS NOT NULL AS works,
                count(w.key) OVER (PARTITION BY c.key, year(c.first)) AS months,
                count(w.key) OVER (PARTITION BY c.key, year(c.first) ORDER BY c.first) AS place
            FROM counted c LEFT JOIN working w ON w.key = c.key AND w.first = c.first
        ), shared AS (
            SELECT key, first, works, CASE WHEN months = 0 THEN 12 ELSE months END AS months,
                CASE WHEN months = 0 THEN month(first) WHEN works THEN place END AS place FROM placed
        )
        SELECT s.key, s.first, CASE
            WHEN a.said.known > make_date(year(s.first), 12, 31) AND {kopecks} IS NOT NULL
            THEN CASE WHEN s.place IS NULL THEN 0
                ELSE {kopecks} * s.place // s.months - {kopecks} * (s.place - 1) // s.months END
            WHEN s.works THEN NULL ELSE 0 END::BIGINT AS kopecks
        FROM shared s LEFT JOIN answer a ON a.key = s.key AND a.year = year(s.first)
    """


@column("registered_sum")
def registered_sum(wanted: Wanted) -> str:
    summed = (
        "SELECT key, CASE WHEN bool_and(kopecks IS NOT NULL) THEN sum(kopecks) END AS k, true AS known"
        f" FROM ({_monthly(wanted, WINDOW)}) GROUP BY key"
    )
    return _or_nothing(wanted, summed)


@column("tax_year_sum")
def tax_year_sum(wanted: Wanted) -> str:
    """The year before the application; zero for who was registered in no month of the window."""
    told = f"json_extract_string(a.said.v, {quoted(pointer(wanted.path))})::BIGINT"
    summed = f"""
        WITH {_parts(wanted, WINDOW)}, busy AS (SELECT DISTINCT key FROM working)
        SELECT n.key, true AS known, CASE
            WHEN a.said.known > make_date(a.year, 12, 31) AND {told} IS NOT NULL THEN {told}
            WHEN b.key IS NULL THEN 0 END AS k
        FROM known n LEFT JOIN answer a ON a.key = n.key AND a.year = {CASE_YEAR} - 1 LEFT JOIN busy b ON b.key = n.key
    """
    return _or_nothing(wanted, summed)


def _or_nothing(wanted: Wanted, summed: str) -> str:
    """Sums of those of whom anything is known; all others have none."""
    return (
        f"SELECT w.key, CASE WHEN n.known THEN n.k ELSE 0 END::VARCHAR AS value"
        f" FROM {wanted.who} w LEFT JOIN ({summed}) n ON n.key = w.key"
    )


@column("registered_series")
def registered_series(wanted: Wanted) -> str:
    return _by_number(wanted, _monthly(wanted, SERIES_MONTHS))


@column("tax_year_series")
def tax_year_series(wanted: Wanted) -> str:
    return _by_number(wanted, _declared(wanted))


def _by_number(wanted: Wanted, months: str) -> str:
    """(key, month, kopecks) of months known; without a month: all months of that key are zero."""
    kinds = (wanted.kind, str(wanted.options["registered_by"]))
    known = " UNION ".join(f"SELECT w.key FROM {about(wanted, kind)}" for kind in kinds)
    return (
        f"SELECT key, {NUMBER} AS month, kopecks FROM ({months}) WHERE kopecks IS NOT NULL"
        f" UNION ALL SELECT w.key, NULL, 0 FROM {wanted.who} w WHERE w.key NOT IN ({known})"
    )
