"""How a determination of the country grows in people and in measures: region by region, from ready Parquet.

    python bench/determine_country.py FOLDER [--persons 10e6] [--measures 256] [--processes 2] [--stream] [--plot PATH]

People and measures are those of rules_country.py; each person faces the measures of the own territory. A quarter, a
half and all of the territories, then a quarter, a half and all of the measures: seconds on ready features, nanoseconds
a person-measure (flat where growth is linear), peak memory. `--plot` writes the growth as an SVG picture. With
`--stream` people are made in memory, so a country needs no disk.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from law_of_population import REGIONS
from people_of_population import write_population
from rules_country import Spent, Task, run

WIDE, HIGH, EDGE = 640, 320, 60
COUNTRY = 146_000_000


class Point(NamedTuple):
    """One run: what it was asked and what it took; seconds of CPU on ready features."""

    label: str
    territories: int
    measures: int
    pairs: int
    wall: float
    cpu: float
    features: float
    peak: int

    @property
    def nanoseconds(self) -> float:
        return self.cpu / self.pairs * 1e9


def point(label: str, task: Task, processes: int) -> Point:
    """Run the territories of the task in processes."""
    parts = [task._replace(territories=task.territories[start::processes]) for start in range(processes)]
    began = time.perf_counter()
    with get_context("spawn").Pool(processes) as pool:
        found = pool.map(run, parts, chunksize=1)
    wall = time.perf_counter() - began
    total = Spent(*map(sum, zip(*found, strict=True)))
    told = Point(
        label, len(task.territories), task.measures, total.pairs, wall, total.measures, total.features, total.peak
    )
    print(
        f"| {label} | {told.territories} | {told.measures} | {told.pairs / 1e6:,.0f} M | {wall:.1f} s |"
        f" {total.features:.1f} s | {told.cpu:.1f} s | {told.nanoseconds:.1f} ns | {told.peak / 1e6:.2f} GB |",
        flush=True,
    )
    return told


def country(whole: Point, persons: int, processes: int) -> str:
    """What everybody would take at the pace of the whole run; the table shows that the pace does not fall."""
    features, measures = (spent / persons * COUNTRY for spent in (whole.features, whole.cpu))
    return (
        f"{COUNTRY / 1e6:.0f} M people at this pace: features {features:,.0f} s and measures {measures:,.0f} s of CPU,"
        f" {(features + measures) / processes:,.0f} s on {processes} cores, besides compiling the law"
    )


def plot(points: Sequence[Point], path: Path) -> None:
    """Person-measures across, CPU seconds up; a straight line from the corner is linear growth."""
    most, longest = max(p.pairs for p in points), max(p.cpu for p in points)
    dots = "".join(
        f'<circle cx="{EDGE + WIDE * p.pairs / most:.0f}" cy="{EDGE + HIGH * (1 - p.cpu / longest):.0f}" r="5"/>'
        f'<text x="{EDGE + WIDE * p.pairs / most + 8:.0f}" y="{EDGE + HIGH * (1 - p.cpu / longest) + 16:.0f}">'
        f"{p.label}</text>"
        for p in points
    )
    told = "; ".join(f"{p.label}: {p.cpu:.1f} s" for p in points)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE + 3 * EDGE} {HIGH + 2 * EDGE}" role="img"'
        f' aria-labelledby="t d" font-family="sans-serif" font-size="13"><title id="t">CPU seconds by person-measures'
        f'</title><desc id="d">{told}</desc><path d="M{EDGE} {EDGE}V{EDGE + HIGH}H{EDGE + WIDE}" fill="none"'
        f' stroke="#1b2430"/><path d="M{EDGE} {EDGE + HIGH}L{EDGE + WIDE} {EDGE}" stroke="#9aa5b1"'
        f' stroke-dasharray="4 4"/><text x="{EDGE}" y="{EDGE - 12}">{longest:.0f} s</text>'
        f'<text x="{EDGE + WIDE}" y="{EDGE + HIGH + 20}" text-anchor="end">{most / 1e6:,.0f} M</text>'
        f'<g fill="#1d5c9f">{dots}</g></svg>\n',
        "utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--persons", type=float, default=10e6)
    parser.add_argument("--measures", type=int, default=256)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    persons = int(chosen.persons)
    if not chosen.stream and not (chosen.folder / f"facts-{persons}" / "89").exists():
        write_population(chosen.folder / f"facts-{persons}", persons)
    task = Task(chosen.folder, persons, chosen.measures, tuple(REGIONS), chosen.stream)
    print("| what | territories | measures | person-measures | wall | features | measures | each | peak |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    points = [
        point(f"1/{share} of the people", task._replace(territories=tuple(REGIONS[::share])), chosen.processes)
        for share in (4, 2)
    ]
    points += [
        point(f"1/{share} of the measures", task._replace(measures=chosen.measures // share), chosen.processes)
        for share in (4, 2)
    ]
    points.append(point("all", task, chosen.processes))
    print(country(points[-1], persons, chosen.processes))
    if chosen.plot:
        plot(points, chosen.plot)


if __name__ == "__main__":
    main()
