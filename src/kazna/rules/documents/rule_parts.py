"""The parts of a measure that hold expressions: steps, conditions, amount, term — typed and cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kazna.rules.documents.decision_table import Input, read_decision_table
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Citation, Condition, Formula, Step
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.steps import ordered_steps
from kazna.rules.language.nodes import Node
from kazna.rules.language.scope import Scope
from kazna.rules.language.types import BROKEN, Kind, Type
from kazna.rules.language.typing import typed
from kazna.rules.problems import near_miss

CONDITION_KEYS = ("id", "title", "when", "law", "place", "since", "until", "otherwise_ask", "refusal", "notes")
AMOUNT_KEYS = ("title", "law", "place", "value", "notes")
TERM_KEYS = ("title", "law", "place", "from", "to", "notes")


@dataclass(slots=True)
class PartsReading:
    """Reads expressions in a scope that grows by the steps once they are read."""

    findings: Findings
    laws: Mapping[str, object]
    scope: Scope

    def typed(self, entry: Entry, kind: Kind | None, scope: Scope | None = None) -> Node | None:
        """The expression, when it has no mistakes and gives the kind wanted (None: any)."""
        text = self.findings.expression(entry)
        if text is None:
            return None
        node, mistakes = typed(text, scope or self.scope)
        self.findings.add_mistakes(entry, mistakes)
        if node is None or mistakes or node.type.kind is Kind.BROKEN:
            return None
        if kind is not None and node.type.kind is not kind:
            self.findings.add(
                entry.place, "result_kind", f"Здесь нужно: {kind.value}, а получается: {node.type.kind.value}.",
                what_to_do="Проверьте выражение.",
            )  # fmt: skip
            return None
        return node

    def steps(self, section: Entry | None) -> tuple[Step, ...]:
        """Steps in the order of computation; later expressions may name them. A step that cannot be read is
        broken, so that those who name it are not blamed for it.
        """
        steps: list[Step] = []
        types: dict[str, Type] = dict(self.scope.steps)
        types |= {name: BROKEN for name, _ in section.items()} if section else {}
        self.scope = replace(self.scope, steps=types)
        for name, entry in ordered_steps(self.findings, section) if section else []:
            title = self.findings.text(self.findings.needed(entry, "title", f"шаг «{name}»")) or name
            citation = self.citation(entry)
            source = None
            if entry.get("table") is not None:
                inputs, node = self._table(name, title, entry)
                for one in inputs:
                    types[one.name] = one.node.type
                    steps.append(Step(one.name, one.title, one.node, citation, one.entry.place, source=one.entry))
            else:
                source = self.findings.needed(entry, "value", f"шаг «{name}»")
                node = self.typed(source, None) if source else None
            if node is not None:
                types[name] = node.type
                steps.append(Step(name, title, node, citation, entry.place, source=source))
        return tuple(steps)

    def _table(self, name: str, title: str, entry: Entry) -> tuple[list[Input], Node | None]:
        table = entry.value["table"]
        if entry.get("value") is not None:
            self.findings.add(
                table.place, "value_shape", f"Или value, или table: шаг «{name}».", what_to_do="Оставьте одно."
            )
        found = read_decision_table(self.findings, table, self.scope, name, title)
        return found.inputs, found.node

    def conditions(self, section: Entry | None) -> tuple[Condition, ...]:
        found: dict[str, Condition] = {}
        for entry in section.parts() if section else []:
            condition = self._condition(entry)
            if condition is not None and condition.id in found:
                self.findings.add(
                    entry.place, "name_taken", f"Условие «{condition.id}» уже есть.", what_to_do="Дайте другое id."
                )
            elif condition is not None:
                found[condition.id] = condition
        return tuple(found.values())

    def _condition(self, entry: Entry) -> Condition | None:
        if not self.findings.only_keys(entry, CONDITION_KEYS, "условие"):
            return None
        identity = self.findings.text(self.findings.needed(entry, "id", "условие"))
        what = f"условие «{identity}»"
        title = self.findings.text(self.findings.needed(entry, "title", what))
        when = self.findings.needed(entry, "when", what)
        self._check_cited(entry, what)
        node = self.typed(when, Kind.BOOL) if when else None
        if node is None or when is None:
            return None
        return Condition(
            id=identity,
            title=title,
            node=node,
            citation=self.citation(entry),
            since=self.findings.day(entry.get("since")),
            until=self.findings.day(entry.get("until")),
            ask=self.findings.text(entry.get("otherwise_ask")),
            refusal=self.findings.text(entry.get("refusal")),
            place=when.place,
            source=when,
        )

    def amount(self, entry: Entry | None) -> Formula | None:
        """Money proven to be whole kopecks."""
        if entry is None or not self.findings.only_keys(entry, AMOUNT_KEYS, "сумма"):
            return None
        self._check_cited(entry, "сумма")
        value = self.findings.needed(entry, "value", "сумма")
        node = self.typed(value, Kind.MONEY) if value else None
        if node is None or value is None:
            return None
        if not node.type.is_whole:
            self.findings.add(
                value.place, "not_rounded", "Сумма может получиться с долями копейки.",
                "Закон платит целыми копейками, и правило округления должно быть названо.",
                "Оберните её: round_half_up(…, 1).",
            )  # fmt: skip
        return Formula(self.findings.text(entry.get("title")), node, self.citation(entry), value.place, value)

    def term(self, entry: Entry | None) -> tuple[Formula | None, Formula | None]:
        """The first and the last day of the award; no last day means open."""
        if entry is None or not self.findings.only_keys(entry, TERM_KEYS, "срок"):
            return None, None
        self._check_cited(entry, "срок")
        self.findings.needed(entry, "from", "срок")
        return self._end(entry, "from"), self._end(entry, "to")

    def _end(self, entry: Entry, key: str) -> Formula | None:
        given = entry.get(key)
        node = self.typed(given, Kind.DATE) if given else None
        return Formula("", node, self.citation(entry), given.place, given) if node and given else None

    def citation(self, entry: Entry) -> Citation:
        section = entry.get("law")
        keys = self.findings.words(section)
        for key in keys:
            if section is not None and key not in self.laws:
                advice = near_miss(key, self.laws)
                self.findings.add(section.place, "unknown_law", f"В разделе law нет «{key}».", what_to_do=advice)
        return Citation(tuple(keys), self.findings.text(entry.get("place")))

    def _check_cited(self, entry: Entry, what: str) -> None:
        if entry.get("law") is None:
            self.findings.add(
                entry.place, "no_citation", f"Нет ссылки на закон: {what}.",
                "Человек вправе знать, откуда это требование.", "Добавьте law: с ключом из раздела law.",
            )  # fmt: skip
