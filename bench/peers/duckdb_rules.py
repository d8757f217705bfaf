"""Our DuckDB back end: three-valued and exact, Parquet to Parquet.

python bench/peers/duckdb_rules.py FOLDER FACTS LAW
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import rmtree
from typing import Any

from timing import timed

from kazna.rules import load_library
from kazna.rules.compile import duckdb
from kazna.rules.compile.sql.layout import Layout

MONTHS = tuple(range(2024 * 12 + 9, 2025 * 12 + 9))


def layout(library: Any) -> Layout:
    """What `people_of_population` writes; `complete`: what it never leaves unknown."""
    complete = {"person.birth_date", "person.sex", "person.veteran", "person.citizen", "person.registered_since"}
    complete |= {"person.rural", "person.region", "member", "member.birth_date", "member.adult"}
    return Layout(frozenset(library.facts), frozenset({"member"}), frozenset(complete), {"member.income": MONTHS})


def run(folder: Path, facts: Path, law: Path) -> dict[str, Any]:
    from law_of_population import TODAY

    library = load_library(law)
    out = folder / "rules"
    rmtree(out, ignore_errors=True)
    connection = duckdb.connect(duckdb.Settings(threads=2, memory="3GB", spill=folder / "spill"))
    subject = f"read_parquet('{facts}/*/subject.parquet', filename = true)"
    connection.execute(
        "CREATE VIEW subject AS SELECT * EXCLUDE (filename), split_part(filename, '/', -2) AS person__region"
        f" FROM {subject}"
    )
    connection.execute(f"CREATE VIEW rel_member AS SELECT * FROM '{facts}/*/rel_member.parquet'")
    duckdb.run_editions(
        connection,
        [editions[0] for editions in library.measures.values()],
        layout=layout(library),
        today=TODAY,
        parameters=library.parameters,
        relations=library.relations,
        into=out,
    )
    states = connection.execute(f"SELECT state, count(*) FROM '{out}/*.parquet' GROUP BY 1").fetchall()
    return {"rows": sum(count for _, count in states), **dict(states), "engine": "DuckDB, three-valued, exact"}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    timed("duckdb_rules", lambda: run(*(Path(argument) for argument in sys.argv[1:4])))
