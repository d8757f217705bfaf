"""Ask the agency that holds a fact once more, where it can be asked by a message."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kazna.contexts.corrections.models import Correction
from kazna.contexts.integration import public as integration
from kazna.contexts.reference import public as reference
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact


def ask_holder(*, correction_id: UUID, on: date) -> bool:
    """Queue the question; False when nobody can be asked so, and an officer has to write."""
    row = Correction.objects.filter(id=correction_id, state=Correction.State.FILED).first()
    fact = next(iter(registers.facts_by_ids([row.fact_id])), None) if row else None
    if (
        row is None
        or fact is None
        or (vitrine := registers.HOLDERS.get(row.kind)) is None
        or vitrine.agency != row.source
    ):
        return False
    integration.ask(questions=[_question(fact, vitrine, on)])
    row.state = Correction.State.ASKED
    row.save(update_fields=["state"])
    return True


def _question(fact: Fact, vitrine: registers.Vitrine, on: date) -> integration.Question:
    return integration.Question(
        agency=vitrine.agency,
        subject_id=fact.subject_id,
        person=registers.person_references([fact.subject_id])[fact.subject_id],
        about=str(fact.valid_from.year) if vitrine.by_year else on.isoformat(),
        asked_on=on,
        answer_by=reference.add_working_days(on, integration.answer_days()),
        topic=vitrine.topic,
        anew=True,
    )
