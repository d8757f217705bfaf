"""How long a synthetic region takes and how much memory.

    python bench/population.py --people 20000 100000 --seed 1

Each size runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import numpy as np

from kazna.population import generate_region, load_region, save_region


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    if len(wanted.people) == 1:
        measure(wanted.people[0], wanted.seed)
        return
    print(machine())
    for people in wanted.people:
        command = [sys.executable, __file__, "--people", str(people), "--seed", str(wanted.seed)]
        subprocess.run(command, check=True)


def measure(people: int, seed: int) -> None:
    began = time.perf_counter()
    region = generate_region(people=people, seed=seed)
    drawn = time.perf_counter()
    peak_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with tempfile.TemporaryDirectory() as folder:
        save_region(region, Path(folder))
        saved = time.perf_counter()
        load_region(Path(folder))
        loaded = time.perf_counter()
        megabytes = sum(path.stat().st_size for path in Path(folder).iterdir()) / 2**20
    kinds = Counter(happening.kind for happening in region.happenings)
    print(f"{people} people, {len(region.happenings)} happenings, {len(region.people)} with the newborn")
    print(f"  drawn in {drawn - began:.1f} s, peak memory {peak_megabytes:.0f} MB")
    print(f"  saved in {saved - drawn:.1f} s ({megabytes:.1f} MB), loaded in {loaded - saved:.1f} s")
    print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))


def machine() -> str:
    """One line about where this was measured."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, numpy {np.__version__}"
    )


if __name__ == "__main__":
    main()
