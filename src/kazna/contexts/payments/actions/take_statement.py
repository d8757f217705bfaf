"""The bank's statement: what was credited is paid, what was refused is owed again, the rest is put aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from kazna.contexts.integration.public import CreditStatement
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.actions.pay_creditors import take_answers
from kazna.contexts.payments.actions.send_registers import mark_sent
from kazna.contexts.payments.actions.settle_months import settle_months
from kazna.contexts.payments.actions.take_back_late import take_back_late
from kazna.contexts.payments.contracts import OrderState
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.letters import credited_letter, returned_letter
from kazna.contexts.payments.models import Order, Payee, Register, Statement
from kazna.contexts.payments.sources import Sources
from kazna.events.integration import StatementReceived
from kazna.events.payments import PaymentCredited, PaymentReturned
from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.outbox import publish_many

LINE_COLUMNS = ("statement_id", "place", "number", "account", "amount_kopecks", "is_credited", "reason", "problem")
UNKNOWN_REGISTER = "Реестра с таким номером мы не отправляли."

MATCH = """
    UPDATE payments_statement_line s SET order_id = m.order_id, problem = m.problem
    FROM (
        SELECT s.id, CASE WHEN problem = '' THEN order_id END AS order_id, problem FROM (
            SELECT s.id, l.order_id, CASE
                WHEN l.id IS NULL THEN 'Строки с таким номером в реестре нет.'
                WHEN l.account <> s.account THEN 'Счёт не тот, что в реестре.'
                WHEN l.amount_kopecks <> s.amount_kopecks THEN 'Сумма не та, что в реестре.'
                WHEN row_number() OVER (PARTITION BY s.number ORDER BY s.place) > 1
                    THEN 'Строка повторена в этой же выписке.'
                WHEN o.state <> 'sent'
                     AND (o.state <> 'credited' OR s.is_credited OR o.settled_on >= %(stated_on)s)
                    THEN 'По этой строке банк уже ответил раньше.'
                ELSE '' END AS problem
            FROM payments_statement_line s
            LEFT JOIN payments_register_line l ON l.register_id = %(register)s AND l.number = s.number
            LEFT JOIN payments_order o ON o.id = l.order_id
            WHERE s.statement_id = %(statement)s
        ) s
    ) m WHERE m.id = s.id
"""

SETTLE = """
    UPDATE payments_order o SET state = %(state)s, settled_on = %(on)s, return_reason = s.reason
    FROM payments_statement_line s
    WHERE s.statement_id = %(statement)s AND s.order_id = o.id AND s.is_credited = %(credited)s
      AND o.state = 'sent'
    RETURNING o.id, o.measure, o.body, o.kbk, o.recipient_id,
              o.amount_kopecks - o.withheld_kopecks AS amount_kopecks
"""

COUNTED_OTHERWISE = """
    SELECT DISTINCT o.award_id FROM payments_statement_line s JOIN payments_order o ON o.id = s.order_id
    JOIN payments_obligation b ON b.award_id = o.award_id
    WHERE s.statement_id = %(statement)s
      AND (b.stops_on <= o.month OR EXISTS (SELECT 1 FROM payments_month_due d WHERE d.award_id = o.award_id))
"""

REFUSED_PAYEES = """
    UPDATE payments_payee p SET is_refused = true
    FROM payments_statement_line s JOIN payments_register_line l ON l.order_id = s.order_id
    WHERE s.statement_id = %(statement)s AND NOT s.is_credited
      AND p.person_id = l.recipient_id AND p.account = l.account
