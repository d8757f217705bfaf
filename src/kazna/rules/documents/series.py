"""Monthly amounts in a document: `{from: 2025-01, months: [50000, null, 61000.50], rest: 0}` in roubles."""

from __future__ import annotations

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.values import read_value
from kazna.rules.evaluate.series import MOST_MONTHS, Series, read_month
from kazna.rules.language.types import money

KEYS = ("from", "months", "rest")
MONTH_AMOUNT = money(0, 0)


def read_series(findings: Findings, entry: Entry) -> Series | None:
    """The series in kopecks; None when it cannot be read, and noted."""
    what = "суммы по месяцам"
    if not findings.only_keys(entry, KEYS, what):
        return None
    first_entry, months = findings.needed(entry, "from", what), findings.needed(entry, "months", what)
    rest = entry.get("rest")
    if first_entry is None or months is None:
        return None
    first = read_month(first_entry.value)
    if first is None:
        findings.add(first_entry.place, "month_needed", "Здесь нужен месяц.", what_to_do="Пишите 2025-01.")
    if not months.is_list or len(months.parts()) > MOST_MONTHS:
        findings.add(
            months.place, "months_needed", "Здесь нужен список сумм, по одной на месяц подряд.",
            what_to_do="Пишите [50000, null, 61000.50]; null — месяц неизвестен.",
        )  # fmt: skip
        return None
    if rest is not None and (rest.value != 0 or isinstance(rest.value, bool)):
        findings.add(
            rest.place, "not_allowed", "У rest бывает одно значение: 0.",
            "Оно значит, что сведения полны и в остальных месяцах сумм нет.", "Пишите rest: 0 или уберите ключ.",
        )  # fmt: skip
    amounts = [None if part.value is None else read_value(findings, part, MONTH_AMOUNT) for part in months.parts()]
    kopecks = tuple(amount if isinstance(amount, int) else None for amount in amounts)
    return None if first is None else Series(first, kopecks, rest is not None)
