"""After a chunk of an indexation is written: tell the registers what is assigned now, and the people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.actions.spread_decisions import SOURCE, right_of
from kazna.contexts.cases.assigned import NOTHING, assigned, since_granted
from kazna.contexts.cases.letters import indexed_letter
from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.cases.sources import Sources
from kazna.contexts.measures.contracts import Right
from kazna.contexts.notifications import public as notifications
from kazna.events.cases import AwardsIndexed

PAGE = 500


@transaction.atomic
def spread_indexation(event: AwardsIndexed, sources: Sources) -> None:
    """Report both awards of each pair and write one short notice per person. Repeatable."""
    for start in range(0, len(event.awards), PAGE):
        ids = [i for one in event.awards[start : start + PAGE] for i in (one.old_award_id, one.award_id)]
        awards = Award.objects.filter(id__in=ids).select_related("stop").order_by("ordinal", "number")
        _report(list(awards), event, sources)


def _report(awards: Sequence[Award], event: AwardsIndexed, sources: Sources) -> None:
    decisions = {
        row.id: row
        for row in Decision.objects.filter(id__in={a.decision_id for a in awards if a.decision_id}).defer(
            "kept_document", "wording"
        )
    }
    grounds = {row.id: right_of(row) for row in decisions.values()}
    rights = sources.rights({right_id for right_id in grounds.values() if right_id})
    since = since_granted(awards)
    facts = [assigned(award, _right(award, grounds, rights), since.get(award.id, NOTHING)) for award in awards]
    sources.report([(facts, event.cause)], source=SOURCE, on=event.on)
    fresh = [decisions[award.decision_id] for award in awards if award.replaces_id and award.decision_id in decisions]
    told = [row for row in fresh if row.ground.get("run") == str(event.run_id)]
    people = {row.recipient_id for row in told}
    cards, emails = sources.cards(people), sources.emails(people)
    notifications.notify(
        [
            indexed_letter(row, event.cause, emails.get(row.recipient_id))
            for row in told
            if cards[row.recipient_id].died_on is None
        ]
    )


def _right(award: Award, grounds: Mapping[UUID, UUID | None], rights: Mapping[UUID, Right]) -> Right | None:
    right_id = grounds.get(award.decision_id) if award.decision_id else None
    return rights.get(right_id) if right_id else None