"""


@transaction.atomic
def take_statement(event: StatementReceived, sources: Sources) -> None:
    """Apply a statement line by line, in bulk. The same document again changes nothing."""
    if Statement.objects.filter(document_id=event.document_id).exists():
        return
    told = sources.statement(event.document_id)
    register = Register.objects.select_for_update().filter(number=told.register_number).first()
    Statement.objects.create(
        document_id=event.document_id,
        register=register,
        register_number=told.register_number,
        stated_on=told.stated_on,
        taken_on=event.on,
    )
    copy_rows("payments_statement_line", LINE_COLUMNS, _rows(event.document_id, told, known=register is not None))
    if register is None:
        return
    mark_sent(register, event.on)
    if register.is_for_creditors:
        take_answers(event.document_id, register, told.stated_on, event.on)
        Register.objects.filter(pk=register.pk).update(state=Register.State.ANSWERED)
        return
    params = {"statement": event.document_id, "register": register.id, "bik": register.bik, "on": event.on}
    params["stated_on"] = told.stated_on
    _execute(MATCH, params)
    take_back_late(event.document_id, event.on, register.id)
    credited = params | {"state": OrderState.CREDITED.value, "credited": True}
    returned = params | {"state": OrderState.RETURNED.value, "credited": False}
    move_and_post(Kind.CREDITED, SETTLE, credited, on=event.on, register_id=register.id)
    move_and_post(Kind.RETURNED, SETTLE, returned, on=event.on, register_id=register.id)
    settle_months(_counted_otherwise(event.document_id), event.on, register_id=register.id)
    _execute(REFUSED_PAYEES, params)
    Register.objects.filter(pk=register.pk).update(state=Register.State.ANSWERED)
    _tell(event, register, sources)


def _rows(document_id: UUID, told: CreditStatement, *, known: bool) -> Iterable[tuple[object, ...]]:
    problem = "" if known else UNKNOWN_REGISTER
    for place, line in enumerate(told.lines, start=1):
        yield (
            document_id,
            place,
            line.number,
            line.account,
            line.amount_kopecks,
            line.is_credited,
            line.reason or "",
            problem,
        )


def _counted_otherwise(document_id: UUID) -> list[UUID]:
    """Awards of the statement that were stopped or corrected: what came of their orders may be too much by now."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED_OTHERWISE, {"statement": document_id})
        return [row[0] for row in cursor.fetchall()]


def _execute(statement: str, params: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def _tell(event: StatementReceived, register: Register, sources: Sources) -> None:
    """Announce refusals, and the credits somebody waits for: the first of an award and the repeated ones."""
    settled = Order.objects.filter(statement_lines__statement_id=event.document_id).select_related("line")
    returned = list(settled.filter(state=OrderState.RETURNED).order_by("line__number"))
    credited = _awaited(settled)
    publish_many(
        PaymentReturned(o.id, o.award_id, o.recipient_id, o.amount_kopecks, o.return_reason, event.on, event.cause)
        for o in returned
    )
    publish_many(
        PaymentCredited(o.id, o.award_id, o.recipient_id, o.amount_kopecks, event.on, event.cause) for o in credited
    )
    payees = {
        payee.person_id: payee
        for payee in Payee.objects.filter(person_id__in={order.recipient_id for order in (*returned, *credited)})
        if payee.died_on is None
    }
    by_recipient: defaultdict[UUID, list[Order]] = defaultdict(list)
    for order in returned:
        by_recipient[order.recipient_id].append(order)
    notifications.notify(
        [
            *(
                returned_letter(payees[recipient], orders, register.number, event.on, event.cause)
                for recipient, orders in by_recipient.items()
                if recipient in payees
            ),
            *(
                credited_letter(
                    payees[order.recipient_id], order, _title(order, event.on, sources), event.on, event.cause
                )
                for order in credited
                if order.recipient_id in payees
            ),
        ]
    )


def _awaited(settled: QuerySet[Order]) -> list[Order]:
    """Credits that are the first of an award decided by us, or repeat a refused payment."""
    is_first = Q(award__decision_id__isnull=False, month=F("award__first_month"))
    return list(settled.filter(is_first | Q(attempt__gt=1), state=OrderState.CREDITED).order_by("line__number"))


def _title(order: Order, on: date, sources: Sources) -> str:
    return str(sources.document(order.measure, on)["short_title"])
