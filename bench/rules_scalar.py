"""How long the law takes for one family: all measures decided by generated Python, then with a trace and a text.

    python bench/rules_scalar.py [ROUNDS]

A family is the first granted example of each measure (every fact it needs is known) and the first undecided one. Prints
microseconds: per measure, and of all measures together: decided (state, amount, term, conditions), decided from the raw
situation, with trace and missing facts (median and 95th percentile over rounds), and with the explanation.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from kazna.kernel.places import LAW
from kazna.rules import Edition, Library, Situation, load_library
from kazna.rules.compile.python import Decider, compile_python
from kazna.rules.examples import read_examples
from kazna.rules.explain import sentences
from kazna.rules.situation import prepare


class Asked(NamedTuple):
    """One measure asked about one situation."""

    edition: Edition
    decider: Decider
    situation: Situation
    on: date


def best(action: Callable[[], object], rounds: int) -> float:
    """Microseconds of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        fastest = min(fastest, time.perf_counter() - started)
    return fastest * 1e6


def family(library: Library, deciders: dict[str, Decider], state: str) -> list[Asked]:
    """The first example of each measure with this outcome."""
    found = []
    for editions in library.measures.values():
        for edition in editions:
            examples = [e for e in read_examples(library, edition)[0] if e.expect.get("state") == state]
            if examples:
                found.append(Asked(edition, deciders[edition.digest], examples[0].situation, examples[0].on))
    return found


def show(library: Library, title: str, asked: list[Asked], rounds: int) -> None:
    prepared = [prepare(one.situation, one.edition.facts, one.edition.relations) for one in asked]

    def decide() -> None:
        for one, known in zip(asked, prepared, strict=True):
            one.decider.decide(known.facts, known.people, one.on)

    def decide_raw() -> None:
        for one in asked:
            known = prepare(one.situation, one.edition.facts, one.edition.relations)
            one.decider.decide(known.facts, known.people, one.on)

    def trace() -> None:
        for one in asked:
            _ = one.edition.determine(one.situation, on=one.on, parameters=library.parameters).canonical

    def explain() -> None:
        for one in asked:
            outcome = one.edition.determine(one.situation, on=one.on, parameters=library.parameters)
            sentences(outcome, one.edition)

    traces = sorted(best(trace, 1) for _ in range(rounds))
    print(
        f"{title}: {len(asked)} measures: decided {best(decide, rounds):.0f} µs"
        f" ({best(decide, rounds) / len(asked):.1f} each), from the raw situation {best(decide_raw, rounds):.0f} µs,"
        f" with trace and missing facts {statistics.median(traces):.0f} µs"
        f" (p95 {traces[int(len(traces) * 0.95)]:.0f}), with text {best(explain, rounds):.0f} µs"
    )


def each(library: Library, deciders: dict[str, Decider], rounds: int) -> None:
    print(f"{'measure':40} {'conditions':>10} {'decide':>8} {'+ trace':>8} {'+ text':>8}  µs")
    for editions in library.measures.values():
        for edition in editions:
            run = deciders[edition.digest].decide
            times: list[tuple[float, float, float]] = []
            for example in read_examples(library, edition)[0]:
                known = prepare(example.situation, edition.facts, edition.relations)

                def decide(run=run, known=known, on=example.on):
                    return run(known.facts, known.people, on)

                def determine(edition=edition, example=example):
                    return edition.determine(example.situation, on=example.on, parameters=library.parameters)

                times.append(
                    (
                        best(decide, rounds),
                        best(lambda determine=determine: determine().canonical, rounds),
                        best(lambda determine=determine, edition=edition: sentences(determine(), edition), rounds),
                    )
                )  # fmt: skip
            middle = [statistics.median(found) for found in zip(*times, strict=True)]
            line = " ".join(f"{m:8.1f}" for m in middle)
            print(f"{edition.id:40} {len(edition.measure.conditions):>10} {line}")


def main(rounds: int) -> None:
    started = time.perf_counter()
    library = load_library(LAW)
    loaded = time.perf_counter()
    editions = [edition for rows in library.measures.values() for edition in rows]
    deciders = {edition.digest: compile_python(edition, library.parameters) for edition in editions}
    print(f"load and compile: {loaded - started:.2f} s; generate Python: {time.perf_counter() - loaded:.2f} s")
    each(library, deciders, rounds)
    show(library, "everything known", family(library, deciders, "granted"), rounds)
    show(library, "something unknown", family(library, deciders, "unknown"), rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
