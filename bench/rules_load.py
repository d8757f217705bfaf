"""How long the law takes to load: everything cold in a fresh process, and `kazna law check` on a thousand measures.

python bench/rules_load.py [--measures 1000] [--repeat 5]

The thousand are the documents of `law/` under other ids in a temporary folder, each with all its examples.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count, cycle
from pathlib import Path

from kazna.kernel.places import LAW

COLD = """
import time
began = time.perf_counter()
from pathlib import Path
from kazna.rules import load_library
imported = time.perf_counter()
library = load_library(Path({law!r}))
loaded = time.perf_counter()
editions = [edition for editions in library.measures.values() for edition in editions]
for edition in editions:
    edition.determiner
compiled = time.perf_counter()
print(imported - began, loaded - imported, compiled - loaded, len(library.measures), len(editions))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measures", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, medians of {options.repeat}"
    )
    load_cold(options.repeat)
    check_many(options.measures)


def load_cold(repeat: int) -> None:
    """Each time in a new interpreter, so that nothing is warm but the file system."""
    runs = []
    for _ in range(repeat):
        told = subprocess.run(
            [sys.executable, "-c", COLD.format(law=str(LAW))], check=True, capture_output=True, text=True
        )
        runs.append([float(word) for word in told.stdout.split()])
    imports, load, compiled, measures, editions = (statistics.median(column) for column in zip(*runs, strict=True))
    print(
        f"law: {measures:.0f} measures, {editions:.0f} editions: load {load:.3f} s, compile {compiled:.3f} s, "
        f"together {load + compiled:.3f} s (import of the engine {imports:.3f} s); wanted at most 0.5 s"
    )


def check_many(measures: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        law = Path(folder) / "law"
        multiply(law, measures)
        size = sum(path.stat().st_size for path in law.rglob("*.yaml")) / 1e6
        began, cpu = time.perf_counter(), _cpu()
        done = subprocess.run(
            [sys.executable, "-m", "kazna.cli.main", "law", "check", "--law", str(law)],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        took, cpu = time.perf_counter() - began, _cpu() - cpu
    last = (done.stdout.strip().splitlines() or [done.stderr.strip()])[-1]
    print(
        f"kazna law check, {measures} measures, {size:.1f} MB: {took:.1f} s ({cpu:.1f} s CPU); wanted at most 20 s. {last}"
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def multiply(law: Path, measures: int) -> None:
    """The law with its measures repeated under other ids until there are as many as wanted."""
    shutil.copytree(LAW, law)
    documents = sorted((LAW / "measures").glob("*/*.yaml"))
    present = len({path.parent for path in documents})
    for number, path in zip(count(1), cycle(documents), strict=False):
        if present >= measures:
            return
        identity = f"{path.parent.name}-copy{number}"
        text = path.read_text(encoding="utf-8").replace(f"measure: {path.parent.name}\n", f"measure: {identity}\n", 1)
        text = text.replace("\ncode: ", f"\ncode: N{number}-", 1)
        (law / "measures" / identity).mkdir()
        (law / "measures" / identity / path.name).write_text(text, encoding="utf-8")
        present += 1


if __name__ == "__main__":
    main()
