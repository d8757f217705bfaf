"""Launch of a published measure: on its first day everybody who has the right is asked about, by the online way.

On the first of each month those who have grown into it since are asked about too. Nobody is asked about twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from kazna.contexts.audit import public as audit
from kazna.contexts.audit.contracts import NewEntry
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Ask
from kazna.contexts.studio.contracts import NegativeSum
from kazna.contexts.studio.lifecycle import PUBLISHED
from kazna.contexts.studio.models import Draft, Scenario
from kazna.contexts.studio.scenarios.play import rights_found
from kazna.contexts.studio.scenarios.territory import Territory, take_territories
from kazna.events.cause import Cause

CHUNK = 500
FEW, SHARE_PERCENT, MORE_PERCENT = 100, 20, 150
TRIGGER = "launch"


def launch_due(day: date) -> int:
    """Questions asked. Repeatable: who was asked about is passed by; a draft is done when its last chunk is."""
    published = Draft.objects.filter(state=PUBLISHED, first_day__lte=day).order_by("first_day", "id")
    waiting = list(published if day.day == 1 else published.filter(launched_on=None))
    if not waiting:
        return 0
    now = datetime.now(UTC)
    asked = 0
    for draft in waiting:
        try:
            found = [
                (territory, _never_asked(rights_found(territory, measures.law_folder(), draft.measure, day)))
                for territory in take_territories(now=now, code=draft.region)
            ]
        except NegativeSum as refusal:
            _hold(draft, str(refusal))
            continue
        if why := _above_the_limit(draft, found):
            _hold(draft, why)
            continue
        for _, pairs in found:
            for chunk in _chunks(pairs):
                with transaction.atomic():
                    measures.evaluate(chunk, day)
                asked += len(chunk)
        Draft.objects.filter(pk=draft.pk).update(launched_on=draft.launched_on or day, held_because="")
    return asked


def _never_asked(pairs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Those about whom this measure has never been weighed."""
    cause = Cause(None, datetime.now(UTC))
    found = []
    for start in range(0, len(pairs), CHUNK):
        chunk = pairs[start : start + CHUNK]
        keys = [(measure, UUID(subject), UUID(recipient)) for measure, subject, recipient in chunk]
        asked = {(one.measure, one.subject_id, one.recipient_id) for one in measures.standings(keys, cause)}
        found += [pair for pair, key in zip(chunk, keys, strict=True) if key not in asked]
    return found


def _above_the_limit(draft: Draft, found: list[tuple[Territory, list[tuple[str, str, str]]]]) -> str:
    """Why the launch is not to go by itself; empty when it may.

    Those agreed to what the last scenario of the version promised: half as many again is another measure. Without one
    no more than a fifth of the people may be touched.
    """
    promised = {
        row.territory: sum(row.result.get(name) or 0 for name in ("granted", "unknown"))
        for row in Scenario.objects.filter(draft=draft, version=draft.version, figures={}).order_by("played_at")
    }
    for territory, pairs in found:
        most = max(FEW, territory.people * SHARE_PERCENT // 100)
        if promised.get(territory.code):
            most = max(FEW, promised[territory.code] * MORE_PERCENT // 100)
        if len(pairs) > most:
            return f"Территория {territory.code}: мера касается {len(pairs)} человек, предел запуска — {most}."
    return ""


def _hold(draft: Draft, why: str) -> None:
    if draft.held_because != why:
        Draft.objects.filter(pk=draft.pk).update(held_because=why)
        audit.record([NewEntry("hold", "kazna", "system", purpose=why, thing=str(draft.pk))])


def _chunks(rows: list[tuple[str, str, str]]) -> Iterator[list[Ask]]:
    cause = Cause(None, datetime.now(UTC))
    asks = [Ask(measure, _roles(subject, recipient), TRIGGER, cause) for measure, subject, recipient in rows]
    yield from (asks[start : start + CHUNK] for start in range(0, len(asks), CHUNK))


def _roles(subject: str, recipient: str) -> dict[str, UUID]:
    if subject == recipient:
        return {"person": UUID(subject)}
    return {"child": UUID(subject), "applicant": UUID(recipient)}
