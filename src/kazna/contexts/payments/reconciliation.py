"""Every record of money against every other: each check is one query that returns what does not agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import connection

from kazna.contexts.payments.contracts import Decided, Discrepancy
from kazna.contexts.payments.reconciliation_sums import KEPT_PIECES, KEPT_SUMS
from kazna.contexts.payments.reconciliation_writs import PIECES_OF_WRITS, SUMS_OF_WRITS
from kazna.kernel.money import roubles_and_kopecks

# What is due for a month `m.month` of an obligation `b`, as `payments_due` counts it, for all of them at once.
DUE = """
    coalesce(d.due_kopecks, CASE WHEN b.stops_on <= m.month THEN 0
             ELSE payments_month_amount(b.amount_kopecks, m.month, b.first_day, b.last_day,
                                        b.prorate_first, b.prorate_last) END)
"""
CORRECTED = """
    LEFT JOIN (SELECT DISTINCT ON (award_id, month) award_id, month, due_kopecks FROM payments_month_due
               ORDER BY award_id, month, id DESC) d ON d.award_id = m.award_id AND d.month = m.month
"""
NAMED = """
    LEFT JOIN (SELECT award_id, month, sum(kopecks)::bigint AS kopecks FROM payments_overpaid_open
               GROUP BY award_id, month) n ON n.award_id = m.award_id AND n.month = m.month
