"""Read a measure file against the names of the library; every problem is noted and reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kazna.rules.documents.card import KEYS, check_card, read_edition, read_laws, region_fact_of
from kazna.rules.documents.definition_steps import DefinitionSteps
from kazna.rules.documents.definitions import Definition
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.passport import read_passport
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.rule_parts import PartsReading
from kazna.rules.documents.shared import Shared
from kazna.rules.documents.tables import Table, read_tables
from kazna.rules.documents.unfilled import note_unfilled
from kazna.rules.language.scope import Scope
from kazna.rules.language.tokens import RESERVED
from kazna.rules.language.types import Kind
from kazna.rules.problems import near_miss

FORMS_WITH_MONEY = ("cash", "certificate")


Tests = Callable[[], tuple[Entry, ...]]


def read_measure(
    findings: Findings, entry: Entry, scope: Scope, shared: Shared, tests: Tests | None = None
) -> Measure | None:
    """The measure, or None when it cannot be used (the reasons are noted).

    `tests` gives its examples when they are not in `entry`.
    """
    before = len(findings.problems)
    if not findings.only_keys(entry, KEYS, "мера"):
        return None
    check_card(findings, entry)
    note_unfilled(findings, entry)
    names = _Names(findings, entry, scope, shared)
    tables = names.tables()
    scopes = {name: table.scope for name, table in tables.items()}
    scope = replace(scope, tables=scopes, region_fact=region_fact_of(findings, entry))
    laws = read_laws(findings, entry)
    start, end = read_edition(findings, entry)
    parameters = names.parameters()
    uses = names.uses()
    definitions = DefinitionSteps(findings, scope, shared.definitions, laws=dict(laws))
    definitions.take(uses)
    names.check_steps(definitions.types)
    visible = {name: definitions.types[name] for name in uses if name in definitions.types}
    scope = replace(scope, steps=visible, definitions=frozenset(shared.definitions))
    parts = PartsReading(findings, laws, scope)
    governing_entry = findings.needed(entry, "governing_date", "мера")
    dateless = replace(scope, steps={}, has_governing_date=False)
    governing = parts.typed(governing_entry, Kind.DATE, dateless) if governing_entry else None
    steps = parts.steps(entry.get("steps"))
    section = findings.needed(entry, "conditions", "мера")
    conditions = parts.conditions(section)
    if section is not None and not section.parts():
        findings.add(
            section.place, "no_conditions", "У меры нет ни одного условия.", "Её получил бы каждый.",
            "Опишите, кому она положена.",
        )  # fmt: skip
    if findings.text(entry.get("form")) in FORMS_WITH_MONEY:
        findings.needed(entry, "amount", "мера")
    amount = parts.amount(entry.get("amount"))
    term_from, term_to = parts.term(entry.get("term"))
    choices = read_passport(findings, entry, lambda when: parts.typed(when, Kind.BOOL))
    own_tests = entry.get("tests")
    errors = any(problem.severity == "error" for problem in findings.problems[before:])
    if errors or start is None or governing is None:
        return None
    title = findings.text(entry.get("title"))
    return Measure(
        id=findings.text(entry.get("measure")),
        title=title,
        short_title=findings.text(entry.get("short_title")) or title,
        start=start,
        end=end,
        law=definitions.laws,
        governing=governing,
        steps=(*definitions.steps, *steps),
        conditions=conditions,
        amount=amount,
        term_from=term_from,
        term_to=term_to,
        parameters=parameters,
        tables=tables,
        choices=choices,
        calendar=shared.calendar,
        definitions={name: _as_written(shared.definitions[name]) for name in definitions.types},
        read_tests=tests or (lambda: tuple(own_tests.parts()) if own_tests else ()),
        place=entry.place,
        plain={key: part.plain() for key, part in entry.items() if key != "tests"},
    )


def _as_written(definition: Definition) -> dict[str, object]:
    """What a digest must change with: the text of the definition and the acts it cites."""
    return {"text": definition.plain, "law": definition.laws}


@dataclass(slots=True)
class _Names:
    """The names a measure adds or lists: its own may not hide shared ones."""

    findings: Findings
    entry: Entry
    scope: Scope
    shared: Shared

    def tables(self) -> dict[str, Table]:
        section = self.entry.get("tables")
        if section is None:
            return dict(self.shared.tables)
        self._check_free(section, ())
        return {**self.shared.tables, **read_tables(self.findings, section)}

    def check_steps(self, definitions: Iterable[str]) -> None:
        section = self.entry.get("steps")
        if section is not None:
            self._check_free(section, definitions)

    def uses(self) -> tuple[str, ...]:
        """The shared definitions it names; those that do not exist are noted."""
        section = self.entry.get("uses")
        known = self.shared.definitions
        for part in section.parts() if section else []:
            name = self.findings.text(part)
            if name not in known:
                advice = near_miss(name, known)
                where = "Общие определения лежат в папке definitions."
                self.findings.add(part.place, "unknown_name", f"Определения «{name}» нет.", where, advice)
        return tuple(name for name in dict.fromkeys(self.findings.words(section)) if name in known)

    def _check_free(self, section: Entry, definitions: Iterable[str]) -> None:
        taken = {*self.scope.parameters, *self.shared.tables, *self.scope.relations, *definitions, *RESERVED}
        for name, _ in section.items():
            if name in taken or not (name.isascii() and name.isidentifier()):
                place = section.key_places.get(name, section.place)
                advice = "Выберите другое, латиницей."
                self.findings.add(place, "name_taken", f"Имя «{name}» занято или не годится.", what_to_do=advice)

    def parameters(self) -> tuple[str, ...]:
        section = self.entry.get("parameters")
        for part in section.parts() if section else []:
            name = self.findings.text(part)
            if name not in self.scope.parameters:
                advice = near_miss(name, self.scope.parameters)
                where = "Параметры лежат в папке parameters."
                self.findings.add(part.place, "unknown_name", f"Параметра «{name}» нет.", where, advice)
        return tuple(self.findings.words(section))
