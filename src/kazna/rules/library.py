"""All rule documents of a folder, read, checked against one another and ready to determine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kazna.kernel.errors import DomainError
from kazna.rules.documents.entries import Entry
from kazna.rules.documents.folders import law_folders
from kazna.rules.documents.measure import Measure
from kazna.rules.documents.measure_reading import read_measure
from kazna.rules.documents.parameters import Parameter, Parameters, read_parameters
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.relations import RelationDefinition, read_relations
from kazna.rules.documents.strict_yaml import Unreadable, parse_yaml, read_yaml
from kazna.rules.documents.tables import Table, read_tables
from kazna.rules.documents.vocabulary import FactDefinition, read_facts
from kazna.rules.edition import Edition
from kazna.rules.language.scope import Scope
from kazna.rules.problems import Problem, RuleProblems

Texts = Mapping[Path, str]
NO_TEXTS: Texts = {}
SECTIONS = {"facts": ("facts", "relations", "kinds"), "parameters": ("parameters", "tables")}


class NoEdition(DomainError):
    """No edition of the measure is in force on the day."""

    sentence = "У меры «{measure}» нет редакции, действующей {on}."


@dataclass(frozen=True)
class Library:
    """A release of the law. `measures`: id → editions by date. `digest` changes with any byte of it.

    `facts`: the whole vocabulary, members' facts under `relation.fact`. `kinds`: the plain fact catalogue.
    `warnings`: what reading noted without refusing. `own`: measures of the folder itself, without those of the
    folders it extends.
    """

    measures: Mapping[str, list[Edition]]
    facts: Mapping[str, FactDefinition]
    relations: Mapping[str, RelationDefinition]
    parameters: Parameters
    tables: Mapping[str, Table]
    kinds: Mapping[str, Any]
    warnings: tuple[Problem, ...]
    digest: str
    own: frozenset[str] = frozenset()

    def edition(self, measure_id: str, on: date) -> Edition:
        """The edition in force on a day; raises NoEdition."""
        for edition in self.measures.get(measure_id, ()):
            if edition.holds(on):
                return edition
        raise NoEdition(measure=measure_id, on=on)

    def edition_by_digest(self, digest: str) -> Edition:
        """The edition with this digest; raises KeyError when the release does not hold it."""
        return {edition.digest: edition for editions in self.measures.values() for edition in editions}[digest]


def load_library(law_dir: Path, *, base: Path | None = None) -> Library:
    """Read the documents of a folder and of those it extends; raises RuleProblems with every error found.

    `base`: the folder extended when `law.yaml` names none.
    """
    library, problems = read_library(law_dir, base=base)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or library is None:
        raise RuleProblems(errors)
    return library


def read_library(
    law_dir: Path, *, base: Path | None = None, texts: Texts = NO_TEXTS
) -> tuple[Library | None, list[Problem]]:
    """The library as far as it can be read, and all problems; None when shared parts are broken.

    `texts`: what stands in an editor instead of the file (resolved path → text).
    """
    findings = Findings()
    folders = law_folders(findings, law_dir, base)
    shared = {part: _sections(findings, folders, part, texts) for part in SECTIONS}
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
    )
    all_parameters = Parameters(parameters)
    measures = _measures(findings, folders, scope, tables, texts)
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
        kinds=kinds,
        warnings=tuple(problem for problem in findings.problems if problem.severity == "warning"),
        digest=_digest(folders),
        own=frozenset(path.name for path in (law_dir / "measures").glob("*") if path.name in editions),
    )
    return library, sorted(findings.problems, key=lambda problem: problem.place)


def _digest(folders: Sequence[Path]) -> str:
    """Of the names and bytes of every document: a release is the files as they are."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def _document(findings: Findings, folder: Path, path: Path, texts: Texts) -> Entry | None:
    name = str(path.relative_to(folder.parent))
    typed = texts.get(path.resolve()) if texts else None
    try:
        return read_yaml(path, name=name) if typed is None else parse_yaml(typed, name=name)
    except Unreadable as error:
        findings.problems.append(error.problem)
        return None


def _sections(findings: Findings, folders: Sequence[Path], part: str, texts: Texts) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {name: [] for name in SECTIONS[part]}
    for folder, path in _files(folders, f"{part}/*.yaml"):
        document = _document(findings, folder, path, texts)
        if document is not None and findings.only_keys(document, SECTIONS[part], f"файл папки {part}"):
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


def _files(folders: Sequence[Path], pattern: str) -> Iterator[tuple[Path, Path]]:
    """(folder, file) in a fixed order: the extended law first."""
    for folder in folders:
        for path in sorted(folder.glob(pattern)):
            yield folder, path


def _measures(
    findings: Findings, folders: Sequence[Path], scope: Scope, tables: Mapping[str, Table], texts: Texts
) -> list[Measure]:
    measures = []
    for folder, path in _files(folders, "measures/*/*.yaml"):
        document = _document(findings, folder, path, texts)
        measure = read_measure(findings, document, scope, tables) if document is not None else None
        if measure is not None and document is not None:
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