"""

# Each query gives (subject, expected, found) in kopecks or pieces, only where the two differ.
SUMS: dict[str, str] = {
    "По сертификату потрачено столько, сколько сказали продавцы": """
        SELECT 'сертификат ' || c.number, c.used_kopecks, coalesce(sum(u.kopecks), 0)::bigint
        FROM payments_certificate c LEFT JOIN payments_certificate_use u ON u.certificate_id = c.number
        GROUP BY c.number HAVING c.used_kopecks <> coalesce(sum(u.kopecks), 0)
    """,
    "Сертификат по книге равен таблице": """
        SELECT 'сертификат ' || coalesce(c.number, l.number) || ', ' || coalesce(c.what, l.what),
               coalesce(c.kopecks, 0), coalesce(l.kopecks, 0)
        FROM (SELECT number, v.what, v.kopecks FROM payments_certificate c
              CROSS JOIN LATERAL (VALUES ('выпущено', CASE WHEN c.issued_on IS NULL THEN 0 ELSE c.amount_kopecks END),
                                         ('потрачено', c.used_kopecks), ('вернулось', c.returned_kopecks),
                                         ('осталось', CASE WHEN c.issued_on IS NULL THEN 0 ELSE
                                              c.amount_kopecks - c.used_kopecks - c.returned_kopecks END))
                   AS v(what, kopecks)) c
        FULL JOIN (SELECT split_part(e.account, ':', 2) AS number, v.what, sum(v.kopecks)::bigint AS kopecks
                   FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
                   CROSS JOIN LATERAL (VALUES
                       (CASE WHEN p.kind = 'cert_issue' THEN 'выпущено'
                             WHEN p.kind IN ('cert_used', 'cert_back') THEN 'потрачено'
                             WHEN p.kind IN ('cert_lapse', 'cert_block', 'cert_void') THEN 'вернулось'
                             ELSE 'чужое' END,
                        CASE WHEN p.kind = 'cert_issue' THEN e.amount_kopecks ELSE - e.amount_kopecks END),
                       ('осталось', e.amount_kopecks)) AS v(what, kopecks)
                   WHERE e.account LIKE 'certificate:%' GROUP BY 1, 2) l
             ON l.number = c.number AND l.what = c.what
        WHERE coalesce(c.kopecks, 0) <> coalesce(l.kopecks, 0) OR c.kopecks < 0
    """,
    "Закрытый сертификат пуст": """
        SELECT 'сертификат ' || number, amount_kopecks, used_kopecks + returned_kopecks FROM payments_certificate
        WHERE state = 'closed' AND issued_on IS NOT NULL AND used_kopecks + returned_kopecks <> amount_kopecks
    """,
    "Проводка сводится к нулю": """
        SELECT 'проводка ' || posting_id, 0, sum(amount_kopecks)::bigint FROM payments_ledger_entry
        GROUP BY posting_id HAVING sum(amount_kopecks) <> 0
    """,
    "Поручение равно обязательству за месяц": f"""
        SELECT 'назначение ' || award_id || ', ' || month, due, live - named
        FROM (SELECT m.award_id, m.month, m.live, m.leaving, {DUE} AS due, coalesce(n.kopecks, 0) AS named
              FROM (SELECT award_id, month, sum(amount_kopecks)::bigint AS live,
                           coalesce(sum(amount_kopecks) FILTER (WHERE state IN ('in_register', 'sent')), 0)::bigint
                           AS leaving
                    FROM payments_order WHERE state NOT IN ('reissued', 'cancelled') GROUP BY award_id, month) m
              JOIN payments_obligation b ON b.award_id = m.award_id {CORRECTED} {NAMED}) o
        WHERE live - named NOT BETWEEN due AND due + leaving OR (leaving = 0 AND live - named <> due)
    """,
    "Выплачено не больше решённого": f"""
        SELECT 'назначение ' || award_id || ', ' || month, due, paid - named
        FROM (SELECT m.award_id, m.month, m.paid, {DUE} AS due, coalesce(n.kopecks, 0) AS named
              FROM (SELECT award_id, month, sum(amount_kopecks)::bigint AS paid FROM payments_order
                    WHERE state = 'credited' GROUP BY award_id, month) m
              JOIN payments_obligation b ON b.award_id = m.award_id {CORRECTED} {NAMED}) o
        WHERE paid - named > due
    """,
    "Обязательства и долги не меньше нуля": """
        SELECT account, 0, sum(amount_kopecks)::bigint FROM payments_ledger_entry
        WHERE account LIKE ANY (ARRAY['payable:%', 'transit:%', 'debt:%', 'overpaid:%', 'certificate:%',
                                     'creditor:%'])
        GROUP BY account HAVING sum(amount_kopecks) < 0
    """,
    "Выплаченное с тем, что в пути к взыскателям, не меньше нуля": """
        SELECT measure, 0, sum(amount_kopecks)::bigint FROM payments_ledger_entry
        WHERE account LIKE ANY (ARRAY['paid:%', 'creditor:%', 'transit:%'])
        GROUP BY measure HAVING sum(amount_kopecks) < 0
    """,
    "Долг человека по книге равен решениям о переплатах": """
        SELECT coalesce(l.account, o.account), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT 'debt:' || o.recipient_id AS account, sum(f.left_kopecks)::bigint AS total
             FROM payments_overpayment o JOIN payments_overpayment_left f ON f.id = o.id
             WHERE o.state = 'owed' GROUP BY o.recipient_id) o
            FULL JOIN (SELECT account, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'debt:%' GROUP BY account HAVING sum(amount_kopecks) <> 0) l
            ON l.account = o.account
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "Переплата по книге равна найденной": """
        SELECT coalesce(l.measure, o.measure), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT o.measure, sum(f.left_kopecks)::bigint AS total
             FROM payments_overpayment o JOIN payments_overpayment_left f ON f.id = o.id
             WHERE o.state = 'found' GROUP BY o.measure) o
            FULL JOIN (SELECT measure, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'overpaid:%' GROUP BY measure HAVING sum(amount_kopecks) <> 0) l
            ON l.measure = o.measure
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "Проводка не смешивает строки бюджета": """
        SELECT 'проводка ' || posting_id || ', КБК ' || kbk, 0, sum(amount_kopecks)::bigint
        FROM payments_ledger_entry e JOIN payments_ledger_posting p ON p.number = e.posting_id
        GROUP BY posting_id, kbk HAVING sum(amount_kopecks) <> 0
    """,
    "Начислено по книге равно поручениям и сертификатам": """
        SELECT coalesce(l.measure, o.measure), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT measure, sum(total)::bigint AS total FROM (
                 SELECT measure, sum(amount_kopecks) AS total FROM payments_order
                 WHERE state NOT IN ('reissued', 'cancelled') GROUP BY measure
                 UNION ALL
                 SELECT measure, sum(amount_kopecks - returned_kopecks) FROM payments_certificate
                 WHERE issued_on IS NOT NULL GROUP BY measure) parts GROUP BY measure) o
            FULL JOIN (SELECT measure, -sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'budget:%' GROUP BY measure) l ON l.measure = o.measure
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "Долг перед человеком по книге равен его неотправленным поручениям": """
        SELECT coalesce(l.account, o.account), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT 'payable:' || recipient_id AS account, sum(amount_kopecks - withheld_kopecks)::bigint AS total
             FROM payments_order
             WHERE state IN ('scheduled', 'held', 'in_register', 'returned') GROUP BY recipient_id) o
            FULL JOIN (SELECT account, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'payable:%' GROUP BY account HAVING sum(amount_kopecks) <> 0) l
            ON l.account = o.account
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "В пути по книге равно отправленным поручениям": """
        SELECT coalesce(l.account, o.account), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT account, sum(kopecks)::bigint AS total FROM (
                 SELECT 'transit:' || r.bik AS account, sum(o.amount_kopecks - o.withheld_kopecks) AS kopecks
                 FROM payments_order o JOIN payments_register r ON r.id = o.register_id
                 WHERE o.state = 'sent' GROUP BY r.bik
                 UNION ALL SELECT 'transit:' || bik, sum(amount_kopecks) FROM payments_transfer
                 WHERE state = 'sent' GROUP BY bik) t GROUP BY account) o
            FULL JOIN (SELECT account, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'transit:%' GROUP BY account HAVING sum(amount_kopecks) <> 0) l
            ON l.account = o.account
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "Выплачено по книге равно зачисленным поручениям и покупкам": """
        SELECT coalesce(l.measure, o.measure), coalesce(o.total, 0), coalesce(l.total, 0) FROM
            (SELECT measure, sum(total)::bigint AS total FROM (
                 SELECT measure, sum(CASE WHEN state = 'credited' THEN amount_kopecks ELSE withheld_kopecks END)
                        AS total
                 FROM payments_order WHERE state = 'credited' OR withheld_kopecks > 0 GROUP BY measure
                 UNION ALL
                 SELECT measure, sum(used_kopecks) FROM payments_certificate GROUP BY measure
                 UNION ALL
                 SELECT o.measure, -sum(p.current_kopecks + p.debt_kopecks)
                 FROM payments_writ_part p JOIN payments_order o ON o.id = p.order_id
                 LEFT JOIN payments_transfer t ON t.id = p.transfer_id
                 WHERE t.id IS NULL OR t.state <> 'credited' GROUP BY o.measure) parts
             GROUP BY measure) o
            FULL JOIN (SELECT measure, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE split_part(account, ':', 1) IN ('paid', 'overpaid', 'debt', 'recovered', 'written_off')
                       GROUP BY measure) l
            ON l.measure = o.measure
        WHERE coalesce(o.total, 0) <> coalesce(l.total, 0)
    """,
    "Выплаченное после прекращения названо переплатой": """
        SELECT 'назначение ' || o.award_id || ', ' || o.month, o.paid, coalesce(n.named, 0)::bigint
        FROM (SELECT o.award_id, o.month, sum(o.amount_kopecks)::bigint AS paid
              FROM payments_order o JOIN payments_obligation b ON b.award_id = o.award_id
              WHERE o.state = 'credited' AND b.stops_on <= o.month AND payments_due(o.award_id, o.month) = 0
              GROUP BY o.award_id, o.month) o
        CROSS JOIN LATERAL (SELECT sum(n.kopecks) AS named FROM payments_overpaid_open n
                            WHERE n.award_id = o.award_id AND n.month = o.month) n
        WHERE coalesce(n.named, 0) <> o.paid
    """,
    "Сумма реестра равна сумме строк": """
        SELECT 'реестр ' || r.number, r.total_kopecks, coalesce(sum(l.amount_kopecks), 0)::bigint
        FROM payments_register r LEFT JOIN payments_register_line l ON l.register_id = r.id
        WHERE NOT r.is_for_creditors GROUP BY r.id HAVING r.total_kopecks <> coalesce(sum(l.amount_kopecks), 0)
    """,
    "Строка реестра равна поручению": """
        SELECT 'поручение ' || o.id, o.amount_kopecks - o.withheld_kopecks, coalesce(l.amount_kopecks, 0)
        FROM payments_order o LEFT JOIN payments_register_line l ON l.order_id = o.id
        WHERE o.state IN ('in_register', 'sent', 'credited', 'returned', 'reissued')
          AND o.state NOT IN ('returned', 'reissued')
          AND coalesce(l.amount_kopecks, 0) <> o.amount_kopecks - o.withheld_kopecks
    """,
    "Зачислено по выписке равно поручениям реестра": """
        SELECT 'реестр ' || r.number, coalesce(o.total, 0), coalesce(s.total, 0) FROM payments_register r
        LEFT JOIN (SELECT register_id, sum(amount_kopecks - withheld_kopecks)::bigint AS total FROM payments_order
                   WHERE state = 'credited' GROUP BY register_id) o ON o.register_id = r.id
        LEFT JOIN (SELECT t.register_id, sum(l.amount_kopecks)::bigint AS total
                   FROM payments_statement t
                   JOIN (SELECT DISTINCT ON (order_id) * FROM payments_statement_line WHERE order_id IS NOT NULL
                         ORDER BY order_id, id DESC) l ON l.statement_id = t.document_id
                   WHERE l.is_credited GROUP BY t.register_id) s ON s.register_id = r.id
        WHERE coalesce(o.total, 0) <> coalesce(s.total, 0)
    """,
}

