"""What was withheld by enforcement documents goes to creditors when the payment itself was credited.

Law: within three days of the payment (229-FZ art. 98 part 3); a payment refused by the bank took no place.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.payments.actions.make_registers import MOST_LINES, NAMESPACE
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.sources import Sources
from kazna.contexts.payments.writs import UNPAID
from kazna.kernel.identifiers import account_is_valid
from kazna.plumbing.numbering import take

# Parts of credited payments no creditor has: never sent, or sent back and another account was given since.
WAITING = f"""
    SELECT p.id, p.writ_id, p.transfer_id, p.current_kopecks + p.debt_kopecks AS kopecks
    FROM ({UNPAID}) p JOIN payments_writ w ON w.id = p.writ_id JOIN payments_order o ON o.id = p.order_id
    LEFT JOIN payments_transfer t ON t.id = p.came_back
    WHERE o.state = 'credited' AND (w.ended_from IS NULL OR p."on" < w.ended_from)
      AND (t.id IS NULL OR t.bik <> w.creditor_bik OR t.account <> w.creditor_account)
"""

BANKS = f"""
    SELECT body, bik, count(*) FROM (
        SELECT w.body, w.creditor_bik AS bik, w.id FROM ({WAITING}) p JOIN payments_writ w ON w.id = p.writ_id
        GROUP BY w.id HAVING sum(p.kopecks) > 0
    ) due GROUP BY body, bik ORDER BY body, bik
"""

TRANSFERS = f"""
    WITH waiting AS MATERIALIZED ({WAITING}), due AS (
        SELECT w.id, w.body, w.debtor_id, w.creditor_name, w.creditor_bik, w.creditor_account, s.kopecks,
               (row_number() OVER (PARTITION BY w.body, w.creditor_bik ORDER BY w.issued_on, w.number_key, w.id) -
                   1)::int
               AS place
        FROM (SELECT writ_id, sum(kopecks)::bigint AS kopecks FROM waiting GROUP BY writ_id HAVING sum(kopecks) > 0) s
        JOIN payments_writ w ON w.id = s.writ_id
    ), made AS (
        INSERT INTO payments_transfer (id, writ_id, body, debtor_id, register_id, number, creditor_name, bik, account,
                                       amount_kopecks, state, made_on, return_reason)
        SELECT md5(d.id || '/' || r.id)::uuid, d.id, d.body, d.debtor_id, r.id, d.place %% %(most)s + 1,
            d.creditor_name,
               d.creditor_bik, d.creditor_account, d.kopecks, 'made', %(on)s, ''
        FROM due d JOIN unnest(%(bodies)s::text[], %(biks)s::text[], %(firsts)s::int[]) AS b(body, bik, first)
             ON b.body = d.body AND b.bik = d.creditor_bik
        CROSS JOIN LATERAL (SELECT (%(ids)s::uuid[])[b.first + d.place / %(most)s] AS id) r
        RETURNING id, writ_id
    ), moved AS (
        UPDATE payments_transfer t SET state = 'moved' FROM waiting p JOIN made m ON m.writ_id = p.writ_id
        WHERE t.id = p.transfer_id
    )
    UPDATE payments_writ_part p SET transfer_id = m.id FROM waiting w JOIN made m ON m.writ_id = w.writ_id WHERE w.id
        = p.id
"""

TOTALS = """
    UPDATE payments_register r SET lines_count = t.lines, total_kopecks = t.total
    FROM (SELECT register_id, count(*) AS lines, sum(amount_kopecks)::bigint AS total
          FROM payments_transfer WHERE register_id = ANY(%(ids)s::uuid[]) GROUP BY register_id) t
    WHERE t.register_id = r.id
"""

# Parts of transfers of a register in a state, as they are posted.
OF_TRANSFERS = """
    SELECT o.id, o.measure, o.body, o.kbk, o.recipient_id, (p.current_kopecks + p.debt_kopecks) AS amount_kopecks,
        p.writ_id
    FROM payments_transfer t JOIN payments_writ_part p ON p.transfer_id = t.id JOIN payments_order o ON o.id =
        p.order_id
    WHERE t.register_id = %(register)s AND t.state = %(state)s
"""
SETTLED = f"""
    {OF_TRANSFERS} AND EXISTS (
        SELECT 1 FROM payments_transfer_answer a JOIN payments_statement_line s ON s.id = a.line_id
        WHERE a.transfer_id = t.id AND s.statement_id = %(statement)s AND s.is_credited = %(credited)s)
