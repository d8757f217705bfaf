"""Definitions nobody uses are read too, so that a mistake does not wait for its first user."""

from __future__ import annotations

from kazna.rules.documents.definition_steps import DefinitionSteps
from kazna.rules.documents.reading import Findings
from kazna.rules.language.scope import Scope
from kazna.rules.library import Library


def check_definitions(findings: Findings, library: Library) -> None:
    used = {name for editions in library.measures.values() for one in editions for name in one.measure.definitions}
    idle = [name for name in library.definitions if name not in used]
    scope = Scope(
        facts={
            name: fact.type for name, fact in library.facts.items() if name.partition(".")[0] not in library.relations
        },
        relations={name: relation.scope() for name, relation in library.relations.items()},
        parameters={name: parameter.scope() for name, parameter in library.parameters.items()},
        tables={name: table.scope for name, table in library.tables.items()},
        region_fact=next((name for name in library.facts if name.endswith(".region")), None),
    )
    DefinitionSteps(findings, scope, library.definitions).take(idle)
    named = {other for definition in library.definitions.values() for other in definition.names}
    for name in (name for name in idle if name not in named):
        findings.add(
            library.definitions[name].place, "unused", f"Определение «{name}» никто не использует.", "",
            "Назовите его в uses или уберите.", "warning",
        )  # fmt: skip
