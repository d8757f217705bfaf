"""Awards joined with people, as the neutral facts of assignment that the ЕГИССО writer takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.contracts import Assignment
from kazna.contexts.integration import public as integration
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers

CHUNK = 2000


def assignment_facts() -> Iterator[integration.AssignmentFact]:
    """Every award decided by Kazna, in the order of decisions, with the day it ended if it was stopped.

    People are read a chunk at a time, so memory does not grow with the number of awards.
    """
    cards = {card.measure: card.editions[0].document for card in measures.measures_list()}
    stopped = {award.award_id: award.last_day for award in cases.assignments() if award.is_stop}
    grants = (award for award in cases.assignments() if not award.is_stop)
    while chunk := list(islice(grants, CHUNK)):
        people = registers.person_references({p for award in chunk for p in (award.recipient_id, award.subject_id)})
        for award in chunk:
            yield _fact(award, cards[award.measure], people, stopped)


def _fact(
    award: Assignment,
    document: Mapping[str, Any],
    people: Mapping[UUID, integration.PersonRef],
    stopped: Mapping[UUID, date | None],
) -> integration.AssignmentFact:
    egisso = document["passport"]["egisso"]
    grounds = () if award.subject_id == award.recipient_id else (people[award.subject_id],)
    return integration.AssignmentFact(
        award_id=award.award_id,
        recipient=people[award.recipient_id],
        grounds=grounds,
        body=egisso.get("body", ""),
        measure_id=egisso["lmsz_id"],
        category_id=egisso["category_id"],
        decided_on=award.decided_on,
        first_day=award.first_day,
        last_day=stopped.get(award.award_id, award.last_day),
        amount_kopecks=award.amount_kopecks,
        form="cash" if award.form == "certificate" else award.form,  # ЕГИССО: the capital is money, its use is bound
        uses_need=bool(egisso.get("uses_need")),
    )
