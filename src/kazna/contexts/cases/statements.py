"""What a citizen states as facts: about oneself, or about oneself and the person the case is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from kazna.contexts.measures import public as measures
from kazna.contexts.registers.contracts import NewFact


def stated(
    answers: Mapping[str, Mapping[str, Any]], *, person_id: UUID, subject_id: UUID, thing: str, on: date
) -> list[NewFact]:
    """One fact per kind; the other person is named where the law asks what ties the two."""
    other = subject_id if subject_id != person_id else None
    tying = measures.kinds_that_tie()
    return [
        NewFact(kind, person_id, other if kind in tying else None, thing, on, None, {**value, "as_of": on.isoformat()})
        for kind, value in sorted(answers.items())
    ]
