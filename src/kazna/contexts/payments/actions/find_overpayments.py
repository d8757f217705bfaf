"""Name what was paid beyond the right, and take the name back when the right was there after all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from kazna.contexts.payments.contracts import OverpaymentState
from kazna.contexts.payments.debts import OverpaidMonth, Overpayment, Recovery
from kazna.contexts.payments.ledger import Kind, post_sums
from kazna.contexts.payments.models import Order
from kazna.plumbing.numbering import take

NAMESPACE = uuid5(NAMESPACE_URL, "kazna/overpayments")


@dataclass(frozen=True, slots=True)
class Excess:
    """Kopecks of one month of an award that are too much (or, when restored, too little)."""

    award_id: UUID
    month: date
    kopecks: int


def name_overpaid(
    found: Mapping[UUID, Sequence[Excess]],
    on: date,
    reasons: Mapping[UUID, str],
    grounds: Mapping[UUID, str],
    register_id: UUID | None,
) -> None:
    """Add each excess to the undecided overpayment of its award, the newest payments of the month first."""
    undecided = {o.award_id: o for o in Overpayment.objects.filter(award_id__in=list(found), state="found")}
    named = _open_by_order(list(found))
    sums: dict[UUID, int] = {}
    for award_id, months in found.items():
        orders = list(Order.objects.filter(award_id=award_id, state="credited").order_by("-created_on", "-attempt"))
        overpayment = undecided.get(award_id) or _new(
            orders[0], on, reasons.get(award_id, ""), grounds.get(award_id, "")
        )
        for excess in months:
            left = excess.kopecks
            for order in orders:
                part = min(left, order.amount_kopecks - named.get(order.id, 0)) if order.month == excess.month else 0
                if part > 0:
                    sums[order.id] = part
                    left -= part
                    OverpaidMonth.objects.create(
                        overpayment=overpayment, order=order, month=order.month, body=order.body, kopecks=part,
                        found_on=on,
                    )  # fmt: skip
    post_sums(Kind.OVERPAID, sums, on=on, register_id=register_id)


def restore(owed: Sequence[Excess], on: date) -> None:
    """The right was there after all: what is still open of the overpayments of these months is no overpayment."""
    for excess in owed:
        left = excess.kopecks
        for order_id, overpayment_id, kopecks in open_months(excess.award_id, excess.month):
            overpayment = Overpayment.objects.select_for_update().get(pk=overpayment_id)
            part = min(left, kopecks, open_kopecks(overpayment))
            lost = min(left - part, kopecks - part, written_off(overpayment))
            kind = Kind.RESTORED if overpayment.state == OverpaymentState.FOUND else Kind.FORGIVEN_CLAIM
            post_sums(kind, {order_id: part}, on=on)
            post_sums(Kind.RESTORED_WRITTEN, {order_id: lost}, on=on)
            note_return(overpayment, order_id, Recovery.Kind.RESTORED, part + lost, lost, on)
            left -= part + lost


def note_return(overpayment: Overpayment, order_id: UUID, kind: str, kopecks: int, lost: int, on: date) -> None:
    """An overpayment became smaller by kopecks of one order; `lost` of them had been written off before."""
    for each, change in ((kind, kopecks), (Recovery.Kind.WRITTEN_OFF, -lost)):
        if change:
            Recovery.objects.create(
                overpayment=overpayment, kind=each, kopecks=change, body=overpayment.body, on=on, order_id=order_id
            )
    close_when_nothing_is_left(overpayment)


def written_off(overpayment: Overpayment) -> int:
    """Kopecks of an overpayment that were given up."""
    return sum(row.kopecks for row in overpayment.recoveries.filter(kind=Recovery.Kind.WRITTEN_OFF))


def open_kopecks(overpayment: Overpayment) -> int:
    """What is left of an overpayment: its months less everything that came back, was restored or written off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT left_kopecks FROM payments_overpayment_left WHERE id = %s", [overpayment.pk])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def open_months(award_id: UUID, month: date) -> list[tuple[UUID, UUID, int]]:
    """(order, overpayment, kopecks still named) of one month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT order_id, overpayment_id, kopecks FROM payments_overpaid_open"
            " WHERE award_id = %s AND month = %s AND kopecks > 0 ORDER BY order_id",
            [award_id, month],
        )
        return cursor.fetchall()


def close_when_nothing_is_left(overpayment: Overpayment) -> None:
    if open_kopecks(overpayment) == 0:
        Overpayment.objects.filter(pk=overpayment.pk).update(state=OverpaymentState.CLOSED)


def _open_by_order(award_ids: list[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT order_id, sum(kopecks)::bigint FROM payments_overpaid_open WHERE award_id = ANY(%s)"
            " GROUP BY order_id",
            [award_ids],
        )
        return dict(cursor.fetchall())


def _new(order: Order, on: date, reason: str, ground: str) -> Overpayment:
    [number] = take(f"overpayment-{on.year}")
    written = f"П-{on.year}-{number:06d}"
    return Overpayment.objects.create(
        id=uuid5(NAMESPACE, written), number=written, award_id=order.award_id, measure=order.measure, body=order.body,
        kbk=order.kbk, recipient_id=order.award.recipient_id, state=OverpaymentState.FOUND, ground=ground,
        reason=reason, found_on=on,
    )  # fmt: skip
