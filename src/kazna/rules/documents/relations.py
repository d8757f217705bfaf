"""Relations: which people a law counts (a family, the children), in parts with conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.language.nodes import Node
from kazna.rules.language.scope import RelationScope, Scope
from kazna.rules.language.types import Kind
from kazna.rules.language.typing import typed
from kazna.rules.problems import Place, near_miss

KEYS = ("title", "law", "min", "max", "same_facts_as", "parts", "notes")
PART_KEYS = ("id", "title", "tie", "when", "law")


@dataclass(frozen=True, slots=True)
class RelationPart:
    """A candidate with this `tie` belongs when `when` holds (None: always)."""

    id: str
    title: str
    tie: str
    law: str
    when: Node | None


@dataclass(frozen=True, slots=True)
class RelationDefinition:
    """`facts`: short name → definition. `text`: the plain source, for the digest."""

    name: str
    title: str
    law: str
    least: int
    most: int
    facts: Mapping[str, FactDefinition]
    parts: tuple[RelationPart, ...]
    place: Place
    plain: object

    def scope(self) -> RelationScope:
        return RelationScope({name: fact.type for name, fact in self.facts.items()}, self.least, self.most)


def read_relations(
    findings: Findings, sections: list[Entry], facts: Mapping[str, FactDefinition]
) -> dict[str, RelationDefinition]:
    """Every relation; its facts are the vocabulary names that start with it (or with `same_facts_as`)."""
    entries = {name: entry for section in sections for name, entry in section.items()}
    bare = {name: _bare(findings, name, entry, entries, facts) for name, entry in entries.items()}
    scope = Scope(
        facts={name: fact.type for name, fact in facts.items() if name.partition(".")[0] not in bare},
        relations={name: relation.scope() for name, relation in bare.items()},
    )
    return {
        name: replace(relation, parts=_parts(findings, name, entries[name], scope)) for name, relation in bare.items()
    }


def _bare(
    findings: Findings, name: str, entry: Entry, entries: Mapping[str, Entry], facts: Mapping[str, FactDefinition]
) -> RelationDefinition:
    what = f"список «{name}»"
    findings.only_keys(entry, KEYS, what)
    owner = findings.text(entry.get("same_facts_as")) or name
    if owner not in entries:
        place = entry.value["same_facts_as"].place
        findings.add(place, "unknown_name", f"Списка «{owner}» нет.", what_to_do=near_miss(owner, entries))
    own = {fact.partition(".")[2]: facts[fact] for fact in facts if fact.startswith(owner + ".")}
    least, most = findings.number(entry.get("min")) or 0, findings.number(entry.get("max")) or 30
    if least > most:
        findings.add(entry.place, "range_order", f"min больше max: {what}.", what_to_do="Поменяйте их местами.")
    law = findings.text(findings.needed(entry, "law", what))
    title = findings.text(findings.needed(entry, "title", what))
    return RelationDefinition(name, title, law, int(least), int(most), own, (), entry.place, entry.plain())


def _parts(findings: Findings, name: str, entry: Entry, scope: Scope) -> tuple[RelationPart, ...]:
    section = findings.needed(entry, "parts", f"список «{name}»")
    parts = []
    for part in section.parts() if section else []:
        what = f"часть списка «{name}»"
        if not findings.only_keys(part, PART_KEYS, what):
            continue
        tie = findings.text(findings.needed(part, "tie", what))
        identity = findings.text(part.get("id")) or tie
        when = _when(findings, name, part.get("when"), scope)
        parts.append(
            RelationPart(identity, findings.text(part.get("title")), tie, findings.text(part.get("law")), when)
        )
    return tuple(parts)


def _when(findings: Findings, name: str, entry: Entry | None, scope: Scope) -> Node | None:
    if entry is None:
        return None
    node, mistakes = typed(findings.text(entry), scope, relation=name)
    findings.add_mistakes(entry, mistakes)
    if node is not None and not mistakes and node.type.kind is not Kind.BOOL:
        findings.add(
            entry.place, "truth_needed", "В when нужно условие да/нет.", what_to_do="Сравните значение с чем-нибудь."
        )
    return node if not mistakes else None