PIECES: dict[str, str] = {
    "Число строк реестра": """
        SELECT 'реестр ' || r.number, r.lines_count, count(l.id)
        FROM payments_register r LEFT JOIN payments_register_line l ON l.register_id = r.id
        WHERE NOT r.is_for_creditors GROUP BY r.id HAVING r.lines_count <> count(l.id)
    """,
    "Месяц оплачен не больше одного раза": """
        SELECT 'назначение ' || award_id || ', ' || month, 1, count(*) FROM payments_order
        WHERE state = 'credited' GROUP BY award_id, month, recipient_id, correction_id HAVING count(*) > 1
    """,
    "За месяцы после прекращения ничего не ждёт отправки, кроме возвращённого человеком лишнего": """
        SELECT 'поручение ' || o.id, 0, 1 FROM payments_order o JOIN payments_obligation b ON b.award_id = o.award_id
        WHERE b.stops_on <= o.month AND o.state IN ('scheduled', 'held', 'returned')
          AND payments_due(o.award_id, o.month) = 0
          AND NOT EXISTS (SELECT 1 FROM payments_overpaid_open n
                          WHERE n.award_id = o.award_id AND n.month = o.month AND n.kopecks > 0)
    """,
    "Каждый начатый месяц обязательства имеет поручение": f"""
        SELECT 'назначение ' || b.award_id || ', ' || m.month, 1, 0
        FROM (SELECT b.award_id, g.month::date AS month FROM payments_obligation b
              CROSS JOIN LATERAL (
                  SELECT CASE WHEN b.pay_day IS NULL THEN b.first_month
                              ELSE least(payments_final_month(b.last_day, b.stops_on),
                                         (b.next_month - interval '1 month')::date) END AS last) l
              CROSS JOIN LATERAL generate_series(b.first_month, l.last, interval '1 month') AS g(month)
              WHERE b.pay_day IS NOT NULL OR b.next_month IS NULL) m
        JOIN payments_obligation b ON b.award_id = m.award_id {CORRECTED}
        LEFT JOIN (SELECT DISTINCT award_id, month FROM payments_order) o
             ON o.award_id = m.award_id AND o.month = m.month
        WHERE o.award_id IS NULL AND {DUE} > 0
    """,
}


