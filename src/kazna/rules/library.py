"""All rule documents of a folder, read, checked against one another and ready to determine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from kazna.kernel.collector import without_collector
from kazna.kernel.errors import DomainError
from kazna.rules.compile.base import CannotCompile
from kazna.rules.compile.python import compile_python
from kazna.rules.determination import Quick
from kazna.rules.documents.calendar import read_calendar
from kazna.rules.documents.definitions import Definition, read_definitions, read_file_laws
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.files import NO_TEXTS, LawFiles, Texts
from kazna.rules.documents.folders import law_folders
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.measure_reading import read_measure
from kazna.rules.documents.parameters import Parameter, Parameters, read_parameters
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.regulations import Regulations, merged, read_regulations
from kazna.rules.documents.relations import RelationDefinition, read_relations
from kazna.rules.documents.shared import Shared
from kazna.rules.documents.tables import Table, read_tables
from kazna.rules.documents.vocabulary import FactDefinition, read_facts
from kazna.rules.edition import Edition
from kazna.rules.evaluate.calendar import Calendar
from kazna.rules.language.scope import Scope
from kazna.rules.problems import Problem, RuleProblems

SECTIONS = {
    "facts": ("facts", "relations", "kinds"),
    "parameters": ("parameters", "tables"),
    "definitions": ("law", "definitions"),
}


class NoEdition(DomainError):
    """No edition of the measure is in force on the day."""

    sentence = "У меры «{measure}» нет редакции, действующей {on}."


@dataclass(frozen=True)
class Library:
    """A release of the law. `measures`: id → editions by date. `digest` changes with any byte of it.

    `facts`: the whole vocabulary, members' facts under `relation.fact`. `kinds`: the plain fact catalogue.
    `definitions`: shared rules. `warnings`: what reading noted without refusing. `own`: measures of the folder
    itself, without those of the folders it extends. `regulations`: typical ways of delivery by name.
    """

    measures: Mapping[str, list[Edition]]
    facts: Mapping[str, FactDefinition]
    relations: Mapping[str, RelationDefinition]
    parameters: Parameters
    tables: Mapping[str, Table]
    definitions: Mapping[str, Definition]
    calendar: Calendar
    kinds: Mapping[str, Any]
    warnings: tuple[Problem, ...]
    digest: str
    own: frozenset[str] = frozenset()
    regulations: Regulations = field(default_factory=dict)

    def passport(self, edition: Edition) -> dict[str, Any]:
        """How an edition is delivered: its own passport over the regulation it names."""
        own: Mapping[str, Any] = edition.document["passport"]
        base = self.regulations.get(str(own.get("regulation")), {})
        return merged({key: part for key, part in base.items() if key not in ("title", "law")}, own)

    def edition(self, measure_id: str, on: date) -> Edition:
        """The edition in force on a day; raises NoEdition."""
        for edition in self.measures.get(measure_id, ()):
            if edition.holds(on):
                return edition
        raise NoEdition(measure=measure_id, on=on)

    def edition_by_digest(self, digest: str) -> Edition:
        """The edition with this digest; raises KeyError when the release does not hold it."""
        return self._by_digest[digest]

    @cached_property
    def _by_digest(self) -> dict[str, Edition]:
        return {edition.digest: edition for editions in self.measures.values() for edition in editions}


def load_library(law_dir: Path, *, base: Path | None = None) -> Library:
    """Read the documents of a folder and of those it extends; raises RuleProblems with every error found.

    `base`: the folder extended when `law.yaml` names none.
    """
    library, problems = read_library(law_dir, base=base)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or library is None:
        raise RuleProblems(errors)
    return library


@without_collector()
def read_library(
    law_dir: Path, *, base: Path | None = None, texts: Texts = NO_TEXTS
) -> tuple[Library | None, list[Problem]]:
    """The library as far as it can be read, and all problems; None when shared parts are broken.

    `texts`: what stands in an editor instead of the file (resolved path → text).
    """
    findings = Findings()
    files = LawFiles(findings, law_folders(findings, law_dir, base), texts)
    shared = {part: files.sections(part, SECTIONS[part]) for part in ("facts", "parameters")}
    facts: dict[str, FactDefinition] = {}
    for section in shared["facts"]["facts"]:
        _merge(findings, facts, read_facts(findings, section), section)
    relations = read_relations(findings, shared["facts"]["relations"], facts)
    parameters: dict[str, Parameter] = {}
    for section in shared["parameters"]["parameters"]:
        _merge(findings, parameters, read_parameters(findings, section), section)
    tables: dict[str, Table] = {}
    for section in shared["parameters"]["tables"]:
        _merge(findings, tables, read_tables(findings, section), section)
    scope = Scope(
        facts={name: fact.type for name, fact in facts.items() if name.partition(".")[0] not in relations},
        relations={name: relation.scope() for name, relation in relations.items()},
        parameters={name: parameter.scope() for name, parameter in parameters.items()},
        tables={name: table.scope for name, table in tables.items()},
    )
    all_parameters = Parameters(parameters)
    common = Shared(tables, _definitions(findings, files, scope), _calendar(findings, files))
    measures = _measures(findings, files, scope, common)
    editions: dict[str, list[Edition]] = {}
    for measure in sorted(measures, key=lambda measure: (measure.id, measure.start)):
        editions.setdefault(measure.id, []).append(Edition(measure, facts, relations, all_parameters, _quick))
    kinds = {name: kind.plain() for section in shared["facts"]["kinds"] for name, kind in section.items()}
    library = Library(
        measures=editions,
        facts=facts,
        relations=relations,
        parameters=all_parameters,
        tables=tables,
        definitions=common.definitions,
        calendar=common.calendar,
        kinds=kinds,
        warnings=tuple(problem for problem in findings.problems if problem.severity == "warning"),
        digest=files.digest(),
        regulations=_regulations(findings, files),
        own=frozenset(path.name for path in (law_dir / "measures").glob("*") if path.name in editions),
    )
    return library, sorted(findings.problems, key=lambda problem: problem.place)


def _merge(findings: Findings, into: dict[str, Any], new: Mapping[str, Any], section: Entry) -> None:
    for name, value in new.items():
        if name in into:
            place = section.key_places.get(name, section.place)
            findings.add(
                place, "name_taken", f"Имя «{name}» уже есть в другом файле.", what_to_do="Оставьте одно описание."
            )
        into[name] = value


def _definitions(findings: Findings, files: LawFiles, scope: Scope) -> dict[str, Definition]:
    """Each file has its own acts; the names are common and hide nothing."""
    found: dict[str, Definition] = {}
    for _, document in files.documents("definitions/*.yaml"):
        if not findings.only_keys(document, SECTIONS["definitions"], "файл папки definitions"):
            continue
        section, laws = document.get("definitions"), document.get("law")
        if section is not None:
            acts = read_file_laws(findings, laws) if laws is not None else {}
            _merge(findings, found, read_definitions(findings, section, acts), section)
    for definition in found.values():
        if definition.name in {*scope.parameters, *scope.tables, *scope.relations}:
            findings.add(
                definition.place, "name_taken", f"Имя «{definition.name}» уже занято параметром, таблицей или списком.",
                what_to_do="Дайте другое.",
            )  # fmt: skip
    return found


def _calendar(findings: Findings, files: LawFiles) -> Calendar:
    """The calendar of the folder itself when it has one, else of the law it extends."""
    found = [document for _, document in files.documents("calendar.yaml")]
    return read_calendar(findings, found[-1]) if found else Calendar()


def _regulations(findings: Findings, files: LawFiles) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _, document in files.documents("regulations.yaml"):
        found |= read_regulations(findings, document)
    return found


def _measures(findings: Findings, files: LawFiles, scope: Scope, shared: Shared) -> list[Measure]:
    measures = []
    for path, document, tests in files.measures():
        measure = read_measure(findings, document, scope, shared, tests)
        if measure is not None:
            _check_file(findings, path, measure, document)
            measures.append(measure)
    return measures


def _check_file(findings: Findings, path: Path, measure: Measure, document: Entry) -> None:
    expected = f"{measure.id}/{measure.start.isoformat()}.yaml"
    if f"{path.parent.name}/{path.name}" != expected:
        findings.add(
            document.place,
            "file_name",
            "Имя файла не совпадает с мерой и началом редакции.",
            what_to_do=f"Назовите его {expected}.",
        )


def _quick(edition: Edition) -> Quick | None:
    """What cannot be generated is decided by the program alone."""
    try:
        return compile_python(edition, edition.parameters).decide
    except CannotCompile:
        return None
