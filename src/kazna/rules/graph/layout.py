"""Places for boxes: in columns by how far they are from the measure, ordered so that arrows cross little."""

from __future__ import annotations

from dataclasses import dataclass

from kazna.rules.graph.model import Graph

LAST = frozenset({"fact", "people", "figure", "table"})
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Placed:
    """`column` and `row` are counted from 0; `rows`: how many rows the longest column has."""

    places: dict[str, tuple[int, float]]
    columns: int
    rows: int


def placed(graph: Graph) -> Placed:
    """Every box one column right of the farthest that reads it; what is read from outside in the last column."""
    columns = _columns(graph)
    last = max(columns.values(), default=0)
    ordered = [[name for name in graph.boxes if columns[name] == column] for column in range(last + 1)]
    readers = _neighbours(graph, forward=False)
    read = _neighbours(graph, forward=True)
    for sweep in range(SWEEPS):
        if sweep % 2 == 0:
            for column in range(1, last + 1):
                _sort(ordered, column, readers)
        else:
            for column in range(last - 1, -1, -1):
                _sort(ordered, column, read)
    rows = max((len(names) for names in ordered), default=0)
    places = {}
    for column, names in enumerate(ordered):
        step = rows / max(len(names), 1)
        for row, name in enumerate(names):
            places[name] = (column, (row + 0.5) * step - 0.5)
    return Placed(places, last + 1, rows)


def _columns(graph: Graph) -> dict[str, int]:
    readers = _neighbours(graph, forward=False)
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            depth[name] = 0  # a circle cannot be: steps are ordered when the document is read
            depth[name] = max((of(reader) + 1 for reader in readers.get(name, ())), default=0)
        return depth[name]

    for name in graph.boxes:
        of(name)
    last = max(depth.values(), default=0)
    return {name: last if graph.boxes[name].kind in LAST else column for name, column in depth.items()}


def _neighbours(graph: Graph, *, forward: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reader, read in graph.arrows:
        key, value = (reader, read) if forward else (read, reader)
        found.setdefault(key, []).append(value)
    return found


def _sort(ordered: list[list[str]], column: int, neighbours: dict[str, list[str]]) -> None:
    """By the mean place of the boxes it is tied to; the untied keep their place."""
    place = {name: row / max(len(names), 1) for names in ordered for row, name in enumerate(names)}

    def mean(name: str) -> float:
        tied = [place[other] for other in neighbours.get(name, ())]
        return sum(tied) / len(tied) if tied else place[name]

    ordered[column].sort(key=lambda name: (mean(name), name))
