"""Send for the facts that only another agency can tell, and only where they still matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kazna.contexts.integration import public as integration
from kazna.contexts.measures import library as law
from kazna.contexts.measures.derivations.windows import window
from kazna.contexts.measures.determine import Found
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers

INCOME, UNEMPLOYMENT = "income.year", "unemployment"


def ask_agencies(found: Sequence[Found], on: date) -> int:
    """Queue a question for each missing fact an agency holds; return how many are open.

    Nobody is asked about a family that has not applied (nor for what a decision without an application
    does not need).
    """
    wanted: dict[tuple[str, UUID, str], date] = {}
    for result in found:
        if result.outcome.state != "unknown" or not _may_ask(result):
            continue
        for missing in result.missing:
            if missing.cost == "request" and missing.person_id is not None:
                for agency, about in _questions(missing.fact, result.applied_on or on):
                    wanted[agency, missing.person_id, about] = on
    if not wanted:
        return 0
    people = registers.person_references({person for _, person, _ in wanted})
    answer_by = reference.add_working_days(on, integration.answer_days())
    asked = integration.ask(
        questions=[
            integration.Question(agency, person, people[person], about, on, answer_by)
            for agency, person, about in sorted(wanted, key=str)
            if person in people
        ]
    )
    return len(asked)


def _may_ask(result: Found) -> bool:
    """Somebody applied, or the decision needs no application and the passport does not ask for silence."""
    is_quiet = result.edition.document["passport"].get("quiet", False)
    return bool(result.applied_on) or (result.mode == "proactive_decision" and not is_quiet)


def _questions(fact: str, case_date: date) -> list[tuple[str, str]]:
    """Agency and subject of each question that would tell the fact."""
    owner, _, short = fact.partition(".")
    library, relation = law.current(), owner.partition("[")[0]
    told = library.relations[relation].facts[short] if relation in library.relations else library.facts[fact]
    kind = told.plain["kind"]
    if kind == INCOME:
        return [("fns", str(year)) for year in sorted({month.year for month in window(case_date)})]
    if kind == UNEMPLOYMENT:
        return [("szn", case_date.isoformat())]
    return []
