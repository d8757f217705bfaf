"""Hand registers to the bank. Sent is not paid: only its statement says what was credited."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kazna.contexts.payments.actions.pay_creditors import transfers_left
from kazna.contexts.payments.adapters.credit_register import payload_of
from kazna.contexts.payments.adapters.signature import signature_of
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.models import Register
from kazna.plumbing.side_by_side import side_by_side

PATHS = {"bank": "/bank/registers", "post": "/post/registers"}
TIMEOUT_SECONDS = 30.0
MANY = 20
SENT_ORDERS = """
    UPDATE payments_order o SET state = 'sent'
    WHERE o.id = ANY (ARRAY(SELECT order_id FROM payments_register_line WHERE register_id = %(register)s))
      AND o.state = 'in_register'
    RETURNING o.id, o.measure, o.body, o.kbk, o.recipient_id,
              o.amount_kopecks - o.withheld_kopecks AS amount_kopecks
"""
log = logging.getLogger("kazna.payments")


def send_registers(on: date, *, client: httpx.Client | None = None) -> int:
    """Send what was made, in the order of numbers; return how many the bank took.

    Call it outside a transaction. A register whose answer was lost is sent again: the same number and
    bytes, which the bank takes once. Without an address of the bank (of the post) nothing goes there;
    `payments export` gives the files. Many registers are sent to several banks at once.
    """
    waiting = list(Register.objects.filter(state=Register.State.MADE).order_by("number"))
    by_bank: dict[str, list[Register]] = {}
    for register in waiting:
        by_bank.setdefault(register.bik if len(waiting) > MANY else "", []).append(register)
    return sum(side_by_side(lambda some: _send(some, on, client or bank_client()), list(by_bank.values())))


def _send(registers: Sequence[Register], on: date, client: httpx.Client) -> int:
    sent = 0
    for register in registers:
        way = "post" if register.bik.startswith("post-") else "bank"
        address = settings.KAZNA_AGENCY_URLS.get(way, "")
        if not address:
            continue
        problem = _post(client, address + PATHS[way], payload_of(register))
        if problem:
            log.warning("register %s was not taken by the bank: %s", register.number, problem)
            Register.objects.filter(pk=register.pk).update(problem=problem)
        else:
            mark_sent(register, on)
            sent += 1
    return sent


@cache
def bank_client() -> httpx.Client:
    """One client of the process: making it reads all certificates, its connections are used again."""
    return httpx.Client(timeout=TIMEOUT_SECONDS)


@transaction.atomic
def mark_sent(register: Register, on: date) -> None:
    """The bank has the register: its money is on the way. Doing it again changes nothing."""
    locked = Register.objects.select_for_update().get(pk=register.pk)
    if locked.state != Register.State.MADE:
        return
    params = {"register": locked.id, "bik": locked.bik}
    if locked.is_for_creditors:
        transfers_left(locked, on)
    else:
        move_and_post(Kind.SENT, SENT_ORDERS, params, on=on, register_id=locked.id)
    locked.state, locked.problem = Register.State.SENT, ""
    locked.sent_on, locked.sent_at = on, timezone.now()
    locked.save(update_fields=["state", "problem", "sent_on", "sent_at"])


def _post(client: httpx.Client, address: str, payload: bytes) -> str:
    """What went wrong, or an empty string."""
    try:
        headers = {"Content-Type": "application/xml"}
        if signature := signature_of(payload):
            headers["X-Signature"] = b64encode(signature).decode()
        answer = client.post(address, content=payload, headers=headers)
    except httpx.HTTPError as problem:
        return f"банк не ответил: {type(problem).__name__}"
    return "" if answer.is_success else f"банк ответил {answer.status_code}: {answer.text[:500]}"
