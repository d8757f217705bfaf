"""Put the steps of a measure in an order in which each finds the values it needs."""

from __future__ import annotations

from kazna.rules.documents.decision_table import texts_of
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.language.parsing import parse
from kazna.rules.language.tokens import Mistake

KEYS = ("title", "value", "table", "law", "place", "notes")


def ordered_steps(findings: Findings, section: Entry) -> list[tuple[str, Entry]]:
    """Steps after those they use; a circle is noted and left out."""
    entries = {name: entry for name, entry in section.items() if findings.only_keys(entry, KEYS, f"шаг «{name}»")}
    needs = {name: _needs(entry, entries) for name, entry in entries.items()}
    ordered: list[str] = []
    while ready := [name for name in entries if name not in ordered and needs[name] <= set(ordered)]:
        ordered.append(ready[0])  # one at a time keeps the author's order wherever it can be computed
    circle = [name for name in entries if name not in ordered]
    for name in circle:
        findings.add(
            section.key_places.get(name, section.place), "cycle", f"Шаг «{name}» зависит сам от себя.",
            f"По кругу: {', '.join(circle)}.", "Разорвите круг.",
        )  # fmt: skip
    return [(name, entries[name]) for name in ordered]


def _needs(entry: Entry, steps: dict[str, Entry]) -> set[str]:
    value, table = entry.get("value"), entry.get("table")
    texts = [value] if value is not None else list(texts_of(table)) if table is not None else []
    found: set[str] = set()
    for part in texts:
        try:
            found |= {name.word() for name in parse(part.value).names()} if isinstance(part.value, str) else set()
        except Mistake:
            continue  # noted where the expression is typed
    return found & steps.keys()
