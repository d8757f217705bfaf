"""All rule documents of a folder, read, checked against one another and ready to determine."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.rules.documents.calendar import read_calendar
from kazna.rules.documents.definitions import Definition, read_definitions, read_file_laws
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.measure_reading import read_measure
from kazna.rules.documents.parameters import Parameter, Parameters, read_parameters
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.relations import RelationDefinition, read_relations
from kazna.rules.documents.shared import Shared
from kazna.rules.documents.strict_yaml import Unreadable, parse_without, parse_yaml, read_text, read_yaml
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
    `definitions`: shared rules. `warnings`: what reading noted without refusing.
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

    def edition(self, measure_id: str, on: date) -> Edition:
        """The edition in force on a day; raises NoEdition."""
        for edition in self.measures.get(measure_id, ()):
            if edition.holds(on):
                return edition
        raise NoEdition(measure=measure_id, on=on)

    def edition_by_digest(self, digest: str) -> Edition:
        """The edition with this digest; raises KeyError when the release does not hold it."""
        return {edition.digest: edition for editions in self.measures.values() for edition in editions}[digest]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes many small objects that all stay: looking for garbage among them takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_library(law_dir: Path) -> Library:
    """Read `facts`, `parameters` and `measures` of a folder; raises RuleProblems with every error found."""
    library, problems = read_library(law_dir)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or library is None:
        raise RuleProblems(errors)
    return library


@_without_collector()
def read_library(law_dir: Path) -> tuple[Library | None, list[Problem]]:
    """The library as far as it can be read, and all problems; None when shared parts are broken."""
    findings = Findings()
    shared = {folder: _sections(findings, law_dir, folder) for folder in ("facts", "parameters")}
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
    common = Shared(tables, _definitions(findings, law_dir, scope), _calendar(findings, law_dir))
    measures = _measures(findings, law_dir, scope, common)
    editions: dict[str, list[Edition]] = {}
    for measure in sorted(measures, key=lambda measure: (measure.id, measure.start)):
        editions.setdefault(measure.id, []).append(Edition(measure, facts, relations, all_parameters))
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
        digest=_digest(law_dir),
    )
    return library, sorted(findings.problems, key=lambda problem: problem.place)


def _digest(law_dir: Path) -> str:
    """Of the names and bytes of every document: a release is the files as they are."""
    found = hashlib.sha256()
    for path in sorted(law_dir.rglob("*.yaml")):
        content = path.read_bytes()
        found.update(f"{path.relative_to(law_dir).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _document(findings: Findings, law_dir: Path, path: Path) -> Entry | None:
    try:
        return read_yaml(path, name=_name(law_dir, path))
    except Unreadable as error:
        findings.problems.append(error.problem)
        return None


def _name(law_dir: Path, path: Path) -> str:
    return str(path.relative_to(law_dir.parent))


def _sections(findings: Findings, law_dir: Path, folder: str) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {name: [] for name in SECTIONS[folder]}
    for path in sorted((law_dir / folder).glob("*.yaml")):
        document = _document(findings, law_dir, path)
        if document is not None and findings.only_keys(document, SECTIONS[folder], f"файл папки {folder}"):
            for name, section in document.items():
                if name in found and section.is_map:
                    found[name].append(section)
    return found


def _merge(findings: Findings, into: dict[str, Any], new: Mapping[str, Any], section: Entry) -> None:
    for name, value in new.items():
        if name in into:
            place = section.key_places.get(name, section.place)
            findings.add(
                place, "name_taken", f"Имя «{name}» уже есть в другом файле.", what_to_do="Оставьте одно описание."
            )
        into[name] = value


def _definitions(findings: Findings, law_dir: Path, scope: Scope) -> dict[str, Definition]:
    """Each file has its own acts; the names are common and hide nothing."""
    found: dict[str, Definition] = {}
    for path in sorted((law_dir / "definitions").glob("*.yaml")):
        document = _document(findings, law_dir, path)
        if document is None or not findings.only_keys(document, SECTIONS["definitions"], "файл папки definitions"):
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


def _calendar(findings: Findings, law_dir: Path) -> Calendar:
    path = law_dir / "calendar.yaml"
    document = _document(findings, law_dir, path) if path.exists() else None
    return read_calendar(findings, document) if document is not None else Calendar()


def _measures(findings: Findings, law_dir: Path, scope: Scope, shared: Shared) -> list[Measure]:
    measures = []
    for path in sorted((law_dir / "measures").glob("*/*.yaml")):
        name = _name(law_dir, path)
        try:
            text = read_text(path, name=name)
            document, is_cut = parse_without("tests", text, name=name)
        except Unreadable as error:
            findings.problems.append(error.problem)
            continue
        measure = read_measure(findings, document, scope, shared, _tests(text, name) if is_cut else None)
        if measure is not None:
            _check_file(findings, path, measure, document)
            measures.append(measure)
    return measures


def _tests(text: str, name: str) -> Callable[[], tuple[Entry, ...]]:
    """The examples of a document, read when first wanted: a running service never wants them."""

    def read() -> tuple[Entry, ...]:
        section = parse_yaml(text, name=name).get("tests")
        return tuple(section.parts()) if section is not None else ()

    return read


def _check_file(findings: Findings, path: Path, measure: Measure, document: Entry) -> None:
    expected = f"{measure.id}/{measure.start.isoformat()}.yaml"
    if f"{path.parent.name}/{path.name}" != expected:
        findings.add(
            document.place,
            "file_name",
            "Имя файла не совпадает с мерой и началом редакции.",
            what_to_do=f"Назовите его {expected}.",
        )
