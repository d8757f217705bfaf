"""An account came: send what was waiting for it, and repeat only what the bank had refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.actions.refresh_payees import refresh_payees
from kazna.contexts.payments.actions.withhold import undo_withholding
from kazna.contexts.payments.contracts import OrderState
from kazna.contexts.payments.letters import reissued_letter
from kazna.contexts.payments.models import Order, Payee
from kazna.contexts.payments.sources import Sources
from kazna.events.cause import Cause

RELEASE = """
    UPDATE payments_order o SET state = 'scheduled', hold_reason = ''
    FROM payments_payee p
    WHERE p.person_id = o.recipient_id AND o.recipient_id = ANY(%(people)s::uuid[])
      AND o.state = 'held' AND o.hold_reason <> 'no_limit'
      AND p.account IS NOT NULL AND NOT p.is_refused AND p.died_on IS NULL
    RETURNING o.recipient_id, o.amount_kopecks
"""

REPEAT = """
    WITH refused AS (
        SELECT o.* FROM payments_order o JOIN payments_payee p ON p.person_id = o.recipient_id
        WHERE o.recipient_id = ANY(%(people)s::uuid[]) AND o.state = 'returned'
          AND p.account IS NOT NULL AND NOT p.is_refused AND p.died_on IS NULL
    ), closed AS (
        UPDATE payments_order o SET state = 'reissued' FROM refused WHERE refused.id = o.id
    )
    INSERT INTO payments_order (id, award_id, measure, body, kbk, recipient_id, subject_id, month, correction_id,
                                attempt, amount_kopecks, pay_on, state, hold_reason, return_reason, created_on,
                                reissues_id)
    SELECT md5(id || '/again')::uuid, award_id, measure, body, kbk, recipient_id,
           subject_id, month, correction_id, attempt + 1, amount_kopecks, %(on)s, 'scheduled', '', '', %(on)s, id
    FROM refused
    RETURNING recipient_id, amount_kopecks
"""

HOLD = """
    UPDATE payments_order o
    SET state = 'held', hold_reason = CASE WHEN p.died_on IS NULL THEN 'no_account' ELSE 'recipient_died' END
    FROM payments_payee p
    WHERE p.person_id = o.recipient_id AND o.recipient_id = ANY(%(people)s::uuid[]) AND o.state = 'scheduled'
      AND (p.account IS NULL OR p.is_refused OR p.died_on IS NOT NULL)
"""


@transaction.atomic
def follow_people(changes: Mapping[UUID, Cause], on: date, sources: Sources) -> None:
    """Accounts, names or deaths of these people changed: hold, release and repeat their orders accordingly.

    `changes`: what set off the change, by person. The debt is the same, so nothing new is accrued.
    Repeating the call changes nothing.
    """
    moved = refresh_payees(list(changes), on, sources)
    params = {"people": list(changes), "on": on}
    with connection.cursor() as cursor:
        cursor.execute(HOLD, params)
        if not moved:
            return
        params = {"people": moved, "on": on}
        undo_withholding(
            Order.objects.filter(recipient_id__in=moved, state=OrderState.RETURNED, withheld_kopecks__gt=0), on
        )
        cursor.execute(RELEASE, params)
        sent = cursor.fetchall()
        cursor.execute(REPEAT, params)
        sent += cursor.fetchall()
    sums: dict[UUID, int] = {}
    for recipient_id, amount in sent:
        sums[recipient_id] = sums.get(recipient_id, 0) + amount
    payees = Payee.objects.filter(person_id__in=list(sums)).order_by("person_id")
    notifications.notify(
        [
            reissued_letter(payee, sums[payee.person_id], on, changes.get(payee.person_id) or changes[payee.holder_id])
            for payee in payees
        ]
    )
