"""Duplicates in a register of 1 M people, 5 % of whom stand twice: how many are found, how many wrongly, how fast.

.venv/bin/python bench/linkage.py [--people 1000000] [--seed 1] [--learn]

Peer: joining by exact full name and birth date, what registers without a model do. `--learn` learns the model anew
from another seed and writes it where the product reads it.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time

import duckdb
import numpy as np
import pyarrow as pa

from kazna.contexts.registers.linkage import model, records
from kazna.contexts.registers.linkage.pairs import link
from kazna.population.duplicates import Register, register_with_duplicates

LEARNING_SEED = 7
EXACT = """
    SELECT a.id AS first, b.id AS second FROM source a JOIN source b
    ON a.id < b.id AND a.surname = b.surname AND a.forename = b.forename AND a.patronymic = b.patronymic
    AND a.birth_date = b.birth_date
"""


def loaded(connection: duckdb.DuckDBPyConnection, register: Register) -> None:
    columns = {name: pa.array(column) for name, column in register.columns.items()}
    connection.register("told", pa.table({"id": np.arange(len(register)), "person": register.person, **columns}))
    connection.execute("CREATE TABLE source AS SELECT * FROM told")


def quality(connection: duckdb.DuckDBPyConnection, pairs: str, true_pairs: int) -> tuple[int, float, float]:
    """Pairs, precision, recall of a query that gives (first, second)."""
    ((right, found),) = connection.execute(
        f"SELECT count(*) FILTER (a.person = b.person), count(*) FROM ({pairs}) p"
        " JOIN source a ON a.id = p.first JOIN source b ON b.id = p.second"
    ).fetchall()
    return found, right / max(found, 1), right / true_pairs


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--learn", action="store_true")
    chosen = options.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    if chosen.learn:
        with duckdb.connect() as connection:
            loaded(connection, register_with_duplicates(people=chosen.people, seed=LEARNING_SEED))
            records.prepare(connection, "source")
            model.learn(connection, model.LEARNED)
        print(f"learned from seed {LEARNING_SEED}")
    register = register_with_duplicates(people=chosen.people, seed=chosen.seed)
    with duckdb.connect() as connection:
        loaded(connection, register)
        began = time.perf_counter()
        link(connection, "source")
        took = time.perf_counter() - began
        print(f"{len(register):,} records, {register.true_pairs:,} true pairs: {took:.1f} s")
        for title, query in (
            ("joined without asking", "SELECT first, second FROM pair WHERE verdict = 'same'"),
            ("joined or asked", "SELECT first, second FROM pair"),
            ("peer: exact name and birth date", EXACT),
        ):
            found, precision, recall = quality(connection, query, register.true_pairs)
            print(f"{title:32} {found:8,} pairs  precision {precision:.5f}  recall {recall:.4f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB, the generator included")


if __name__ == "__main__":
    main()
