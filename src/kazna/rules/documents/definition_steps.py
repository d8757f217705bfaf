"""Shared definitions as steps of a measure: typed in its scope, in the order of computation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kazna.rules.documents.definitions import DEFAULT, Definition, DefinitionEdition
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Citation, Step
from kazna.rules.documents.reading import Findings
from kazna.rules.language.nodes import Builtin, Choice, Compare, FactRef, Joined, Literal, Node, OneOf, Undecided
from kazna.rules.language.operators import same_kind
from kazna.rules.language.scope import Scope
from kazna.rules.language.types import BOOL, BROKEN, DATE, Kind, Type, hull
from kazna.rules.language.typing import typed
from kazna.rules.problems import near_miss


@dataclass(slots=True)
class DefinitionSteps:
    """Turns the definitions a measure uses into its steps. `laws`: key in the measure → act, for citations."""

    findings: Findings
    scope: Scope
    definitions: Mapping[str, Definition]
    steps: list[Step] = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)
    laws: dict[str, Mapping[str, object]] = field(default_factory=dict)

    def take(self, names: Iterable[str]) -> None:
        """These and every definition they rest on, each after those it uses; circles are noted."""
        for name in names:
            self._take(name, ())

    def _take(self, name: str, above: tuple[str, ...]) -> None:
        if name in self.types:
            return
        definition = self.definitions[name]
        if name in above:
            circle = ", ".join(above[above.index(name) :])
            self._note(
                definition, "cycle", f"Определение «{name}» зависит само от себя.", f"По кругу: {circle}.",
                "Разорвите круг.",
            )  # fmt: skip
            self.types[name] = BROKEN
            return
        for other in sorted(definition.names & self.definitions.keys()):
            self._take(other, (*above, name))
        node = self._node(definition)
        self.types[name] = BROKEN
        if node is not None:
            self.types[name] = node.type
            citation = Citation(tuple(self._law(definition, key) for key in definition.citation), definition.article)
            self.steps.append(Step(name, definition.title, node, citation, definition.place, shared=True))

    def _note(self, definition: Definition, code: str, what: str, why: str = "", what_to_do: str = "") -> None:
        """The same problem met by another measure is noted once."""
        self.findings.add_once(definition.place, code, what, why, what_to_do)

    def _law(self, definition: Definition, key: str) -> str:
        """The key in the measure's own list of acts; a clash with another act gets the definition's name before."""
        act = definition.laws.get(key, {})
        if self.laws.get(key, act) != act:
            key = f"{definition.name}.{key}"
        self.laws[key] = act
        return key

    def _node(self, definition: Definition) -> Node | None:
        """A choice by the governing date over the editions; outside all of them it is undecided."""
        nodes = [self._of_edition(definition, edition) for edition in definition.editions]
        found = [node for node in nodes if node is not None]
        if len(found) != len(nodes) or not found or not self._agree(definition, found):
            return None
        whole = found[0].type
        for node in found[1:]:
            whole = hull(whole, node.type)
        result: Node | None = None
        for edition, node in reversed(list(zip(definition.editions, found, strict=True))):
            if edition.start is None:
                return node
            result = self._in_edition(definition, edition, node, result or Undecided(whole, 0, definition.name))
        return result

    def _in_edition(self, definition: Definition, edition: DefinitionEdition, node: Node, after: Node) -> Node:
        day = Builtin(DATE, 0, "governing_date")
        tests: list[Node] = []
        if edition.start is not None:
            tests.append(Compare(BOOL, 0, ">=", day, Literal(DATE, 0, edition.start)))
        if edition.end is not None:
            tests.append(Compare(BOOL, 0, "<=", day, Literal(DATE, 0, edition.end)))
        test = tests[0] if len(tests) == 1 else Joined(BOOL, 0, "and", tuple(tests))
        return Choice(hull(node.type, after.type), 0, test, node, after)

    def _of_edition(self, definition: Definition, edition: DefinitionEdition) -> Node | None:
        """The expression of an edition; by region, a choice over the regions that have their own."""
        if not edition.values:
            return None
        nodes = {key: self._typed(entry) for key, entry in edition.values.items()}
        if any(node is None for node in nodes.values()):
            return None
        found = {key: node for key, node in nodes.items() if node is not None}
        result = found.pop(DEFAULT)
        if not found:
            return result
        region = self._region(definition, found)
        if region is None or not self._agree(definition, [result, *found.values()]):
            return None
        for text, keys in _regions_by_text(edition.values).items():
            node = found[keys[0]]
            same = Literal(region.type, 0, keys[0])
            one = Compare(BOOL, 0, "=", region, same) if len(keys) == 1 else OneOf(BOOL, 0, region, keys)
            if text != str(edition.values[DEFAULT].value):
                result = Choice(hull(node.type, result.type), 0, one, node, result)
        return result

    def _region(self, definition: Definition, keys: Iterable[str]) -> FactRef | None:
        name = self.scope.region_fact
        if name is None or name not in self.scope.facts:
            self._note(
                definition, "no_region", f"Определение «{definition.name}» зависит от региона, а чей он — не сказано.",
                what_to_do="Добавьте в меру region_fact с фактом словаря.",
            )  # fmt: skip
            return None
        kind = self.scope.facts[name]
        for key in keys:
            if kind.kind is Kind.TEXT and key not in kind.values:
                what = f"Региона «{key}» нет среди значений факта «{name}»."
                self._note(definition, "undeclared_value", what, what_to_do=near_miss(key, kind.values))
                return None
        return FactRef(kind, 0, name)

    def _agree(self, definition: Definition, nodes: list[Node]) -> bool:
        if all(same_kind(nodes[0], node) for node in nodes[1:]):
            return True
        kinds = ", ".join(dict.fromkeys(node.type.kind.value for node in nodes))
        self._note(
            definition, "branches_differ", f"Значения определения «{definition.name}» разного вида: {kinds}.",
            what_to_do="Все редакции и регионы должны давать один вид.",
        )  # fmt: skip
        return False

    def _typed(self, entry: Entry) -> Node | None:
        text = self.findings.expression(entry)
        if text is None:
            return None
        node, mistakes = typed(text, replace(self.scope, steps=self.types))
        self.findings.add_mistakes(entry, mistakes)
        return None if mistakes or node is None or node.type.kind is Kind.BROKEN else node


def _regions_by_text(values: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    """Expression → the regions that have it, the common one left out: equal rules make one branch."""
    found: dict[str, tuple[str, ...]] = {}
    for key, entry in values.items():
        if key != DEFAULT:
            text = str(entry.value)
            found[text] = (*found.get(text, ()), key)
    return found
