"""Awards joined with people, as the neutral facts of assignment that the ЕГИССО writer takes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers

CHUNK = 2000


def assignment_facts() -> Iterator[integration.AssignmentFact]:
    """Every award decided by Kazna, in the order of decisions; people are read a chunk at a time."""
    awards = iter(cases.assignments())
    while chunk := list(islice(awards, CHUNK)):
        people = registers.person_references({p for award in chunk for p in (award.recipient_id, award.subject_id)})
        for award in chunk:
            yield _fact(award, people)


def _fact(award: cases.Assignment, people: dict) -> integration.AssignmentFact:
    grounds = [] if award.subject_id == award.recipient_id else [people[award.subject_id]]
    return integration.AssignmentFact(
        award_id=award.award_id,
        recipient=people[award.recipient_id],
        grounds=tuple(grounds),
        body=award.body,
        measure_id=award.egisso["lmsz_id"],
        category_id=award.egisso["category_id"],
        decided_on=award.decided_on,
        first_day=award.first_day,
        last_day=award.last_day,
        amount_kopecks=award.amount_kopecks,
        uses_need=award.uses_need,
    )
