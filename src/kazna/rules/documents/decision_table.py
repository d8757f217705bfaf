"""Decision tables as steps: rows of conditions and values, lowered to choices of the language.

A table means: `first` — the value of the first row that holds; `unique` — at most one row can hold, and that is
proven from ranges and declared values; `sum`, `max`, `min` — over all rows that hold. `otherwise` is the value
when none does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.language.cases import Cases, test_of
from kazna.rules.language.nodes import Builtin, FactRef, Literal, Node, StepRef
from kazna.rules.language.parsing import parse
from kazna.rules.language.scope import Scope
from kazna.rules.language.syntax import Tree
from kazna.rules.language.types import Kind, Type
from kazna.rules.language.typing import typed, typed_tree
from kazna.rules.problems import Place

KEYS = ("inputs", "hit", "rows", "otherwise", "notes")
ROW_KEYS = ("when", "then", "title", "law", "notes")
INPUT_KEYS = ("title", "value", "notes")
HITS = ("first", "unique", "sum", "max", "min")
MOST_ROWS = 200
PLAIN = (FactRef, StepRef, Literal, Builtin)


@dataclass(frozen=True, slots=True)
class Input:
    """A value computed once for the whole table, shown as a step of its own."""

    name: str
    title: str
    node: Node
    entry: Entry


@dataclass(slots=True)
class DecisionTable:
    """A table read: `node` is the whole of it, None when it cannot be used."""

    inputs: list[Input]
    node: Node | None


@dataclass(frozen=True, slots=True)
class _Row:
    when: Node
    then: Node
    when_tree: Tree
    then_tree: Tree
    entry: Entry


def read_decision_table(findings: Findings, entry: Entry, scope: Scope, step: str, title: str) -> DecisionTable:
    """The table of a step. `scope` holds the steps before it."""
    return _Reading(findings, scope, step, title).table(entry)


def texts_of(entry: Entry) -> Iterator[Entry]:
    """Every expression of a table, for finding what it uses."""
    inputs, rows, otherwise = entry.get("inputs"), entry.get("rows"), entry.get("otherwise")
    for _, given in inputs.items() if inputs else []:
        value = given.get("value") if given.is_map else given
        if value is not None:
            yield value
    for row in rows.parts() if rows else []:
        yield from (found for key in ("when", "then") if (found := row.get(key)) is not None)
    if otherwise is not None:
        yield otherwise


@dataclass(slots=True)
class _Reading:
    findings: Findings
    scope: Scope
    step: str
    title: str

    def table(self, entry: Entry) -> DecisionTable:
        what = f"таблица шага «{self.step}»"
        if not self.findings.only_keys(entry, KEYS, what):
            return DecisionTable([], None)
        hit = self.findings.word(self.findings.needed(entry, "hit", what), HITS)
        inputs = self._inputs(entry.get("inputs"))
        section = self.findings.needed(entry, "rows", what)
        parts = section.parts() if section else []
        if section is not None and (not parts or len(parts) > MOST_ROWS):
            self.findings.add(section.place, "rows_needed", f"Нужны строки, не больше {MOST_ROWS}: {what}.")
        rows = [self._row(part, what) for part in parts]
        given = entry.get("otherwise")
        otherwise = self._expression(given, None) if given is not None else None
        good = [row for row in rows if row is not None]
        if not hit or not good or len(good) != len(parts) or (given is not None and otherwise is None):
            return DecisionTable(inputs, None)
        if not self._is_sound(hit, good, otherwise is not None, entry, what):
            return DecisionTable(inputs, None)
        return DecisionTable(inputs, self._lowered(hit, good, otherwise, entry))

    def _inputs(self, section: Entry | None) -> list[Input]:
        """A bare name is put in place; anything longer becomes a step computed once."""
        found: list[Input] = []
        aliases: dict[str, Node] = dict(self.scope.aliases)
        for name, part in section.items() if section else []:
            place = section.key_places.get(name, part.place) if section else part.place
            if not (name.isascii() and name.isidentifier()) or name in self.scope.bare_names():
                self.findings.add(
                    place, "name_taken", f"Имя «{name}» занято или не годится.", what_to_do="Дайте другое."
                )
                continue
            if part.is_map and not self.findings.only_keys(part, INPUT_KEYS, f"вход «{name}»"):
                continue
            value = self.findings.needed(part, "value", f"вход «{name}»") if part.is_map else part
            typed_value = self._expression(value, None) if value is not None else None
            if typed_value is None or value is None:
                continue
            node = typed_value[0]
            if isinstance(node, PLAIN) and not part.is_map:
                aliases[name] = node
                continue
            full = f"{self.step}__{name}"
            aliases[name] = StepRef(node.type, 0, full)
            found.append(Input(full, self.findings.text(part.get("title")) or f"{self.title}: {name}", node, value))
        self.scope = replace(self.scope, aliases=aliases)
        return found

    def _row(self, part: Entry, what: str) -> _Row | None:
        if not self.findings.only_keys(part, ROW_KEYS, f"строка, {what}"):
            return None
        when = self.findings.needed(part, "when", f"строка, {what}")
        then = self.findings.needed(part, "then", f"строка, {what}")
        condition = self._expression(when, Kind.BOOL) if when is not None else None
        value = self._expression(then, None) if then is not None else None
        if condition is None or value is None:
            return None
        return _Row(condition[0], value[0], condition[1], value[1], part)

    def _expression(self, entry: Entry, kind: Kind | None) -> tuple[Node, Tree] | None:
        text = self.findings.expression(entry)
        if text is None:
            return None
        node, mistakes = typed(text, self.scope)
        self.findings.add_mistakes(entry, mistakes)
        if node is None or mistakes:
            return None
        if kind is not None and node.type.kind is not kind:
            self.findings.add(
                entry.place, "result_kind", f"Здесь нужно: {kind.value}, а получается: {node.type.kind.value}.",
                what_to_do="Проверьте выражение.",
            )  # fmt: skip
            return None
        return node, parse(text)

    def _is_sound(self, hit: str, rows: list[_Row], has_otherwise: bool, entry: Entry, what: str) -> bool:
        """Rows of a `unique` table exclude one another; without `otherwise` some row always holds."""
        if hit != "unique" and has_otherwise:
            return True
        before = len(self.findings.problems)
        cases = Cases()
        for row in rows:
            cases.add(row.when)
        tests = [(row, test_of(row.when)) for row in rows]
        tried = cases.all()
        if tried is None:
            self.findings.add(
                entry.place, "too_many_cases", f"Не доказать, что строки не спорят и покрывают всё: {what}.",
                "Слишком много сочетаний.", "Разбейте таблицу или пишите hit: first и otherwise.",
            )  # fmt: skip
            return False
        conflicting: set[Place] = set()
        for case in tried:
            found = [row for row, test in tests if test(case)]
            if hit == "unique" and len(found) > 1 and found[1].entry.place not in conflicting:
                conflicting.add(found[1].entry.place)
                self.findings.add(
                    found[1].entry.place, "table_conflict", f"Две строки могут выполниться вместе: {what}.",
                    f"Эта и строка {found[0].entry.place.line}.", "Сузьте условия или пишите hit: first.",
                )  # fmt: skip
            if not found and not has_otherwise and (hit in ("first", "unique")):
                self.findings.add_once(
                    entry.place, "table_hole", f"Есть случай, для которого нет строки: {what}.",
                    described_case(cases, case), "Добавьте строку или otherwise.",
                )  # fmt: skip
                break
        if hit not in ("first", "unique") and not has_otherwise:
            self.findings.add(
                entry.place, "table_hole", f"Нет otherwise: {what}.", "Может не выполниться ни одна строка.",
                "Добавьте otherwise: 0 или другое значение.",
            )  # fmt: skip
        return len(self.findings.problems) == before

    def _lowered(self, hit: str, rows: list[_Row], otherwise: tuple[Node, Tree] | None, entry: Entry) -> Node | None:
        last = otherwise[1] if otherwise is not None else rows[-1].then_tree
        if hit in ("first", "unique"):
            tree = last
            for row in reversed(rows if otherwise is not None else rows[:-1]):
                tree = Tree("if", 0, (row.when_tree, row.then_tree, tree))
        else:
            tree = self._over_all(hit, rows, last)
        node, mistakes = typed_tree(tree, self.scope)
        for mistake in mistakes:
            self.findings.add_once(entry.place, mistake.code, mistake.what, mistake.why, mistake.what_to_do)
        return None if mistakes or node.type.kind is Kind.BROKEN else node

    def _over_all(self, hit: str, rows: list[_Row], otherwise: Tree) -> Tree:
        """`sum`, `max`, `min`: a row that does not hold gives a value that cannot matter."""
        kind = rows[0].then.type
        idle = _idle(hit, [row.then.type for row in rows])
        parts = tuple(Tree("if", 0, (row.when_tree, row.then_tree, idle)) for row in rows)
        tree = parts[0]
        if hit == "sum":
            for part in parts[1:]:
                tree = Tree("+", 0, (tree, part))
            if otherwise.kind in ("number", "rub") and otherwise.value == 0:
                return tree
        elif len(parts) > 1:
            word = hit if kind.kind is not Kind.DATE else {"max": "latest", "min": "earliest"}[hit]
            tree = Tree("call", 0, parts, word)
        some = tuple(row.when_tree for row in rows)
        return Tree("if", 0, (some[0] if len(some) == 1 else Tree("or", 0, some), tree, otherwise))


def _idle(hit: str, kinds: list[Type]) -> Tree:
    """Zero for a sum; for an extreme, a value no row can be beyond."""
    if hit == "sum":
        return Tree("number", 0, value=Fraction(0))
    if kinds[0].kind is Kind.DATE:
        return Tree("date", 0, value=date.min if hit == "max" else date.max)
    end = min(kind.lo for kind in kinds) if hit == "max" else max(kind.hi for kind in kinds)
    return Tree("rub" if kinds[0].kind is Kind.MONEY else "number", 0, value=end)


def described_case(cases: Cases, case: object) -> str:
    """«Например, при таких значениях: 4, true»: the values compared with constants, in the author's order."""
    assert isinstance(case, dict)
    names = {atom: node for atom, node in cases.nodes.items() if isinstance(node, (FactRef, StepRef))}
    said = [f"{getattr(node, 'name', '')} = {_said(case[atom], node.type)}" for atom, node in names.items()]
    return f"Например: {', '.join(said)}." if said else "Такое сочетание условий не описано."


def _said(value: object, kind: Type) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        shown = value / 100 if kind.kind is Kind.MONEY else value
        decimal = Decimal(shown.numerator) / shown.denominator
        return f"{decimal:f}" if Fraction(decimal) == shown else str(shown)
    return str(value)
