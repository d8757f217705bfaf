"""Enforcement documents against orders, transfers, statements and the ledger; each check is one query."""

from __future__ import annotations

# (subject, expected, found) in kopecks, only where the two differ.
SUMS_OF_WRITS: dict[str, str] = {
    "Удержано с выплаты столько, сколько по документам и переплатам": """
        SELECT 'поручение ' || o.id, (coalesce(w.kopecks, 0) + coalesce(r.kopecks, 0))::bigint, o.withheld_kopecks
        FROM (SELECT id, withheld_kopecks FROM payments_order WHERE withheld_kopecks > 0
              UNION SELECT o.id, o.withheld_kopecks FROM payments_order o
              WHERE o.id IN (SELECT order_id FROM payments_writ_part)) o
        LEFT JOIN LATERAL (SELECT sum(current_kopecks + debt_kopecks) AS kopecks FROM payments_writ_part
                           WHERE order_id = o.id) w ON true
        LEFT JOIN LATERAL (SELECT sum(kopecks) AS kopecks FROM payments_recovery
                           WHERE order_id = o.id AND kind = 'withheld') r ON true
        WHERE coalesce(w.kopecks, 0) + coalesce(r.kopecks, 0) <> o.withheld_kopecks
    """,
    "Взыскателям по книге причитается столько, сколько удержано и не перечислено": """
        SELECT coalesce(l.account, p.account), coalesce(p.total, 0), coalesce(l.total, 0) FROM
            (SELECT 'creditor:' || p.writ_id AS account, sum(p.current_kopecks + p.debt_kopecks)::bigint AS total
             FROM payments_writ_part p LEFT JOIN payments_transfer t ON t.id = p.transfer_id
             WHERE t.id IS NULL OR t.state IN ('made', 'returned')
             GROUP BY p.writ_id HAVING sum(p.current_kopecks + p.debt_kopecks) <> 0) p
            FULL JOIN (SELECT account, sum(amount_kopecks)::bigint AS total FROM payments_ledger_entry
                       WHERE account LIKE 'creditor:%' GROUP BY account HAVING sum(amount_kopecks) <> 0) l
            ON l.account = p.account
        WHERE coalesce(p.total, 0) <> coalesce(l.total, 0)
    """,
    "Перечисление взыскателю равно тому, что для него удержано": """
        SELECT 'перечисление ' || t.id, t.amount_kopecks, coalesce(sum(p.current_kopecks + p.debt_kopecks), 0)::bigint
        FROM payments_transfer t LEFT JOIN payments_writ_part p ON p.transfer_id = t.id
        WHERE t.state <> 'moved' GROUP BY t.id
        HAVING t.amount_kopecks <> coalesce(sum(p.current_kopecks + p.debt_kopecks), 0)
    """,
    "По документу удержано не больше долга": """
        SELECT 'документ ' || w.id, w.debt_kopecks, sum(p.debt_kopecks)::bigint
        FROM payments_writ w JOIN payments_writ_part p ON p.writ_id = w.id
        GROUP BY w.id HAVING sum(p.debt_kopecks) > coalesce(w.debt_kopecks, 0)
    """,
    "Сумма реестра взыскателям равна сумме перечислений": """
        SELECT 'реестр ' || r.number, r.total_kopecks, coalesce(sum(t.amount_kopecks), 0)::bigint
        FROM payments_register r LEFT JOIN payments_transfer t ON t.register_id = r.id
        WHERE r.is_for_creditors GROUP BY r.id HAVING r.total_kopecks <> coalesce(sum(t.amount_kopecks), 0)
    """,
    "Зачислено взыскателям по выписке равно перечислениям": """
        SELECT 'перечисление ' || t.id, t.amount_kopecks, coalesce(s.amount_kopecks, 0) FROM payments_transfer t
        LEFT JOIN LATERAL (SELECT l.amount_kopecks, l.is_credited FROM payments_transfer_answer a
                           JOIN payments_statement_line l ON l.id = a.line_id
                           WHERE a.transfer_id = t.id ORDER BY l.id DESC LIMIT 1) s ON true
        WHERE t.state = 'credited' AND (s.is_credited IS NOT true OR s.amount_kopecks <> t.amount_kopecks)
    """,
}

PIECES_OF_WRITS: dict[str, str] = {
    "Число строк реестра взыскателям": """
        SELECT 'реестр ' || r.number, r.lines_count, count(t.id)
        FROM payments_register r LEFT JOIN payments_transfer t ON t.register_id = r.id
        WHERE r.is_for_creditors GROUP BY r.id HAVING r.lines_count <> count(t.id)
    """,
}
