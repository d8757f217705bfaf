"""A synthetic population in Parquet, one folder per territory: persons, families, twelve months of income.

    python bench/people_of_population.py FOLDER PERSONS

Deterministic (hash based), about 3 % unknown in most facts, 89 territories, families of 2.7 on average.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

REGIONS = 89
ROW_GROUP = 120_000
MONTHS = [(2024, 10), (2024, 11), (2024, 12), *((2025, month) for month in range(1, 10))]
FAMILIES = """
select f as family_id, case when h(f,1) < .22 then 1 when h(f,1) < .50 then 2 when h(f,1) < .73 then 3
  when h(f,1) < .90 then 4 when h(f,1) < .965 then 5 when h(f,1) < .99 then 6 else 8 end as size,
  h(f,2) < .25 as rural, exp(10.4 + .55 * (h(f,3) + h(f,4) + h(f,5) - 1.5) * 2) as lvl
from range({first}, {last}) r(f)"""
PEOPLE = """
with f as ({families}), m as (select family_id, rural, lvl, size, unnest(range(size)) as i from f),
b as (select family_id * 10 + i as id, *,
  size = 1 or i = 0 or (i = 1 and h(family_id,6) < .75) or (i = 2 and h(family_id,7) < .25) as adult from m)
select id::bigint as id, family_id::bigint as family_id, adult,
  case when adult then date '2007-10-01' - (h(id,9) * 365 * 62)::int
       else date '2025-10-01' - (h(id,9) * 365 * 18)::int end as birth_date,
  case when h(id,10) < .54 then 'F' else 'M' end as sex,
  case when h(id,12) < .03 then null when h(id,12) < .955 then 0 when h(id,12) < .97 then 3
       when h(id,12) < .99 then 2 else 1 end::tinyint as disability,
  case when h(id,13) < .03 then null else h(id,14) < .08 end as student,
  h(id,15) < .03 as veteran,
  case when adult and h(id,16) < .03 then null else (adult and h(id,17) < .62) end as employed,
  case when h(id,18) < .03 then null else (adult and h(id,19) < .04) end as job_seeker,
  h(id,20) > .02 as citizen,
  date '2025-10-01' - (h(id,21) * 9000)::int as registered_since,
  case when h(id,22) < .03 then null when adult and h(id,10) < .54 and h(id,23) < .03 then (h(id,24) * 40)::int
       else 0 end::tinyint as pregnancy_weeks,
  case when h(family_id,25) < .05 then null else (2000 + h(family_id,26) * 8000)::int end as dwelling_area,
  case when h(family_id,27) < .03 then null else h(family_id,28) < .08 end as utility_debt,
  case when h(id,29) < .02 then null else h(id,30) < .05 end as lone_parent, rural,
  {months}
from b order by id"""
INCOME = """case when not adult then 0 when h(id,31) < .02 and {m} = 5 then null
  when adult and h(id,11) < .62 then ((lvl * (.7 + .6 * h(id * 12 + {m}, 32)))::bigint * 100 + (h(id,33) * 100)::bigint)
  when h(id,34) < .5 then (1500000 + h(id,35) * 1500000)::bigint else 0 end as income__{year}_{month:02d}"""
OF_SUBJECT = (
    *("birth_date", "sex", "disability", "student", "veteran", "employed", "job_seeker", "citizen"),
    *("registered_since", "pregnancy_weeks", "dwelling_area", "utility_debt", "lone_parent", "rural"),
)
OF_MEMBER = ("birth_date", "adult", "disability")


def connection(threads: int = 1) -> duckdb.DuckDBPyConnection:
    found = duckdb.connect()
    found.execute(f"set threads={threads}")
    found.execute("create macro h(x, s) as (hash(x * 1000003 + s) >> 11) / 9007199254740992.0")
    return found


def territory(con: duckdb.DuckDBPyConnection, number: int, persons: int) -> pa.Table:
    """All persons of territory `number` (1..89), family by family."""
    families = int(persons / 2.7)
    first, last = families * (number - 1) // REGIONS, families * number // REGIONS
    months = ", ".join(INCOME.format(m=place, year=year, month=month) for place, (year, month) in enumerate(MONTHS))
    query = PEOPLE.format(families=FAMILIES.format(first=first, last=last), months=months)
    return con.sql(query).to_arrow_table()


def tables(people: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The subject table and the relation `member` of the same people."""
    months = [f"income__{year}_{month:02d}" for year, month in MONTHS]
    subject = pa.table({"id": people["id"], "member__group": people["family_id"]}
                       | {f"person__{name}": people[name] for name in OF_SUBJECT})  # fmt: skip
    tie = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(people), dtype=np.int8)), ["member"])
    member = pa.table(
        {"group_id": people["family_id"], "tie": tie} | {name: people[name] for name in (*OF_MEMBER, *months)}
    )
    return subject, member


def cuts(people: pa.Table) -> Iterator[tuple[int, int]]:
    """Row ranges of row groups: they never part a family."""
    families = np.asarray(people["family_id"].combine_chunks() if people.num_rows else pa.array([], pa.int64()))
    start = 0
    while start < people.num_rows:
        stop = min(start + ROW_GROUP, people.num_rows)
        if stop < people.num_rows:
            stop = int(np.searchsorted(families, families[stop]))
        yield start, stop
        start = stop


def write_territory(folder: Path, people: pa.Table) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ranges = list(cuts(people))
    for name, table in zip(("subject", "rel_member"), tables(people), strict=True):
        with pq.ParquetWriter(folder / f"{name}.parquet", table.schema, compression="zstd") as writer:
            for start, stop in ranges:
                writer.write_table(table.slice(start, stop - start), row_group_size=stop - start)


def write_population(folder: Path, persons: int) -> None:
    con = connection(threads=2)
    for number in range(1, REGIONS + 1):
        write_territory(folder / f"{number:02d}", territory(con, number, persons))


if __name__ == "__main__":
    began = time.perf_counter()
    write_population(Path(sys.argv[1]), int(float(sys.argv[2])))
    size = sum(path.stat().st_size for path in Path(sys.argv[1]).rglob("*.parquet"))
    print(f"{size / 1e6:.0f} MB in {time.perf_counter() - began:.0f} s")
