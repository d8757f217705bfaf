"""Enter an agreement, end it before its term, and give its open cases back after the last day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kazna.contexts.delegation.contracts import AgreementNotFound, AgreementRefused, Function, NewAgreement
from kazna.contexts.delegation.models import Agreement, DelegatedCase
from kazna.events.cause import Cause
from kazna.events.delegation import CasesReturned
from kazna.plumbing.outbox import publish

NAMESPACE = uuid5(NAMESPACE_URL, "kazna/delegation")
PAGE = 500


@transaction.atomic
def enter_agreement(new: NewAgreement, *, known: Collection[str], by: str) -> UUID:
    """Write down an agreement; the same one again is the same. Cases opened from its first day on go by it.

    `known`: measures there are. Raises AgreementRefused: unknown measures or bodies, nobody to work, days backwards,
    another agreement about the same measure for the same days.
    """
    if why := _wrong(new, known):
        raise AgreementRefused(why=why)
    agreement_id = uuid5(NAMESPACE, f"{new.origin_body}/{new.number}")
    if kept := Agreement.objects.filter(id=agreement_id).first():
        if sorted(kept.measures) != sorted(new.measures) or kept.first_day != new.first_day:
            raise AgreementRefused(why=f"соглашение № {new.number} уже есть, и оно другое")
        return agreement_id
    functions = sorted({Function.DECIDE, *new.functions})
    Agreement.objects.create(
        id=agreement_id, number=new.number, signed_on=new.signed_on, origin_body=new.origin_body,
        measures=sorted(new.measures), functions=functions, bodies=dict(new.bodies), first_day=new.first_day,
        last_day=new.last_day, entered_by=by,
    )  # fmt: skip
    return agreement_id


def _wrong(new: NewAgreement, known: Collection[str]) -> str:
    if not new.number.strip():
        return "не указан номер"
    if not new.measures:
        return "не выбрано ни одной меры"
    if unknown := sorted(set(new.measures) - set(known)):
        return f"меры «{unknown[0]}» в каталоге нет"
    if not new.bodies or min(new.bodies.values()) < 1:
        return "укажите, какие отделения работают и сколько людей в каждом: целое число от 1"
    if strange := [body for body in new.bodies if not body.startswith("sfr-")]:
        return f"«{strange[0]}» — не отделение Социального фонда"
    if new.origin_body in new.bodies:
        return "орган не передаёт функции самому себе"
    if new.last_day and new.last_day < new.first_day:
        return "последний день раньше первого"
    return _overlapping(new)


def _overlapping(new: NewAgreement) -> str:
    same = Agreement.objects.filter(origin_body=new.origin_body, measures__overlap=list(new.measures))
    same = same.exclude(number=new.number).filter(Q(last_day__isnull=True) | Q(last_day__gte=new.first_day))
    same = same.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=new.first_day))
    if new.last_day:
        same = same.filter(first_day__lte=new.last_day)
    other = same.first()
    return f"в эти дни по той же мере действует соглашение № {other.number}; сначала прекратите его" if other else ""


@transaction.atomic
def end_agreement(*, agreement_id: UUID, on: date, why: str, by: str) -> None:
    """`on` is its last day. Raises AgreementNotFound, AgreementRefused."""
    kept = Agreement.objects.select_for_update().filter(id=agreement_id).first()
    if kept is None:
        raise AgreementNotFound()
    if kept.ended_on or (kept.last_day and kept.last_day < on):
        raise AgreementRefused(why="оно уже не действует")
    if not why.strip():
        raise AgreementRefused(why="напишите, почему оно прекращается")
    kept.ended_on, kept.ended_why, kept.ended_by = on, why.strip(), by
    kept.save(update_fields=["ended_on", "ended_why", "ended_by"])


@transaction.atomic
def return_cases(on: date) -> int:
    """After the last day: what was given away goes back, the other body does not see the people any more."""
    over = Agreement.objects.filter(Q(last_day__lt=on) | Q(ended_on__lt=on), is_settled=False)
    returned = 0
    for agreement in over.select_for_update().order_by("id"):
        rows = DelegatedCase.objects.filter(agreement=agreement, until=None)
        ids = list(rows.order_by("case_id").values_list("case_id", flat=True))
        rows.update(until=on)
        for place in range(0, len(ids), PAGE):
            part = tuple(ids[place : place + PAGE])
            publish(CasesReturned(agreement.id, part, agreement.origin_body, on, Cause(None, timezone.now())))
        Agreement.objects.filter(id=agreement.id).update(is_settled=True)
        returned += len(ids)
    return returned
