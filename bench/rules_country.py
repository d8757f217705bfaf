"""A country of regional measures: 89 territories × 225 measures, each person faces the measures of the own territory.

    python bench/rules_country.py FOLDER [PERSONS=10e6] [MEASURES_PER_TERRITORY=225] [PROCESSES=2] [stream]

Territory by territory: documents are read, compiled once and run over the people in blocks on ready features (family
aggregates and windows computed before the clock of the measures starts; their own time is printed too). With `stream`
the people of a territory are generated in memory, run and forgotten: 100 million people in bounded memory. Prints CPU
seconds by stage, wall, the peak memory and a table of growth: a quarter and half of the measures on a tenth of the
territories.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from law_of_population import REGIONS, TODAY, measure, write_law
from people_of_population import connection, cuts, tables, territory, write_population

from kazna.rules import load_library
from kazna.rules.compile.frame import Frame
from kazna.rules.compile.mass import Order, Partition, Plans
from kazna.rules.compile.parquet import columns_of, group_of, pieces
from kazna.rules.compile.planes.context import Context
from kazna.rules.compile.planes.run import BLOCK, answers_of

ORDER = Order(on=TODAY, territory_facts=("person.region",))


class Task(NamedTuple):
    folder: Path
    persons: int
    measures: int
    territories: tuple[str, ...]
    stream: bool


class Spent(NamedTuple):
    """CPU seconds by stage, and what was done."""

    read: float = 0.0
    compiled: float = 0.0
    features: float = 0.0
    measures: float = 0.0
    pairs: int = 0
    granted: int = 0
    unknown: int = 0
    peak: int = 0


def law_of(task: Task, region: str) -> Path:
    """The documents of one territory, written once."""
    folder = task.folder / f"country-{task.measures}" / region
    if not folder.exists():
        seeds = ((number, 1000 * int(region) + number) for number in range(task.measures))
        write_law(folder, ((f"r{region}-generated-{n:03d}", measure(n, seed, region)) for n, seed in seeds))
    return folder


def people(task: Task, region: str, partition: Partition) -> Iterator[Frame]:
    """The people of a territory, piece by piece: from Parquet, or made on the fly."""
    if not task.stream:
        source = task.folder / f"facts-{task.persons}" / region
        for _, frame in pieces(source, partition.facts, partition.relations, partition.definitions):
            yield frame
        return
    made = territory(connection(), int(region), task.persons)
    for start, stop in cuts(made):
        subject, member = (table.combine_chunks() for table in tables(made.slice(start, stop - start)))
        places = subject["member__group"].combine_chunks()
        group = group_of(member, places, partition.relations["member"], partition.definitions["member"], region)
        yield Frame(subject.num_rows, columns_of(subject, partition.facts), {"member": group})


def run(task: Task) -> Spent:
    """Everything of some territories in one process."""
    pa.set_cpu_count(1)
    total = Spent()
    for region in task.territories:
        total = Spent(*map(sum, zip(total, _territory(task, region), strict=True)))
    return total._replace(peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _territory(task: Task, region: str) -> Spent:
    began = time.process_time()
    library = load_library(law_of(task, region))
    read = time.process_time()
    plan = Plans(library, ORDER).plan(region)
    compiled = time.process_time()
    partition = Partition(plan, library.parameters, ORDER, region)
    features = [op for op in plan.graph.ops if op.kind in ("aggregate", "window") and op.level.relation is None]
    spent = Spent(read=read - began, compiled=compiled - read)
    for frame in people(task, region, partition):
        for start in range(0, frame.rows, BLOCK):
            started = time.process_time()
            context = Context(frame.block(start, start + BLOCK), partition.same)
            for op in features:
                context.value(op)
            context.done = {op.index: context.done[op.index] for op in features}
            ready = time.process_time()
            found = answers_of(plan, context, lambda measure, row: 1 / 0)  # type: ignore[arg-type, return-value]
            done = time.process_time()
            granted = sum(int(answers.state.sum()) for answers in found)
            asked = sum(len(answers.rows) + answers.refused for answers in found)
            assert asked == context.rows * len(found)
            spent = spent._replace(
                features=spent.features + ready - started,
                measures=spent.measures + done - ready,
                pairs=spent.pairs + asked,
                granted=spent.granted + granted,
                unknown=spent.unknown + sum(len(answers.rows) for answers in found) - granted,
            )
    return spent


def country(task: Task, processes: int) -> None:
    """Run some territories in processes and print what it took."""
    parts = [task._replace(territories=task.territories[start::processes]) for start in range(processes)]
    began = time.perf_counter()
    with get_context("spawn").Pool(processes) as pool:
        found = pool.map(run, parts, chunksize=1)
    wall = time.perf_counter() - began
    total = Spent(*map(sum, zip(*found, strict=True)))
    print(
        f"{len(task.territories)} territories × {task.measures} measures: {wall:.1f} s wall; CPU: documents"
        f" {total.read:.1f} s, compile {total.compiled:.1f} s, features {total.features:.1f} s, measures"
        f" {total.measures:.1f} s ({total.measures / processes:.1f} s on each core);"
        f" {total.pairs / 1e6:.0f} M person-measures, {total.measures / total.pairs * 1e9:.1f} ns each;"
        f" granted {total.granted:,}, unknown {total.unknown:,}; peak {total.peak / 1e6:.2f} GB",
        flush=True,
    )


def main(folder: Path, persons: int, measures: int, processes: int, stream: bool) -> None:
    if not stream and not (folder / f"facts-{persons}" / "89").exists():
        write_population(folder / f"facts-{persons}", persons)
    task = Task(folder, persons, measures, tuple(REGIONS), stream)
    for count in (measures // 4, measures // 2, measures):
        country(task._replace(measures=count, territories=tuple(REGIONS[::10])), processes)
    country(task, processes)


if __name__ == "__main__":
    words = [word for word in sys.argv[2:] if word != "stream"]
    numbers = [int(float(word)) for word in words] + [10_000_000, 225, 2][len(words) :]
    main(Path(sys.argv[1]), *numbers, "stream" in sys.argv)
