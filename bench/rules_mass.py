"""Facts in Parquet → rights in Parquet: persons × 44 measures, three-valued, one process per core.

    python bench/rules_mass.py FOLDER [PERSONS=10e6] [MEASURES=44] [PROCESSES=2]

Makes the population and the law in FOLDER when they are not there. Prints wall and CPU seconds, the peak memory of all
processes, person-measures a second, the ratio to a bare scan of the same columns in the same run, and CPU nanoseconds
per person-measure on ready features (aggregates and windows already computed).
"""

from __future__ import annotations

import resource
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree

import pyarrow as pa
from law_of_population import TODAY, federal, write_law
from people_of_population import write_population

from kazna.rules import load_library
from kazna.rules.compile.frame import Frame
from kazna.rules.compile.mass import Order, Partition, Plans, run_mass
from kazna.rules.compile.parquet import pieces
from kazna.rules.compile.planes.context import Context
from kazna.rules.compile.planes.run import BLOCK, answers_of

ORDER = Order(on=TODAY, territory_facts=("person.region",))


def prepared(folder: Path, persons: int, measures: int) -> tuple[Path, Path]:
    """The folders of facts and of the law, made once."""
    facts, law = folder / f"facts-{persons}", folder / f"law-{measures}"
    if not law.exists():
        write_law(law, federal(measures))
    if not (facts / "89").exists():
        write_population(facts, persons)
    return facts, law


def scan(task: tuple[str, str, tuple[str, ...]]) -> int:
    """Decode every column the measures read and look at each value once."""
    law, facts, territories = task
    pa.set_cpu_count(1)
    library = load_library(Path(law))
    plans = Plans(library, ORDER)
    began = time.process_time()
    for territory in territories:
        plan = plans.plan(territory)
        partition = Partition(plan, library.parameters, ORDER, territory)
        folder = Path(facts) / territory
        for _, frame in pieces(folder, partition.facts, partition.relations, partition.definitions):
            columns = [*frame.facts.values(), *(c for group in frame.relations.values() for c in group.facts.values())]
            for column in columns:
                column.values.sum()
    return int((time.process_time() - began) * 1000)


def on_ready_features(task: tuple[str, str, tuple[str, ...]]) -> tuple[float, int]:
    """CPU seconds and pairs of the measures alone: aggregates and windows are computed before the clock starts."""
    law, facts, territories = task
    library = load_library(Path(law))
    plans = Plans(library, ORDER)
    spent, pairs = 0.0, 0
    for territory in territories:
        plan = plans.plan(territory)
        partition = Partition(plan, library.parameters, ORDER, territory)
        features = [op for op in plan.graph.ops if op.kind in ("aggregate", "window") and op.level.relation is None]
        folder = Path(facts) / territory
        for _, frame in pieces(folder, partition.facts, partition.relations, partition.definitions):
            for start in range(0, frame.rows, BLOCK):
                context = ready(frame.block(start, start + BLOCK), partition.same, features)
                began = time.process_time()
                answers_of(plan, context, lambda measure, row: 1 / 0)  # type: ignore[arg-type, return-value]
                spent += time.process_time() - began
                pairs += context.rows * len(plan.measures)
    return spent, pairs


def ready(frame: Frame, same: dict, features: list) -> Context:
    """A block whose features are computed; columns are read anew by the measures."""
    context = Context(frame, same)
    for op in features:
        context.value(op)
    kept = {op.index: context.done[op.index] for op in features}
    context.done = kept
    return context


def spread(facts: Path, processes: int) -> list[tuple[str, ...]]:
    names = sorted(path.name for path in facts.iterdir())
    return [tuple(names[start::processes]) for start in range(processes)]


def cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main(folder: Path, persons: int, measures: int, processes: int) -> None:
    facts, law = prepared(folder, persons, measures)
    size = sum(path.stat().st_size for path in facts.rglob("*.parquet"))
    print(f"{persons:,} persons, {measures} measures, {processes} processes, {size / 1e6:.0f} MB of Parquet")
    context = get_context("spawn")
    tasks = [(str(law), str(facts), names) for names in spread(facts, processes)]
    with context.Pool(processes) as pool:
        began = time.perf_counter()
        scanned = sum(pool.map(scan, tasks, chunksize=1)) / 1000
        print(f"bare scan: {time.perf_counter() - began:.2f} s wall with start, {scanned:.2f} s CPU")
    library = load_library(law)
    rmtree(folder / "rights", ignore_errors=True)
    began, before = time.perf_counter(), cpu()
    found = run_mass(law=law, release=library.digest, order=ORDER, facts=facts, out=folder / "rights",
                     processes=processes)  # fmt: skip
    wall, spent = time.perf_counter() - began, cpu() - before
    people = sum(summary.rows for summary in found)
    pairs = people * measures
    counts = [count for summary in found for count in summary.counts.values()]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * processes / 1e6
    print(f"run: {wall:.2f} s wall, {spent:.2f} s CPU, at most {peak:.2f} GB in {processes} processes")
    print(f"     {pairs / wall / 1e6:.0f} M person-measures a second, {spent / pairs * 1e9:.1f} ns CPU each,"
          f" {spent / scanned:.1f} × the scan (CPU)")  # fmt: skip
    granted, unknown, refused = (sum(getattr(c, name) for c in counts) for name in ("granted", "unknown", "refused"))
    roubles = sum(summary.amount for summary in found) / 100
    print(f"     granted {granted:,}, unknown {unknown:,}, refused {refused:,}, {roubles:,.0f} roubles")
    with context.Pool(processes) as pool:
        parts = pool.map(on_ready_features, tasks, chunksize=1)
    spent, pairs = sum(part[0] for part in parts), sum(part[1] for part in parts)
    print(f"on ready features: {spent:.2f} s CPU, {spent / pairs * 1e9:.2f} ns CPU per person-measure")


if __name__ == "__main__":
    arguments = [int(float(value)) for value in sys.argv[2:]]
    main(Path(sys.argv[1]), *(arguments + [10_000_000, 44, 2][len(arguments) :]))
