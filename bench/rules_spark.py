"""The generated measures on local Spark: how long it takes, and whether every row is the one DuckDB gives.

    python bench/rules_spark.py FOLDER [PERSONS=1e6] [MEASURES=44]

Parquet to Parquet on two cores. Needs Java and pyspark.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
from pyspark.sql import SparkSession, functions
from rules_mass import prepared
from rules_peers import PEERS

from kazna.rules import load_library
from kazna.rules.compile import spark

sys.path.insert(0, str(PEERS))
from duckdb_rules import layout

COLUMNS = "subject, measure, edition, state, amount, term_from, term_to, refusal, open"
DIFFER = """
SELECT count(*) FROM (
  (SELECT {columns} FROM '{one}/*.parquet' EXCEPT ALL SELECT {columns} FROM '{other}/*.parquet')
  UNION ALL (SELECT {columns} FROM '{other}/*.parquet' EXCEPT ALL SELECT {columns} FROM '{one}/*.parquet'))"""


def session() -> Any:
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.memory", "6g").config("spark.sql.shuffle.partitions", "4")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def main(folder: Path, persons: int, measures: int) -> None:
    from law_of_population import TODAY

    facts, law = prepared(folder, persons, measures)
    job = folder / "peers"
    job.mkdir(exist_ok=True)
    subprocess.run([sys.executable, str(PEERS / "duckdb_rules.py"), str(job), str(facts), str(law)], check=True)
    began = time.perf_counter()
    engine = session()
    print(f"Spark starts in {time.perf_counter() - began:.1f} s")
    library = load_library(law)
    region = functions.element_at(functions.split(functions.input_file_name(), "/"), -2)
    subjects = engine.read.parquet(f"{facts}/*/subject.parquet").withColumn("person__region", region)
    subjects.createOrReplaceTempView("subject")
    engine.read.parquet(f"{facts}/*/rel_member.parquet").createOrReplaceTempView("rel_member")
    began = time.perf_counter()
    rights = spark.run_editions(
        engine,
        [editions[0] for editions in library.measures.values()],
        layout=layout(library),
        today=TODAY,
        parameters=library.parameters,
        relations=library.relations,
    )
    rights.write.mode("overwrite").parquet(str(job / "spark"))
    wall = time.perf_counter() - began
    engine.stop()
    query = DIFFER.format(columns=COLUMNS, one=job / "spark", other=job / "rules")
    differ = duckdb.connect().execute(query).fetchall()[0][0]
    rate = persons * measures / wall / 1e6
    print(f"{persons:,} persons × {measures} measures: {wall:.1f} s wall, {rate:.1f} M pairs a second")
    print(f"rows that differ from DuckDB: {differ}")


if __name__ == "__main__":
    numbers = [int(float(value)) for value in sys.argv[2:]]
    main(Path(sys.argv[1]), *(numbers + [1_000_000, 44][len(numbers) :]))
