"""The mass run beside its peers on the same people and the same 44 measures, and what the peers get wrong silently.

    python bench/rules_peers.py FOLDER [--persons 1e6] [--measures 44] [--peers-python PYTHON]

PYTHON: an interpreter of an environment with openfisca-core, polars and zen-engine (also KAZNA_PEERS_PYTHON); without
it those peers are «не установлен». Each peer runs in a process of its own. Polars and OpenFisca start from ready
features and hold everything in memory; both DuckDB runs go from Parquet to Parquet.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
from rules_mass import prepared

PEERS = Path(__file__).parent / "peers"
DIFFERENCES = """
SELECT count(*) FILTER (theirs.subject IS NOT NULL AND ours.state = 'unknown') AS granted_on_unknown,
  count(*) FILTER (theirs.subject IS NULL AND ours.state = 'unknown') AS refused_on_unknown,
  count(*) FILTER (theirs.subject IS NOT NULL AND ours.subject IS NULL) AS granted_but_refused_by_law,
  count(*) FILTER (theirs.subject IS NULL AND ours.state = 'granted') AS refused_but_granted_by_law,
  count(*) FILTER (ours.state = 'granted' AND theirs.amount <> ours.amount) AS amounts_differ,
  coalesce(max(abs(theirs.amount - ours.amount)) FILTER (ours.state = 'granted'), 0) AS worst_kopecks
FROM (SELECT * FROM '{folder}/rules/*.parquet') ours
FULL JOIN '{folder}/{peer}.parquet' theirs ON theirs.subject = ours.subject AND theirs.measure = ours.measure"""
RESULTS = {"duckdb_single": "single", "openfisca": "openfisca", "polars": "polars"}


def one(python: str, script: str, *arguments: Path) -> dict[str, Any] | None:
    """The line a peer prints; None when it is not installed."""
    command = [python, str(PEERS / f"{script}.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def wrong(folder: Path, peer: str) -> dict[str, int]:
    query = DIFFERENCES.format(folder=folder, peer=RESULTS[peer])
    cursor = duckdb.connect().execute(query)
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def main(folder: Path, persons: int, measures: int, peers_python: str) -> None:
    facts, law = prepared(folder, persons, measures)
    job = folder / "peers"
    subprocess.run([sys.executable, str(PEERS / "translate.py"), str(job), str(facts), str(law)], check=True)
    pairs = persons * measures
    print(f"{persons:,} persons × {measures} measures")
    ours = one(sys.executable, "duckdb_rules", job, facts, law)
    assert ours is not None
    found = {
        "duckdb_rules": ours,
        "duckdb_single": one(sys.executable, "duckdb_single", job),
        "polars": one(peers_python, "polars_measures", job),
        "openfisca": one(peers_python, "openfisca_measures", job),
    }
    for name, line in found.items():
        if line is None:
            print(f"{name}: не установлен")
            continue
        each, ratio = line["cpu_s"] / pairs * 1e9, line["cpu_s"] / ours["cpu_s"]
        print(f"{name}: {line['engine']}: {line['wall_s']} s wall, {line['cpu_s']} s CPU, {each:.1f} ns CPU per pair,"
              f" {line['peak_mb']} MB, {line['rows']:,} rows; CPU {ratio:.2f} of duckdb_rules")  # fmt: skip
        if name in RESULTS:
            print("    silently wrong: " + ", ".join(f"{key} {count:,}" for key, count in wrong(job, name).items()))
    print(f"undecided as the law leaves it: {ours.get('unknown', 0):,}, granted {ours.get('granted', 0):,}")
    zen = one(peers_python, "zen_decision")
    print("zen: не установлен" if zen is None else f"zen: {zen['us_cpu_per_decision']} µs CPU for one decision")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--persons", type=lambda text: int(float(text)), default=1_000_000)
    parser.add_argument("--measures", type=int, default=44)
    parser.add_argument("--peers-python", default=os.environ.get("KAZNA_PEERS_PYTHON", sys.executable))
    asked = parser.parse_args()
    main(asked.folder, asked.persons, asked.measures, asked.peers_python)
