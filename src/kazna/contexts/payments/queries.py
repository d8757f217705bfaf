"""Reads of payments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from kazna.contexts.payments import contracts
from kazna.contexts.payments.contracts import OrderState
from kazna.contexts.payments.models import Obligation, Order, Register, StatementLine


def payments_of(person_id: UUID, limit: int, after: tuple[date, UUID] | None) -> list[contracts.PaymentView]:
    found = Order.objects.filter(Q(recipient_id=person_id) | Q(subject_id=person_id))
    if after is not None:
        found = found.filter(Q(month__lt=after[0]) | Q(month=after[0], id__gt=after[1]))
    return [_order(row) for row in _shown(found).order_by("-month", "id")[:limit]]


def orders_of(award_id: UUID) -> list[contracts.PaymentView]:
    return [_order(row) for row in _shown(Order.objects.filter(award_id=award_id)).order_by("month", "attempt")]


def obligations_of(person_id: UUID) -> list[contracts.Obligation]:
    paid = Sum("orders__amount_kopecks", filter=Q(orders__state=OrderState.CREDITED), default=0)
    found = Obligation.objects.filter(recipient_id=person_id).annotate(paid=paid)
    return [
        contracts.Obligation(
            award_id=row.award_id,
            measure=row.measure,
            recipient_id=row.recipient_id,
            amount_kopecks=row.amount_kopecks,
            period=row.period,
            first_day=row.first_day,
            last_day=row.last_day,
            stops_on=row.stops_on,
            next_pay_on=row.next_pay_on,
            paid_kopecks=row.paid,
        )
        for row in found.order_by("-first_day", "measure")
    ]


def registers(limit: int, after: str) -> list[contracts.RegisterView]:
    found = Register.objects.filter(number__lt=after) if after else Register.objects.all()
    return [
        contracts.RegisterView(
            register_id=row.id,
            number=row.number,
            date=row.date,
            body=row.body,
            bik=row.bik,
            lines=row.lines_count,
            total_kopecks=row.total_kopecks,
            state=row.state,
            problem=row.problem,
        )
        for row in found.order_by("-number")[:limit]
    ]


def quarantined_lines(limit: int) -> list[dict[str, object]]:
    """Statement lines that could not be applied, newest first."""
    found = StatementLine.objects.exclude(problem="").select_related("statement").order_by("-id")[:limit]
    return [
        {
            "register": line.statement.register_number,
            "stated_on": line.statement.stated_on,
            "number": line.number,
            "account": line.account,
            "amount_kopecks": line.amount_kopecks,
            "problem": line.problem,
        }
        for line in found
    ]


def totals() -> dict[str, contracts.Totals]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT measure, accrued, payable, transit, paid, overpaid FROM payments_totals ORDER BY measure"
        )
        return {row[0]: contracts.Totals(*row[1:]) for row in cursor.fetchall()}


def counts() -> dict[str, dict[str, tuple[int, int]]]:
    table: dict[str, dict[str, tuple[int, int]]] = {"orders": {}, "registers": {}, "statement_lines": {}}
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, state, number, kopecks FROM payments_counts ORDER BY what, state")
        for what, state, number, kopecks in cursor.fetchall():
            table[what][state] = (number, kopecks)
    return table


def _shown(found: QuerySet[Order]) -> QuerySet[Order]:
    return found.select_related("line", "line__register")


def _order(row: Order) -> contracts.PaymentView:
    line = getattr(row, "line", None)
    return contracts.PaymentView(
        order_id=row.id,
        award_id=row.award_id,
        measure=row.measure,
        recipient_id=row.recipient_id,
        subject_id=row.subject_id,
        month=row.month,
        amount_kopecks=row.amount_kopecks,
        pay_on=row.pay_on,
        state=OrderState(row.state),
        hold_reason=row.hold_reason,
        attempt=row.attempt,
        reissues=row.reissues_id,
        account_end=line.account[-4:] if line else "",
        register_number=line.register.number if line else "",
        settled_on=row.settled_on,
        reason=row.return_reason,
    )
