"""Every check over every document of a library, in file order."""

from __future__ import annotations

from collections.abc import Callable, Collection

from kazna.rules.check.coverage import check_coverage
from kazna.rules.check.dates import check_definition_days, check_editions, check_parameters, check_regions
from kazna.rules.check.definitions import check_definitions
from kazna.rules.check.meaning import check_meaning
from kazna.rules.check.names import check_codes, check_names, check_vocabulary
from kazna.rules.check.passports import check_passport
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.unfilled import as_error
from kazna.rules.library import Library
from kazna.rules.problems import Problem


def check_library(
    library: Library, *, measures: Collection[str] | None = None, advance: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Errors and warnings; an empty list means the law is ready to be published.

    `measures`: only these; all by default. `advance`: told (measures checked, of how many) along the way.
    """
    findings = Findings([as_error(problem) for problem in library.warnings])
    check_vocabulary(findings, library)
    check_definitions(findings, library)
    check_regions(findings, library)
    check_codes(findings, library)
    checked = [editions for name, editions in library.measures.items() if measures is None or name in measures]
    for done, editions in enumerate(checked, start=1):
        check_editions(findings, editions)
        for edition in editions:
            check_names(findings, library, edition)
            check_passport(findings, library, edition)
            check_parameters(findings, library, edition)
            check_definition_days(findings, library, edition)
            check_meaning(findings, edition)
            check_coverage(findings, library, edition)
        if advance is not None:
            advance(done, len(checked))
    return sorted(findings.problems, key=lambda problem: problem.place)
