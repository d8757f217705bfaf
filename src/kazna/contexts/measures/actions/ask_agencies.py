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


def ask_agencies(found: Sequence[Found], on: date) -> int:
    """Queue a question for each missing fact an agency holds; return how many are open.

    Nobody is asked about a family that has not applied (nor for what a decision without an application
    does not need).
    """
    wanted: set[tuple[str, str, UUID, str]] = set()
    for result in found:
        if result.outcome.state != "unknown" or not _may_ask(result):
            continue
        for missing in result.missing:
            if missing.cost == "request" and missing.person_id is not None:
                for agency, topic, about in _questions(missing.fact, result.applied_on or on):
                    wanted.add((agency, topic, missing.person_id, about))
    if not wanted:
        return 0
    people = registers.person_references({person for _, _, person, _ in wanted})
    lent = registers.asked_on_demand()
    answer_by = reference.add_working_days(on, integration.answer_days())
    asked = integration.ask(
        questions=[
            integration.Question(agency, person, people[person], about, on, answer_by, topic, (agency, topic) in lent)
            for agency, topic, person, about in sorted(wanted, key=str)
            if person in people
        ]
    )
    return len(asked)


def _may_ask(result: Found) -> bool:
    """Somebody applied, or the decision needs no application and the passport does not ask for silence."""
    is_quiet = result.edition.document["passport"].get("quiet", False)
    return bool(result.applied_on) or (result.mode == "proactive_decision" and not is_quiet)


def _questions(fact: str, case_date: date) -> list[tuple[str, str, str]]:
    """Agency, topic and subject of each question that would tell the fact."""
    owner, _, short = fact.partition(".")
    library, relation = law.current(), owner.partition("[")[0]
    told = library.relations[relation].facts[short] if relation in library.relations else library.facts[fact]
    kind = told.plain["kind"]
    asked = registers.ASKED.get(kind)
    if asked is None:
        return []
    if asked.by_year:
        years = sorted({month.year for month in window(case_date)})
        return [(asked.agency, asked.topic, str(year)) for year in years]
    return [(asked.agency, asked.topic, case_date.isoformat())]
