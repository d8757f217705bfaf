"""Whose fault an overpayment is and how it comes back, within the law; repayments and writing off."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.payments.actions.find_overpayments import close_when_nothing_is_left, open_kopecks
from kazna.contexts.payments.contracts import Fault, Means, OverpaymentState
from kazna.contexts.payments.debts import Overpayment, Recovery
from kazna.contexts.payments.ledger import Kind, post_sums
from kazna.contexts.payments.policies import most_percent
from kazna.events.cause import Cause
from kazna.events.payments import OverpaymentDecided
from kazna.kernel.errors import DomainError
from kazna.kernel.money import roubles_and_kopecks
from kazna.plumbing.outbox import publish

BY_PERSON = (Fault.FALSE_DATA, Fault.BREACH)


class OverpaymentRefused(DomainError):
    sentence = "Так решить нельзя: {reason}."


@transaction.atomic
def decide_overpayment(
    *,
    overpayment_id: UUID,
    fault: Fault,
    means: Means,
    percent: int,
    monthly_kopecks: int | None,
    explanation: str,
    by: str,
    confirmed_by: str,
    on: date,
    cause: Cause,
) -> None:
    """Claim an overpayment or let the person keep it, once.

    Law: money paid without bad faith of the person is not taken back (Civil Code art. 1109 p. 3); with false data it
    is: up to 20 % of each payment by a decision of the body (81-FZ art. 19, 400-FZ art. 29), 50 % by a court.
    Two people decide: the database refuses one. Raises OverpaymentRefused.
    """
    found = Overpayment.objects.select_for_update().get(pk=overpayment_id)
    if found.state != OverpaymentState.FOUND:
        raise OverpaymentRefused(reason="решение о ней уже есть; откройте его")
    check_decision(fault, means, percent, monthly_kopecks)
    found.fault, found.means, found.explanation = fault, means, explanation
    found.percent = percent if means in (Means.WITHHOLDING, Means.COURT) else 0
    found.monthly_kopecks, found.decided_by, found.decided_on = monthly_kopecks, by, on
    found.confirmed_by = confirmed_by
    found.state = OverpaymentState.OWED
    found.save()
    kind = Kind.WRITTEN_OFF if means == Means.WRITE_OFF else Kind.CLAIMED
    left = open_kopecks(found)
    post_sums(kind, _by_order(found), on=on)
    if means == Means.WRITE_OFF:
        _came_back(found, Recovery.Kind.WRITTEN_OFF, left, on, by=by, confirmed_by=confirmed_by)
    publish(
        OverpaymentDecided(
            found.id, found.recipient_id, found.number, left, str(fault), str(means), found.percent, explanation, on,
            cause,
        )
    )  # fmt: skip


@transaction.atomic
def record_repayment(*, overpayment_id: UUID, kopecks: int, document: str, by: str, on: date) -> None:
    """The person gave money back; `document` names the bank document, the same one twice counts once.

    Raises OverpaymentRefused for more than is left.
    """
    found = owed(overpayment_id)
    written = found.recoveries.filter(kind=Recovery.Kind.REPAID, document=document).first()
    if written:
        if written.kopecks != kopecks:
            raise OverpaymentRefused(reason=f"документ «{document}» уже учтён с другой суммой")
        return
    left = open_kopecks(found)
    if not 0 < kopecks <= left:
        raise OverpaymentRefused(reason=f"осталось вернуть {roubles_and_kopecks(left)}; больше принять нельзя")
    post_sums(Kind.RECOVERED, {_an_order(found): kopecks}, on=on)
    _came_back(found, Recovery.Kind.REPAID, kopecks, on, by=by, document=document)


@transaction.atomic
def write_off(*, overpayment_id: UUID, document: str, by: str, confirmed_by: str, on: date) -> None:
    """Nothing more can be recovered (death without heirs, refusal of a court): `document` is the ground."""
    found = owed(overpayment_id)
    left = open_kopecks(found)
    post_sums(Kind.DEBT_WRITTEN_OFF, {_an_order(found): left}, on=on)
    _came_back(found, Recovery.Kind.WRITTEN_OFF, left, on, by=by, confirmed_by=confirmed_by, document=document)


def owed(overpayment_id: UUID) -> Overpayment:
    found = Overpayment.objects.select_for_update().get(pk=overpayment_id)
    if found.state != OverpaymentState.OWED:
        raise OverpaymentRefused(reason="долга нет: решение не принято или всё уже возвращено")
    return found


def check_decision(fault: Fault, means: Means, percent: int, monthly_kopecks: int | None) -> None:
    if fault not in BY_PERSON and means != Means.WRITE_OFF:
        raise OverpaymentRefused(
            reason="без вины человека деньги не взыскивают (статья 1109 Гражданского кодекса), их списывают"
        )
    if fault in BY_PERSON and means == Means.WRITE_OFF:
        raise OverpaymentRefused(reason="когда виноват человек, сначала выберите, как вернуть деньги; спишете потом")
    most = most_percent(means)
    if most and not 0 < percent <= most:
        raise OverpaymentRefused(reason=f"удерживать можно от 1 до {most} процентов каждой выплаты")
    if monthly_kopecks is not None and monthly_kopecks <= 0:
        raise OverpaymentRefused(reason="взнос рассрочки должен быть больше нуля")


def _by_order(found: Overpayment) -> dict[UUID, int]:
    """What is left of an undecided overpayment, by the overpaid orders."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT order_id, sum(kopecks)::bigint FROM payments_overpaid_open WHERE overpayment_id = %s"
            " GROUP BY order_id",
            [found.pk],
        )
        return dict(cursor.fetchall())


def _an_order(found: Overpayment) -> UUID:
    order: UUID = found.months.order_by("id").values_list("order_id", flat=True)[0]
    return order


def _came_back(
    found: Overpayment, kind: str, kopecks: int, on: date, *, by: str, confirmed_by: str = "", document: str = ""
) -> None:
    if kopecks:
        Recovery.objects.create(
            overpayment=found,
            kind=kind,
            kopecks=kopecks,
            body=found.body,
            on=on,
            by=by,
            document=document,
            confirmed_by=confirmed_by,
        )
    close_when_nothing_is_left(found)
