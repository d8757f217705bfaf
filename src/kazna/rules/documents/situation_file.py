"""A situation written by hand: `{on: 2026-03-01, given: {fact: value, …}}`, as examples write it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kazna.rules.documents.example import ExampleReading
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.documents.strict_yaml import Unreadable, read_yaml
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.problems import RuleProblems
from kazna.rules.situation import Situation

KEYS = ("on", "given", "name", "notes")


def read_situation(
    path: Path, facts: Mapping[str, FactDefinition], relations: Mapping[str, RelationDefinition]
) -> tuple[Situation, date | None]:
    """The situation and its day, from YAML or JSON; raises RuleProblems with every mistake."""
    findings = Findings()
    try:
        document = read_yaml(path, name=path.name)
    except Unreadable as error:
        raise RuleProblems([error.problem]) from None
    reading = ExampleReading(findings, facts, relations, {})
    findings.only_keys(document, KEYS, "ситуация")
    given = findings.needed(document, "given", "ситуация")
    on = findings.day(document.get("on"))
    situation = reading.situation(given) if given is not None else Situation({})
    if findings.problems:
        raise RuleProblems(findings.problems)
    return situation, on
