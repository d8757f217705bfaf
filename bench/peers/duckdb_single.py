"""A peer: everything in one DuckDB statement, a filter for each measure, two-valued, Parquet to Parquet.

python bench/peers/duckdb_single.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
from timing import timed


def run(folder: Path) -> dict[str, Any]:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    branches = " UNION ALL ".join(
        f"SELECT id AS subject, '{one['measure']}' AS measure, ({one['amount']})::BIGINT AS amount"
        f" FROM base WHERE {one['where']}"
        for one in job["texts"]["sql"]
    )
    connection = duckdb.connect()
    connection.execute(f"SET threads = 2; SET preserve_insertion_order = false; CREATE TABLE region AS {job['region']}")
    query = f"WITH base AS MATERIALIZED ({job['features']}) {branches}"
    connection.execute(f"COPY ({query}) TO '{folder}/single.parquet' (FORMAT parquet, COMPRESSION zstd)")
    rows = connection.execute(f"SELECT count(*) FROM '{folder}/single.parquet'").fetchall()[0][0]
    return {"rows": rows, "engine": f"DuckDB {duckdb.__version__}, two-valued"}


if __name__ == "__main__":
    timed("duckdb_single", lambda: run(Path(sys.argv[1])))
