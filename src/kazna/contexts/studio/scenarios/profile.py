"""Who lives how, as SQL over the tables of a store: one row per person of the territory.

A unit is a person or a couple with their children under 18. `head_kopecks`: income of the unit per head and month over
the months counted, NULL where it is not known. `decile`: 1 poorest … 10 of people whose income is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ADULT_YEARS = 18
PATHS = "[" + ", ".join(f"""'$.months."{month:02d}"'""" for month in range(1, 13)) + "]"


@dataclass(frozen=True, slots=True)
class Window:
    """Months counted: `months` of them, the newest `newest` months before the day's own.

    `whole`: income is known only when every adult is answered for in every month; else one answer is enough.
    """

    newest: int
    months: int
    whole: bool = False


OF_APPLICATION = Window(2, 12)


def profile_sql(on: date, table: str = "profile", window: Window = OF_APPLICATION) -> str:
    """The statement that makes the table as of a day."""
    adults = f"FILTER (u.age >= {ADULT_YEARS} OR u.age IS NULL)"
    places = {
        "$table": table, "$on": f"DATE '{on}'", "$months": str(window.months),
        "$first": str(window.newest), "$last": str(window.newest + window.months),
        "$every_month": f"HAVING sum(len(kopecks)) = {window.months}" if window.whole else "",
        "$answered": f"count(i.person) {adults} = count(*) {adults} AND count(*) {adults} > 0" if window.whole
        else f"count(i.person) FILTER (u.age >= {ADULT_YEARS}) >= 1",
    }  # fmt: skip
    sql = PROFILE
    for place, told in places.items():
        sql = sql.replace(place, told)
    return sql


PROFILE = f"""
CREATE TABLE $table AS
WITH home AS (
    SELECT subject AS person, arg_max({{'v': json_extract_string(value, '$.oktmo')}}, seq).v AS oktmo
    FROM fact WHERE kind = 'person.residence' AND valid_from <= $on GROUP BY subject
), dead AS (SELECT person FROM death WHERE day <= $on),
alive AS (
    SELECT o.n AS person, b.day AS born, datediff('year', b.day, $on)
        - (strftime(b.day, '%m%d') > strftime($on, '%m%d'))::INT AS age
    FROM person o LEFT JOIN birth b ON b.person = o.n
    WHERE o.n NOT IN (SELECT person FROM dead) AND (b.day IS NULL OR b.day <= $on)
), spouse AS (
    SELECT m.subject AS person, min(m.object) AS other FROM fact m
    WHERE m.kind = 'family.marriage' AND m.object IS NOT NULL AND m.valid_from <= $on
        AND (m.valid_to IS NULL OR m.valid_to > $on) GROUP BY m.subject
), carer_of AS (
    SELECT a.person, coalesce(min(m.mother), min(f.father)) AS carer FROM alive a
    LEFT JOIN mother m ON m.child = a.person LEFT JOIN father f ON f.child = a.person
    WHERE a.age < {ADULT_YEARS} GROUP BY a.person
), head AS (
    SELECT a.person, a.age, coalesce(c.carer, a.person) AS self FROM alive a LEFT JOIN carer_of c USING (person)
), unit AS (
    SELECT h.person, h.age, least(h.self, coalesce(s.other, h.self)) AS unit FROM head h
    LEFT JOIN spouse s ON s.person = h.self
), year_of AS (
    SELECT subject AS person, json_extract_string(value, '$.year')::INT AS year,
        arg_max({{'v': value}}, seq).v AS value,
        arg_max(known_on, seq) AS known_on
    FROM fact WHERE kind = 'income.year' GROUP BY ALL
), months AS (
    SELECT year(first) AS year, list(month(first)) AS numbers FROM (
        SELECT (date_trunc('month', $on) - to_months(n::INT))::DATE AS first FROM range($first, $last) t(n)
    ) GROUP BY 1
), told AS (
    SELECT y.person, y.year, y.known_on, m.numbers, json_extract_string(y.value, {PATHS}) AS said
    FROM year_of y JOIN months m USING (year)
), earned AS (
    SELECT person, [coalesce(TRY_CAST(said[m] AS BIGINT), 0) FOR m IN numbers IF make_date(year, m, 1) < known_on]
        AS kopecks FROM told
), income AS (
    SELECT person, sum(list_sum(kopecks)) AS kopecks FROM earned WHERE len(kopecks) > 0 GROUP BY person $every_month
), sized AS (
    SELECT u.unit, count(*) AS size, count(*) FILTER (u.age < {ADULT_YEARS}) AS kids,
        count(*) FILTER (u.age >= {ADULT_YEARS} OR u.age IS NULL) AS adults,
        CASE WHEN $answered
            THEN (sum(coalesce(i.kopecks, 0)) / $months / count(*))::BIGINT END AS head_kopecks
    FROM unit u LEFT JOIN income i ON i.person = u.person GROUP BY u.unit
), lived AS (
    SELECT u.person, u.age, u.unit, s.size, s.kids, s.head_kopecks, h.oktmo,
        CASE WHEN s.kids = 0 THEN CASE WHEN s.adults > 1 THEN 'couple' ELSE 'alone' END
             WHEN s.adults <= 1 THEN 'single_parent' WHEN s.kids >= 3 THEN 'large'
             WHEN s.kids = 2 THEN 'two_children' ELSE 'one_child' END AS family
    FROM unit u JOIN sized s USING (unit) LEFT JOIN home h ON h.person = u.person
    WHERE u.person IN (SELECT n FROM own)
), ranked AS (
    SELECT person, ntile(10) OVER (ORDER BY head_kopecks, unit) AS decile FROM lived WHERE head_kopecks IS NOT NULL
)
SELECT l.*, r.decile FROM lived l LEFT JOIN ranked r USING (person)
"""
