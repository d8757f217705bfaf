"""Answers of vitrines, kept only while a determination needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.integration.models import IntakeDocument, LentAnswer, Packing, SmevDelivery


def lend(answers: Iterable[tuple[UUID, Mapping[str, Any], date]]) -> None:
    """See `public.lend_answers`."""
    LentAnswer.objects.bulk_create(
        [LentAnswer(fact_id=fact_id, value=dict(value), keep_until=until) for fact_id, value, until in answers],
        ignore_conflicts=True,
        batch_size=500,
    )


def lent(fact_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """See `public.lent_answers`."""
    return dict(LentAnswer.objects.filter(fact_id__in=fact_ids).values_list("fact_id", "value"))


@transaction.atomic
def give_back(fact_ids: Collection[UUID], document_ids: Collection[UUID]) -> None:
    """See `public.return_lent`. The digest of the message, its kind and its question stay."""
    LentAnswer.objects.filter(fact_id__in=fact_ids).delete()
    IntakeDocument.objects.filter(document_id__in=document_ids).update(payload=None, packing=Packing.NONE)
    SmevDelivery.objects.filter(request__answer_id__in=document_ids).update(envelope=None)


def give_back_unused(day: date) -> int:
    """Values that no determination came for by their last day."""
    deleted, _ = LentAnswer.objects.filter(keep_until__lt=day).delete()
    return int(deleted)
