"""Sums kept for screens against what they sum up: one check a kept figure."""

from __future__ import annotations

from kazna.contexts.payments.sums import KEPT

TITLES = {
    "payments_order_sum": "Сумма для экранов равна поручениям",
    "payments_certificate_sum": "Сумма для экранов равна сертификатам",
    "payments_account_sum": "Сумма для экранов равна счетам книги",
    "payments_spent_sum": "Сумма для экранов равна выплаченному за день",
}
OF_CERTIFICATES = {"used_kopecks": ", потрачено", "returned_kopecks": ", возвращено"}


def _check(table: str, summed: str) -> str:
    key = ", ".join(KEPT[table][0])
    return f"""
        SELECT concat_ws(', ', {key}), coalesce(a.{summed}, 0), coalesce(k.{summed}, 0)
        FROM (SELECT {key}, {summed} FROM {table}_anew) a
        FULL JOIN (SELECT {key}, sum({summed})::bigint AS {summed} FROM {table} GROUP BY {key}) k USING ({key})
        WHERE coalesce(a.{summed}, 0) <> coalesce(k.{summed}, 0)
    """


KEPT_SUMS = {
    title + OF_CERTIFICATES.get(summed, ""): _check(table, summed)
    for table, title in TITLES.items()
    for summed in KEPT[table][1]
    if summed != "pieces"
}
KEPT_PIECES = {
    title.replace("Сумма для экранов равна", "Число для экранов равно"): _check(table, "pieces")
    for table, title in TITLES.items()
    if "pieces" in KEPT[table][1]
}