def discrepancies(decided: Mapping[str, Decided] | None) -> Iterator[Discrepancy]:
    """Everything that does not agree; with `decided`, decisions against obligations too."""
    for checks, show in (
        (SUMS | SUMS_OF_WRITS | KEPT_SUMS, roubles_and_kopecks),
        (PIECES | PIECES_OF_WRITS | KEPT_PIECES, str),
    ):
        for check, query in checks.items():
            with connection.cursor() as cursor:
                cursor.execute(query)
                for subject, expected, found in cursor.fetchall():
                    yield Discrepancy(check, subject, show(expected), show(found))
    if decided is not None:
        yield from _decisions_against_obligations(decided)


def _decisions_against_obligations(decided: Mapping[str, Decided]) -> Iterator[Discrepancy]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT measure, count(*), sum(amount_kopecks)::bigint, count(stops_on)"
            " FROM payments_obligation GROUP BY measure"
        )
        owed = {row[0]: Decided(*row[1:]) for row in cursor.fetchall()}
    nothing = Decided(0, 0, 0)
    for measure in sorted(decided.keys() | owed.keys()):
        expected, found = decided.get(measure, nothing), owed.get(measure, nothing)
        if expected != found:
            yield Discrepancy("Решения равны обязательствам", measure, _told(expected), _told(found))


def _told(decided: Decided) -> str:
    return f"{decided.awards} на {roubles_and_kopecks(decided.amount_kopecks)}, прекращено {decided.stopped}"
