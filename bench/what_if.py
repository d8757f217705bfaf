"""A scenario over the people of one territory: the first one, which makes the facts ready, and those after it.

    python bench/what_if.py [PEOPLE] [--measure MEASURE]

Families of two parents and two children with answers about their incomes, written as the snapshot writes them; no
database. Prints seconds and the people by answer. The bound: 1 000 000 people in 5 seconds once ready.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

import duckdb

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazna.config.settings.test")
ON = date(2026, 12, 1)
SAY = """
COPY (
WITH f AS (SELECT range AS f FROM range({families})),
p AS (SELECT f, i, md5(concat('p', f, '-', i))::VARCHAR AS h FROM f, range(4) r(i)),
id AS (SELECT f, i, concat(h[1:8], '-', h[9:12], '-4', h[14:16], '-8', h[18:20], '-', h[21:32]) AS id FROM p),
a AS (SELECT f, max(id) FILTER (i = 0) AS mother, max(id) FILTER (i = 1) AS father, max(id) FILTER (i = 2) AS one,
      max(id) FILTER (i = 3) AS two FROM id GROUP BY f),
told AS (
 SELECT 'person.birth' AS kind, id AS subject_id, NULL AS object_id, json_object('date',
   (CASE WHEN i < 2 THEN DATE '1976-01-01' + (f * 37 % 7000)::INT
    ELSE DATE '2008-06-01' + ((f * 13 + i * 999) % 6600)::INT END)::VARCHAR) AS value FROM id
 UNION ALL SELECT 'person.sex', id, NULL, json_object('sex', CASE WHEN i % 2 = 0 THEN 'F' ELSE 'M' END) FROM id
 UNION ALL SELECT 'person.residence', id, NULL,
   json_object('region', '77', 'oktmo', concat('45', lpad((f % 40)::VARCHAR, 6, '0')), 'permanent', true) FROM id
 UNION ALL SELECT 'person.citizenship', id, NULL, '{{"oksm":"643","by_birth":true}}' FROM id
 UNION ALL SELECT 'family.parent', one, mother, '{{"role":"mother"}}' FROM a
 UNION ALL SELECT 'family.parent', one, father, '{{"role":"father"}}' FROM a
 UNION ALL SELECT 'family.parent', two, mother, '{{"role":"mother"}}' FROM a
 UNION ALL SELECT 'family.parent', two, father, '{{"role":"father"}}' FROM a
 UNION ALL SELECT 'family.marriage', mother, father, '{{}}' FROM a
 UNION ALL SELECT 'family.marriage', father, mother, '{{}}' FROM a
 UNION ALL SELECT 'income.year', id, NULL, json_object('year', y, 'months', json_object({months})) FROM id,
   (VALUES (2025), (2026)) t(y), (SELECT 1)
)
SELECT row_number() OVER ()::BIGINT AS seq, kind, subject_id, object_id, DATE '2026-11-20' AS valid_from,
  NULL::DATE AS valid_to, value::VARCHAR AS value, DATE '2026-11-20' AS known_on, 'bench' AS source, '' AS thing
FROM told
) TO '{facts}' (FORMAT parquet, COMPRESSION zstd)
"""


def people(folder: Path, number: int) -> tuple[Path, Path]:
    """Facts and ids of people as Parquet; in every third family nobody knows the incomes of the second half-year."""
    facts, persons = folder / "facts.parquet", folder / "people.parquet"
    months = ", ".join(f"'{m:02d}', CASE WHEN i < 2 THEN 2000000 + f * 7919 % 9000000 ELSE 0 END" for m in range(1, 13))
    database = duckdb.connect()
    database.execute(SAY.format(families=number // 4, facts=facts, months=months))
    database.execute(f"COPY (SELECT DISTINCT subject_id AS id FROM '{facts}') TO '{persons}' (FORMAT parquet)")
    return facts, persons


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("people", type=int, nargs="?", default=1_000_000)
    number = asked.parse_args().people
    import django

    django.setup()
    from kazna.contexts.measures import library as law
    from kazna.contexts.measures.library import LAW
    from kazna.contexts.studio.blocks import SHAPES, cut, new_block, with_blocks
    from kazna.contexts.studio.scenarios import play as playing
    from kazna.contexts.studio.scenarios import territory as places
    from kazna.rules.drafting import read_draft
    from kazna.rules.skeleton import Draft, skeleton

    law.folder = lambda: LAW  # nothing is published here, and there is no database to ask
    law.current = lambda: law.load(LAW)
    playing.measures.law_in_force = law.current
    texts = list(skeleton(Draft("r77-kit", "Набор", "region", "77", "child", ON)).values())
    figures, text = texts[1], texts[2]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        facts, persons = people(folder, number)
        places.KEPT = folder / "kept"
        where = places.Territory("77", number, (facts,), (persons,), "bench", datetime(2026, 12, 1), {})
        for name, times in (("первый (с подготовкой)", "1.5"), ("второй", "1.5"), ("другой порог", "2")):
            income = next(shape for shape in SHAPES if shape.name == "income")
            whole = cut(text)
            block = new_block(income, {"times": times}, identity="income", law="act")
            read = read_draft(law.load(LAW), with_blocks(whole, [*whole.blocks, block]), figures)
            began = time.monotonic()
            told = playing.play(territory=where, library=read.library, edition=read.edition, on=ON, law=LAW)
            spent = time.monotonic() - began
            print(f"{name}: {spent:.2f} с, {told['seconds']}, получат {told['granted']}, неясно {told['unknown']},"
                  f" стоимость {told['cost_kopecks']} коп.")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(f"людей {number}, память {peak:.1f} ГБ, ядер {os.cpu_count()}, {platform.machine()}, предел 5 с на миллион")


if __name__ == "__main__":
    main()
