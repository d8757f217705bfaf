"""Launch of a published measure: on its first day everybody who has the right is asked about, by the online way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.studio.lifecycle import PUBLISHED
from kazna.contexts.studio.models import Draft
from kazna.contexts.studio.scenarios.play import rights_found
from kazna.contexts.studio.scenarios.territory import take_territories
from kazna.events.cause import Cause

CHUNK = 500
TRIGGER = "launch"


def launch_due(day: date) -> int:
    """Questions asked. Repeatable: what was asked is found decided; a draft is done when its last chunk is."""
    waiting = list(Draft.objects.filter(state=PUBLISHED, launched_on=None, first_day__lte=day).order_by("first_day"))
    if not waiting:
        return 0
    now = datetime.now(UTC)
    asked = 0
    for draft in waiting:
        for territory in take_territories(now=now, code=draft.region):
            pairs = rights_found(territory, measures.law_folder(), draft.measure, day)
            for chunk in _chunks(pairs):
                with transaction.atomic():
                    measures.evaluate(chunk, day)
                asked += len(chunk)
        Draft.objects.filter(pk=draft.pk).update(launched_on=day)
    return asked


def _chunks(rows: list[tuple[str, str, str]]) -> Iterator[list[Ask]]:
    cause = Cause(None, datetime.now(UTC))
    asks = [Ask(measure, _roles(subject, recipient), TRIGGER, cause) for measure, subject, recipient in rows]
    yield from (asks[start : start + CHUNK] for start in range(0, len(asks), CHUNK))


def _roles(subject: str, recipient: str) -> dict[str, UUID]:
    if subject == recipient:
        return {"person": UUID(subject)}
    return {"child": UUID(subject), "applicant": UUID(recipient)}
