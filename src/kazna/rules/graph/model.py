"""What depends on what: boxes in layers and arrows from each box to what it reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kazna.rules.dependencies import Dependencies
from kazna.rules.edition import Edition
from kazna.rules.language import nodes
from kazna.rules.language.nodes import Node
from kazna.rules.library import Library


@dataclass(frozen=True, slots=True)
class Box:
    """`kind`: measure, condition, result, step, definition, fact, people, figure or table."""

    id: str
    kind: str
    title: str


@dataclass(slots=True)
class Graph:
    """`boxes` in the order they were found; `arrows`: (reader, read)."""

    title: str
    boxes: dict[str, Box] = field(default_factory=dict)
    arrows: dict[tuple[str, str], None] = field(default_factory=dict)

    def add(self, kind: str, name: str, title: str, reader: str | None = None) -> str:
        """The id of the box, with an arrow from its reader."""
        identity = f"{kind}:{name}"
        self.boxes.setdefault(identity, Box(identity, kind, title))
        if reader is not None and reader != identity:
            self.arrows[(reader, identity)] = None
        return identity


def graph_of_measure(edition: Edition) -> Graph:
    """One edition: conditions, amount and term → steps → facts, people and figures."""
    graph = Graph(edition.title)
    root = graph.add("measure", edition.id, edition.short_title)
    measure = edition.measure
    for condition in measure.conditions:
        _read(graph, edition, graph.add("condition", condition.id, condition.title, root), condition.node)
    for name, title, formula in (
        ("amount", "Сумма", measure.amount),
        ("term_from", "Начало срока", measure.term_from),
        ("term_to", "Конец срока", measure.term_to),
    ):
        if formula is not None:
            _read(graph, edition, graph.add("result", name, formula.title or title, root), formula.node)
    return graph


def _read(graph: Graph, edition: Edition, reader: str, node: Node) -> None:
    steps = {step.name: step for step in edition.measure.steps}
    for part in node.walk():
        if isinstance(part, nodes.StepRef):
            is_new = f"step:{part.name}" not in graph.boxes and f"definition:{part.name}" not in graph.boxes
            kind = "definition" if steps[part.name].shared else "step"
            box = graph.add(kind, part.name, steps[part.name].title, reader)
            if is_new:
                _read(graph, edition, box, steps[part.name].node)
        elif isinstance(part, nodes.FactRef):
            graph.add("fact", part.name, edition.facts[part.name].title, reader)
        elif isinstance(part, nodes.MemberFact):
            fact = edition.relations[part.relation].facts[part.name]
            graph.add("fact", f"{part.relation}.{part.name}", fact.title, reader)
        elif isinstance(part, nodes.Aggregate):
            graph.add("people", part.relation, edition.relations[part.relation].title, reader)
        elif isinstance(part, nodes.ParameterRef):
            graph.add("figure", part.name, edition.parameters[part.name].title, reader)
        elif isinstance(part, nodes.TableRef):
            graph.add("table", part.table, f"Таблица «{part.table}»", reader)


def graph_of_law(library: Library, measures: Iterable[str] | None = None) -> Graph:
    """Many measures: measures → shared rules → kinds of facts, people and figures."""
    graph = Graph("Зависимости мер поддержки")
    index = Dependencies(library)
    for name in sorted(measures if measures is not None else library.measures):
        edition = library.measures[name][-1]
        reads = index.of(edition)
        root = graph.add("measure", name, edition.short_title)
        titles = {step.name: step.title for step in edition.measure.steps}
        for definition in reads.definitions:
            graph.add("definition", definition, titles.get(definition, definition), root)
        for kind in reads.kinds:
            graph.add("fact", kind, str((library.kinds.get(kind) or {}).get("title") or kind), root)
        for relation in reads.relations:
            graph.add("people", relation, library.relations[relation].title, root)
        for parameter in reads.parameters:
            graph.add("figure", parameter, library.parameters[parameter].title, root)
    return graph
