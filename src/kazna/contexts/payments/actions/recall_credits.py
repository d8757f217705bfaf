"""After a death: ask the bank back for months that were not due any more."""

from __future__ import annotations

import logging
from datetime import date

import httpx
from django.conf import settings
from django.db import connection, transaction
from lxml import etree

from kazna.contexts.payments.actions.send_registers import bank_client
from kazna.contexts.payments.debts import Recall
from kazna.contexts.payments.payers import payer_of

PATH = "/bank/recalls"
NAMESPACE = "urn://kazna/own_recall/1"
# Months after the month of death, credited or on the way; what the family has given back already is not asked for.
FIND = """
    INSERT INTO payments_recall (order_id, bik, body, recipient_id, died_on, kopecks, made_on, problem)
    SELECT o.id, r.bik, o.body, o.recipient_id, p.died_on, o.amount_kopecks - o.withheld_kopecks, %(on)s, ''
    FROM payments_order o JOIN payments_payee p ON p.person_id = o.recipient_id
    JOIN payments_register r ON r.id = o.register_id
    WHERE p.died_on IS NOT NULL AND o.state IN ('sent', 'credited') AND o.month > p.died_on
      AND payments_due(o.award_id, o.month) = 0
      AND NOT EXISTS (SELECT 1 FROM payments_recovery v WHERE v.order_id = o.id)
    ON CONFLICT (order_id) DO NOTHING
"""
log = logging.getLogger("kazna.payments")


@transaction.atomic
def find_recalls(on: date) -> int:
    """Name what has to come back; each payment is asked for once. Returns how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"on": on})
        return int(cursor.rowcount)


def send_recalls(on: date, *, client: httpx.Client | None = None) -> int:
    """One message a bank and payer; what the bank did not take is sent again tomorrow. Call outside a transaction.

    The money comes back as a late return in a statement, like any other.
    """
    base = settings.KAZNA_AGENCY_URLS.get("bank", "")
    waiting = Recall.objects.filter(sent_on=None).exclude(bik__startswith="post-")
    if not base:
        return 0
    sent = 0
    for bik, body in waiting.order_by("bik", "body").values_list("bik", "body").distinct():
        rows = list(
            waiting.filter(bik=bik, body=body).select_related("order__line", "order__register").order_by("order_id")
        )
        problem = _post(client or bank_client(), base, write_recall(bik, body, rows, on))
        if problem:
            log.warning("a recall to %s was not taken: %s", bik, problem)
        changed = {"problem": problem} if problem else {"problem": "", "sent_on": on}
        Recall.objects.filter(order_id__in=[row.order_id for row in rows]).update(**changed)
        sent += 0 if problem else len(rows)
    return sent


def write_recall(bik: str, body: str, rows: list[Recall], on: date) -> bytes:
    """Format own_recall/1: which lines of which registers; sums in kopecks."""
    payer = payer_of(body)
    root = etree.Element(
        "ОтзывЗачислений", nsmap={None: NAMESPACE}, Дата=on.isoformat(), БИК=bik, Плательщик=payer.name, ИНН=payer.inn
    )
    for row in rows:
        etree.SubElement(
            root, "Зачисление", НомерРеестра=row.order.register.number, Нпп=str(row.order.line.number),
            ЛицевойСчет=row.order.line.account, Копеек=str(row.kopecks), Причина="Смерть получателя",
        )  # fmt: skip
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _post(client: httpx.Client, base: str, payload: bytes) -> str:
    try:
        answer = client.post(base + PATH, content=payload, headers={"Content-Type": "application/xml"})
    except httpx.HTTPError as problem:
        return f"банк не ответил: {type(problem).__name__}"
    return "" if answer.is_success else f"банк ответил {answer.status_code}: {answer.text[:500]}"
