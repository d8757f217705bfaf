"""How long one determination takes: every example of the law, decided, traced, explained.

    python bench/rules_scalar.py [ROUNDS]

Prints microseconds per determination (median over examples of the best round), per measure and in all.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.examples import read_examples
from kazna.rules.explain import sentences


def best(action: Callable[[], object], rounds: int) -> float:
    """Microseconds of the fastest round."""
    fastest = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        fastest = min(fastest, time.perf_counter() - started)
    return fastest * 1e6


def main(rounds: int) -> None:
    started = time.perf_counter()
    library = load_library(LAW)
    print(f"load and compile: {time.perf_counter() - started:.2f} s")
    everything: dict[str, list[float]] = {"decide": [], "trace": [], "explain": []}
    print(f"{'measure':40} {'conditions':>10} {'decide':>8} {'+ trace':>8} {'+ text':>8}  µs")
    for editions in library.measures.values():
        for edition in editions:
            times: dict[str, list[float]] = {name: [] for name in everything}
            for example in read_examples(library, edition)[0]:

                def decide(edition=edition, example=example):
                    return edition.determine(example.situation, on=example.on, parameters=library.parameters)

                times["decide"].append(best(decide, rounds))
                times["trace"].append(best(lambda decide=decide: decide().canonical, rounds))
                times["explain"].append(
                    best(lambda decide=decide, edition=edition: sentences(decide(), edition), rounds)
                )
            middle = [statistics.median(found) for found in times.values()]
            print(f"{edition.id:40} {len(edition.measure.conditions):>10} " + " ".join(f"{m:8.0f}" for m in middle))
            for name, found in times.items():
                everything[name] += found
    print("all examples: " + ", ".join(f"{name} {statistics.median(found):.0f}" for name, found in everything.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
