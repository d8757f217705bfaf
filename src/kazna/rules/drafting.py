"""A measure being written: read and checked against a loaded law in milliseconds, without reading the folder again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kazna.rules.check.coverage import check_coverage
from kazna.rules.check.dates import check_definition_days, check_parameters
from kazna.rules.check.meaning import check_meaning
from kazna.rules.check.names import check_names
from kazna.rules.check.passports import check_passport
from kazna.rules.coverage import Covered, coverage
from kazna.rules.documents.measure_reading import read_measure
from kazna.rules.documents.parameters import Parameter, Parameters, read_parameters
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.shared import Shared
from kazna.rules.documents.strict_yaml import Unreadable, parse_yaml
from kazna.rules.documents.unfilled import as_error
from kazna.rules.edition import Edition
from kazna.rules.examples import ExampleResult, run_edition
from kazna.rules.language.scope import Scope
from kazna.rules.library import Library
from kazna.rules.problems import Problem

MEASURE, FIGURES = "мера", "параметры"


@dataclass(frozen=True)
class Draft:
    """`library`: the law with the draft as the only edition of its measure. `edition` None: it cannot be read.

    `problems`: errors and warnings with places in the draft's two texts, whose names are MEASURE and FIGURES.
    """

    library: Library
    edition: Edition | None
    problems: tuple[Problem, ...]
    examples: tuple[ExampleResult, ...] = ()
    covered: tuple[Covered, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def failed(self) -> list[ExampleResult]:
        return [result for result in self.examples if not result.ok]

    @property
    def tried(self) -> int:
        """Conditions tried on both sides."""
        return sum(row.is_tried for row in self.covered)

    @property
    def is_tested(self) -> bool:
        """No errors, every example holds, every condition is tried on both sides."""
        whole = self.edition is not None and bool(self.examples) and self.tried == len(self.covered)
        return whole and not self.errors and not self.failed


def read_draft(library: Library, measure: str, figures: str = "") -> Draft:
    """The draft read, without its examples."""
    findings = Findings()
    parameters = _figures(findings, library, figures)
    edition = _edition(findings, library, parameters, measure)
    measures = {**library.measures, edition.id: [edition]} if edition else library.measures
    return Draft(
        replace(library, parameters=parameters, measures=measures),
        edition,
        tuple(sorted(map(as_error, findings.problems), key=lambda problem: problem.place)),
    )


def check_draft(library: Library, measure: str, figures: str = "") -> Draft:
    """The draft with all that the check of the law says of one edition, its examples run, its conditions counted."""
    draft = read_draft(library, measure, figures)
    edition = draft.edition
    if edition is None:
        return draft
    findings = Findings()
    check_names(findings, draft.library, edition)
    check_passport(findings, draft.library, edition)
    check_parameters(findings, draft.library, edition)
    check_definition_days(findings, draft.library, edition)
    check_meaning(findings, edition)
    check_coverage(findings, draft.library, edition)
    results = tuple(run_edition(draft.library, edition))
    found = dict.fromkeys([*draft.problems, *map(as_error, findings.problems)])
    return replace(
        draft,
        problems=tuple(sorted(found, key=lambda problem: problem.place)),
        examples=results,
        covered=tuple(coverage(edition, results)),
    )


def _figures(findings: Findings, library: Library, text: str) -> Parameters:
    if not text.strip():
        return library.parameters
    found: Mapping[str, Parameter] = {}
    try:
        section = parse_yaml(text, name=FIGURES).get("parameters")
        found = read_parameters(findings, section) if section is not None else {}
    except Unreadable as error:
        findings.problems.append(error.problem)
    return Parameters({**library.parameters, **found})


def _edition(findings: Findings, library: Library, parameters: Parameters, text: str) -> Edition | None:
    try:
        document = parse_yaml(text, name=MEASURE)
    except Unreadable as error:
        findings.problems.append(error.problem)
        return None
    scope = Scope(
        facts={n: fact.type for n, fact in library.facts.items() if n.partition(".")[0] not in library.relations},
        relations={name: relation.scope() for name, relation in library.relations.items()},
        parameters={name: parameter.scope() for name, parameter in parameters.items()},
        tables={name: table.scope for name, table in library.tables.items()},
    )
    shared = Shared(library.tables, library.definitions, library.calendar)
    measure = read_measure(findings, document, scope, shared)
    return Edition(measure, library.facts, library.relations, parameters) if measure is not None else None
