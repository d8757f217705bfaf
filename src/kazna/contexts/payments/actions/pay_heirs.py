"""Sums that a person did not live to receive go to the family, or to the heirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.payments.actions.refresh_payees import take_on_payees
from kazna.contexts.payments.actions.withhold import undo_withholding
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.lifecycle import STANDING
from kazna.contexts.payments.models import Order, Payee
from kazna.contexts.payments.sources import Sources
from kazna.events.cause import Cause
from kazna.events.payments import HeirsNamed
from kazna.kernel.errors import DomainError
from kazna.kernel.periods import add_months
from kazna.plumbing.outbox import publish

CLAIM_MONTHS = 6

CANCEL = """
    UPDATE payments_order o SET state = 'cancelled' WHERE o.id = ANY(%(orders)s::uuid[])
    RETURNING o.id, o.measure, o.body, o.kbk, o.recipient_id, o.amount_kopecks
"""

TO_HEIRS = """
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, correction_id,
                                attempt, amount_kopecks, pay_on, state, hold_reason, return_reason, created_on)
    SELECT md5(o.id || '/heir/' || s.heir)::uuid, o.award_id, o.measure, o.body, o.kbk, s.heir, o.subject_id, o.month,
           o.correction_id, 1, s.kopecks, %(on)s, CASE WHEN h.reason = '' THEN 'scheduled' ELSE 'held' END, h.reason,
           '', %(on)s
    FROM unnest(%(orders)s::uuid[], %(heirs)s::uuid[], %(sums)s::bigint[]) AS s(order_id, heir, kopecks)
    JOIN payments_order o ON o.id = s.order_id JOIN payments_payee p ON p.person_id = s.heir
    CROSS JOIN LATERAL (SELECT CASE WHEN p.died_on IS NOT NULL THEN 'recipient_died'
                                    WHEN p.account IS NULL OR p.is_refused THEN 'no_account' ELSE '' END AS reason) h
    RETURNING id, measure, body, kbk, recipient_id, amount_kopecks
"""


class HeirsRefused(DomainError):
    sentence = "Наследникам не выплачено: {reason}."


@transaction.atomic
def name_heirs(
    *, recipient_id: UUID, shares: Mapping[UUID, int], by_inheritance: bool, body: str, on: date, cause: Cause
) -> None:
    """An officer named those who get what waits at the body; a worker pays, for who looks sets nobody's account.

    Raises HeirsRefused.
    """
    _waiting(recipient_id, shares, by_inheritance, body, on)
    publish(HeirsNamed(recipient_id, tuple(shares), tuple(shares.values()), by_inheritance, body, on, cause))


def share_out(
    *, recipient_id: UUID, shares: Mapping[UUID, int], by_inheritance: bool, body: str, on: date
) -> dict[UUID, int]:
    """Kopecks each would get if they were named now; nothing changes. Raises HeirsRefused."""
    sums: dict[UUID, int] = dict.fromkeys(shares, 0)
    for order in _waiting(recipient_id, shares, by_inheritance, body, on):
        for heir, kopecks in _split(order.amount_kopecks, shares):
            sums[heir] += kopecks
    return sums


@transaction.atomic
def pay_heirs(
    *, recipient_id: UUID, shares: Mapping[UUID, int], by_inheritance: bool, on: date, sources: Sources, body: str = ""
) -> int:
    """Turn the waiting payments of a dead person into payments to others by whole shares; return their number.

    Kopecks that do not divide go to the first; `body`: only what waits there. Law: to members of the family who lived
    with the person, asked for within six months of the death (400-FZ art. 26; Civil Code art. 1183), later by
    inheritance. Raises HeirsRefused.
    """
    waiting = _waiting(recipient_id, shares, by_inheritance, body, on)
    take_on_payees(list(shares), on, sources)
    undo_withholding(Order.objects.filter(id__in=[o.id for o in waiting], withheld_kopecks__gt=0), on)
    move_and_post(Kind.CANCELLED, CANCEL, {"orders": [order.id for order in waiting]}, on=on)
    parts = [(order.id, heir, kopecks) for order in waiting for heir, kopecks in _split(order.amount_kopecks, shares)]
    params = dict(zip(("orders", "heirs", "sums"), map(list, zip(*parts, strict=True)), strict=True))
    return move_and_post(Kind.ACCRUED, TO_HEIRS, {**params, "on": on}, on=on) and len(parts)


def _waiting(recipient_id: UUID, shares: Mapping[UUID, int], by_inheritance: bool, body: str, on: date) -> list[Order]:
    """Orders that may go to them so, locked. Raises HeirsRefused."""
    dead = Payee.objects.filter(person_id=recipient_id, died_on__isnull=False).first()
    if dead is None:
        raise HeirsRefused(reason="о смерти получателя сведений нет; дождитесь записи ЗАГС")
    if not shares or any(part <= 0 for part in shares.values()) or recipient_id in shares:
        raise HeirsRefused(reason="назовите хотя бы одного живого получателя и доли больше нуля")
    if not by_inheritance and on > add_months(dead.died_on, CLAIM_MONTHS):
        raise HeirsRefused(reason="шесть месяцев прошли, теперь нужно свидетельство о наследстве")
    found = Order.objects.select_for_update().filter(recipient_id=recipient_id, waits__in=STANDING)
    waiting = list((found.filter(body=body) if body else found).order_by("id"))
    if not waiting:
        raise HeirsRefused(reason="недополученных сумм у этого человека нет")
    return waiting


def _split(kopecks: int, shares: Mapping[UUID, int]) -> list[tuple[UUID, int]]:
    """Whole kopecks by shares, the rest to the first; heirs who get nothing are left out."""
    whole = sum(shares.values())
    parts = {heir: kopecks * part // whole for heir, part in shares.items()}
    first = next(iter(parts))
    parts[first] += kopecks - sum(parts.values())
    return [(heir, sum_) for heir, sum_ in parts.items() if sum_ > 0]
