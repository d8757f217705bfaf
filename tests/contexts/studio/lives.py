"""A territory of families with two years of incomes, and measures of known effect, as the snapshot writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from kazna.contexts.studio.scenarios.territory import Territory

SINCE, UNTIL = date(2025, 2, 15), date(2026, 8, 15)
GIVEN = date(2025, 3, 1)
RISE, POOR_RISE = 8000, 6000  # roubles a month of the mother: by the measure of luck, by that of the poor
SAY = """
CREATE TABLE family AS SELECT range AS f, hash(range * 7 + 1) % 1000 / 1000.0 AS luck,
    hash(range * 13 + 5) % 1000 / 1000.0 AS fate, hash(range * 31 + 2) % 1000 / 1000.0 AS lot,
    15000 + hash(range * 17 + 3) % 60000 AS wage, 1 + hash(range * 3) % 3 AS kids FROM range({families});
CREATE TABLE given AS SELECT f, wage, kids, luck < 0.3 AS lucky, fate < 0.3 AS idle,
    lot < CASE WHEN wage < 35000 THEN 0.6 WHEN wage < 55000 THEN 0.3 ELSE 0.05 END AS poor FROM family;
CREATE TABLE id AS SELECT f, i, concat('00000000-0000-4000-8000-', lpad((f * 10 + i)::VARCHAR, 12, '0')) AS id
    FROM given, range(5) r(i) WHERE i <= kids OR i = 4;
CREATE TABLE told AS
 SELECT 'person.birth' AS kind, id AS subject_id, NULL AS object_id, DATE '1980-01-01' AS valid_from,
   json_object('date', CASE WHEN i IN (0, 4) THEN DATE '1976-01-01' + (f * 37 % 7000)::INT
     ELSE DATE '2010-06-01' + ((f * 13 + i * 999) % 4000)::INT END) AS value FROM id
 UNION ALL SELECT 'person.residence', id, NULL, DATE '1980-01-01',
   json_object('region', '77', 'oktmo', '45000000', 'address', f) FROM id
 UNION ALL SELECT 'family.parent', c.id, m.id, DATE '2012-01-01', '{{"role":"mother"}}' FROM id c JOIN id m USING (f)
   WHERE m.i = 0 AND c.i BETWEEN 1 AND 3
 UNION ALL SELECT 'family.marriage', m.id, o.id, DATE '2005-01-01', '{{}}' FROM id m JOIN id o USING (f)
   WHERE (m.i, o.i) IN ((0, 4), (4, 0))
 UNION ALL SELECT 'employment', id, NULL, DATE '2020-01-09', '{{}}' FROM id WHERE i = 4
 UNION ALL SELECT 'employment', id, NULL, DATE '2025-03-01', '{{}}' FROM id JOIN given USING (f)
   WHERE i = 0 AND (lucky OR f % 5 = 0)
 UNION ALL SELECT 'income.year', id, NULL, make_date(y, 1, 1), json_object('year', y, 'months', json_object({months}))
   FROM id JOIN given USING (f), (VALUES (2024), (2025), (2026)) t(y)
 UNION ALL SELECT 'measure.assigned', id, NULL, DATE '{given}',
   json_object('measure', m, 'period', 'month', 'amount_kopecks', 300000) FROM id JOIN given USING (f),
   (VALUES ('{luck}'), ('{idle}'), ('{poor}')) t(m)
   WHERE i = 0 AND (m = '{luck}' AND lucky OR m = '{idle}' AND idle OR m = '{poor}' AND poor);
COPY (SELECT row_number() OVER ()::BIGINT AS seq, kind, subject_id, object_id, valid_from, NULL::DATE AS valid_to,
  value::VARCHAR AS value, DATE '2026-07-20' AS known_on, 'test' AS source, '' AS thing FROM told
) TO '{folder}/facts.parquet' (FORMAT parquet);
COPY (SELECT id FROM id) TO '{folder}/people.parquet' (FORMAT parquet);
"""
# The father earns his wage and a little noise. The mother earns nothing before; in a year's time what the measures
# brought her, and whoever is poorer gains more by herself: the poor are another crowd, whatever they are given.
MONTH = """'{m:02d}', CASE WHEN i = 4 THEN (wage + hash(f * 100 + y * 12 + {m}) % 4000) * 100 WHEN i = 0 AND y = 2026
    THEN (6000 - (wage - 15000) // 10 + 8000 * lucky::INT + 6000 * poor::INT
      + hash(f * 100 + {m}) % 5000) * 100 ELSE 0 END"""


MEASURES = ("luck", "idle", "poor")


def territory(folder: Path, number: int, measures: tuple[str, str, str] = MEASURES) -> Territory:
    """`measures`: given by chance with an effect, by chance without one, and to the poor."""
    folder.mkdir(parents=True, exist_ok=True)
    months = ", ".join(MONTH.format(m=month) for month in range(1, 13))
    database = duckdb.connect()
    named = dict(zip(MEASURES, measures, strict=True))
    database.execute(SAY.format(families=number, months=months, given=GIVEN, folder=folder, **named))
    return Territory(
        "77", number * 4, (folder / "facts.parquet",), (folder / "people.parquet",), f"lives{number}{measures}",
        datetime(2026, 7, 20, tzinfo=UTC),
    )  # fmt: skip