"""

MATCH = """
    UPDATE payments_statement_line s SET problem = m.problem FROM (
        SELECT s.id, CASE
            WHEN t.id IS NULL THEN 'Строки с таким номером в реестре нет.'
            WHEN t.account <> s.account THEN 'Счёт не тот, что в реестре.'
            WHEN t.amount_kopecks <> s.amount_kopecks THEN 'Сумма не та, что в реестре.'
            WHEN row_number() OVER (PARTITION BY s.number ORDER BY s.place) > 1
                THEN 'Строка повторена в этой же выписке.'
            WHEN t.state <> 'sent' AND (t.state <> 'credited' OR s.is_credited OR t.settled_on >= %(stated_on)s)
                THEN 'По этой строке банк уже ответил раньше.'
            ELSE '' END AS problem
        FROM payments_statement_line s
        LEFT JOIN payments_transfer t ON t.register_id = %(register)s AND t.number = s.number
        WHERE s.statement_id = %(statement)s
    ) m WHERE m.id = s.id
"""

ANSWERS = """
    INSERT INTO payments_transfer_answer (line_id, transfer_id)
    SELECT s.id, t.id FROM payments_statement_line s
    JOIN payments_transfer t ON t.register_id = %(register)s AND t.number = s.number
    WHERE s.statement_id = %(statement)s AND s.problem = ''
"""

SETTLE = """
    UPDATE payments_transfer t SET state = CASE WHEN s.is_credited THEN 'credited' ELSE 'returned' END, settled_on =
        %(on)s,
           return_reason = s.reason
    FROM payments_transfer_answer a JOIN payments_statement_line s ON s.id = a.line_id
    WHERE a.transfer_id = t.id AND s.statement_id = %(statement)s
"""


@transaction.atomic
def pay_creditors(on: date, sources: Sources) -> int:
    """Put what waits into registers of transfers, a line for each document; return how many registers were made."""
    if not sources.is_working_day(on):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(BANKS)
        wanted = [
            (body, bik, chunk)
            for body, bik, count in cursor.fetchall()
            for chunk in range((count + MOST_LINES - 1) // MOST_LINES)
        ]
    if not wanted:
        return 0
    numbers = take(f"register-{on.year}", len(wanted))
    made = [
        Register(
            id=uuid5(NAMESPACE, f"{on.year}-{number:06d}"), number=f"{on.year}-{number:06d}", date=on, body=body,
                bik=bik,
            lines_count=0, total_kopecks=0, is_for_creditors=True,
        )
        for number, (body, bik, _) in zip(numbers, wanted, strict=True)
    ]  # fmt: skip
    Register.objects.bulk_create(made)
    starts = [(body, bik, place) for place, (body, bik, chunk) in enumerate(wanted, start=1) if chunk == 0]
    params = {
        "most": MOST_LINES,
        "on": on,
        "ids": [register.id for register in made],
        "bodies": [body for body, _, _ in starts],
        "biks": [bik for _, bik, _ in starts],
        "firsts": [place for _, _, place in starts],
    }
    with connection.cursor() as cursor:
        cursor.execute(TRANSFERS, params)
        cursor.execute(TOTALS, {"ids": params["ids"]})
    return len(made)


def transfers_left(register: Register, on: date) -> None:
    """The bank has a register of transfers: its money is on the way."""
    params = {"register": register.id, "bik": register.bik, "state": "made"}
    move_and_post(Kind.WRIT_SENT, OF_TRANSFERS, params, on=on, register_id=register.id)
    register.transfers.filter(state="made").update(state="sent")


def take_answers(document_id: UUID, register: Register, stated_on: date, on: date) -> None:
    """Apply a statement about a register of transfers: to creditors, or back to what is owed to them."""
    params = {"statement": document_id, "register": register.id, "stated_on": stated_on, "on": on, "bik": register.bik}
    with connection.cursor() as cursor:
        cursor.execute(MATCH, params)
        cursor.execute(ANSWERS, params)
    for kind, state, credited in (
        (Kind.WRIT_PAID, "sent", True),
        (Kind.WRIT_RETURNED, "sent", False),
        (Kind.WRIT_RETURNED_LATE, "credited", False),
    ):
        found = params | {"state": state, "credited": credited}
        move_and_post(kind, SETTLED, found, on=on, register_id=register.id)
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, params)


def creditor_account_is_valid(bik: str, account: str) -> bool:
    """A bank account by its key; an account of the Treasury («03212…», deposits of bailiffs) has no such key."""
    if account.startswith("03") and len(account) == 20 and account.isdigit():
        return len(bik) == 9 and bik.isdigit()
    return account_is_valid(bik, account)
