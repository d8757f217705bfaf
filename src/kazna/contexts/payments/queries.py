"""Reads of payments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from kazna.contexts.payments import contracts
from kazna.contexts.payments.contracts import OrderState
from kazna.contexts.payments.debts import Overpayment
from kazna.contexts.payments.models import Order, Register, StatementLine
from kazna.plumbing.session.prepared import planned_once


def returned(body: str, limit: int) -> list[contracts.PaymentView]:
    found = Order.objects.filter(body=body, waits=OrderState.RETURNED)
    return [_order(row) for row in _shown(found).order_by("-settled_on", "id")[:limit]]


@planned_once()
def orders_of(award_id: UUID) -> list[contracts.PaymentView]:
    return [_order(row) for row in _shown(Order.objects.filter(award_id=award_id)).order_by("month", "attempt")]


def inherited(person_id: UUID) -> list[contracts.Inherited]:
    """By a function that tells a viewer of own orders whose they were: the obligation of the dead is not in sight."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT award_id, dead_id, kopecks, decided_on, credited_on FROM payments_inherited(%s)"
            " ORDER BY credited_on, award_id",
            [person_id],
        )
        return [contracts.Inherited(*row) for row in cursor.fetchall()]


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


@planned_once()
def overpayments(
    *, person_id: UUID | None, state: str, limit: int, after: tuple[date, UUID] | None, body: str = ""
) -> list[contracts.OverpaymentView]:
    """Oldest first, of a body where one is named, without months and recoveries unless they are one person's."""
    found = Overpayment.objects.all()
    if person_id is not None:
        found = found.filter(recipient_id=person_id).prefetch_related("months", "recoveries")
    if state:
        found = found.filter(state=state)
    if body:
        found = found.filter(body=body)
    if after is not None:
        found = found.filter(Q(found_on__gt=after[0]) | Q(found_on=after[0], id__gt=after[1]))
    rows = list(found.order_by("found_on", "id")[:limit])
    return _overpayments(rows, whole=person_id is not None)


@planned_once()
def overpayment(overpayment_id: UUID) -> contracts.OverpaymentView | None:
    rows = list(Overpayment.objects.filter(pk=overpayment_id).prefetch_related("months", "recoveries"))
    return _overpayments(rows, whole=True)[0] if rows else None


def _overpayments(rows: list[Overpayment], *, whole: bool) -> list[contracts.OverpaymentView]:
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, amount_kopecks, left_kopecks FROM payments_overpayment_left WHERE id = ANY(%s)",
            [[row.id for row in rows]],
        )
        sums = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        contracts.OverpaymentView(
            overpayment_id=row.id,
            number=row.number,
            award_id=row.award_id,
            measure=row.measure,
            recipient_id=row.recipient_id,
            state=contracts.OverpaymentState(row.state),
            ground=row.ground,
            reason=row.reason,
            found_on=row.found_on,
            fault=row.fault,
            means=row.means,
            percent=row.percent,
            monthly_kopecks=row.monthly_kopecks,
            decided_on=row.decided_on,
            explanation=row.explanation,
            amount_kopecks=sums[row.id][0],
            left_kopecks=sums[row.id][1],
            months=tuple(
                contracts.OverpaidMonthView(m.month, m.kopecks)
                for m in (sorted(row.months.all(), key=lambda m: (m.month, m.id)) if whole else ())
            ),
            recoveries=tuple(
                contracts.RecoveryView(r.kind, r.kopecks, r.on, r.document)
                for r in (sorted(row.recoveries.all(), key=lambda r: r.id) if whole else ())
            ),
            proposal=_open_proposal(row) if whole else None,
        )
        for row in rows
    ]


def _open_proposal(row: Overpayment) -> contracts.DebtProposalView | None:
    found = row.proposals.filter(state="open").first()
    return found and contracts.DebtProposalView(found.act, found.terms, found.proposed_by, found.proposed_on)


def totals() -> dict[str, contracts.Totals]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT measure, accrued, payable, transit, paid, overpaid, debt, recovered, written_off, certificates"
            " FROM payments_totals ORDER BY measure"
        )
        return {row[0]: contracts.Totals(*row[1:]) for row in cursor.fetchall()}


def orders_by_state() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, number FROM payments_orders_by_state ORDER BY state")
        return dict(cursor.fetchall())


def counts() -> dict[str, dict[str, tuple[int, int]]]:
    table: dict[str, dict[str, tuple[int, int]]] = {
        "orders": {}, "registers": {}, "statement_lines": {}, "certificates": {},
    }  # fmt: skip
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
        withheld_kopecks=row.withheld_kopecks,
    )
