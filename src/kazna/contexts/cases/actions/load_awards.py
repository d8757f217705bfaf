"""Take over the awards that are in payment when the platform starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.bodies import HOME_TERRITORY, body_of
from kazna.contexts.cases.contracts import BaselineAward
from kazna.contexts.cases.desk import content_id
from kazna.contexts.cases.models import Award
from kazna.contexts.cases.signing import award_granted
from kazna.contexts.measures.contracts import MeasureCard
from kazna.events.cause import Cause
from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.outbox import publish_many

COLUMNS = (
    "id", "number", "measure", "code", "title", "subject_id", "recipient_id", "child_id", "ordinal", "body",
    "territory", "amount_kopecks", "form", "period", "first_day", "last_day", "granted_on",
    "taken_over_on", "ends_on",
)  # fmt: skip


@transaction.atomic
def load_awards(
    rows: Iterable[BaselineAward], *, cards: dict[str, MeasureCard], on: date, received_at: datetime
) -> int:
    """COPY the awards and announce each, so that payments go on; return their number.

    They have no decision of ours. Loading the same file again changes nothing (numbers are known).
    """
    known = set(Award.objects.filter(decision_id=None).values_list("number", flat=True))
    ordinals: dict[tuple[str, UUID, UUID], count[int]] = {}
    awards = []
    for row in rows:
        if row.number not in known:
            ordinal = next(ordinals.setdefault((row.measure, row.subject_id, row.recipient_id), count(1)))
            awards.append(_award(row, cards[row.measure], ordinal, on))
    copy_rows("cases_award", COLUMNS, ([getattr(award, name) for name in COLUMNS] for award in awards))
    cause = Cause(None, received_at)
    publish_many(award_granted(award, on, cause) for award in awards)
    return len(awards)


def _award(row: BaselineAward, card: MeasureCard, ordinal: int, on: date) -> Award:
    document = card.editions[0].document
    passport = document["passport"]
    kind = passport.get("body", "sfr")
    return Award(
        id=content_id("award", row.measure, row.subject_id, row.recipient_id, ordinal),
        number=row.number,
        measure=row.measure,
        code=card.code,
        title=card.short_title,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        child_id=row.subject_id if document["decided_for"] == "child" else None,
        ordinal=ordinal,
        body=body_of(kind if isinstance(kind, str) else "sfr", HOME_TERRITORY),
        territory=HOME_TERRITORY,
        amount_kopecks=row.amount_kopecks,
        form=document["form"],
        period=document["period"],
        first_day=row.first_day,
        last_day=row.last_day,
        granted_on=row.first_day,
        taken_over_on=on,
        ends_on=list(passport.get("ends_on", ())),
    )
