"""Meaning by ranges alone: conditions nothing can change, amounts below zero."""

from __future__ import annotations

from datetime import date

from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment

DAYS = (date(1900, 1, 1), date.max)


def check_meaning(findings: Findings, edition: Edition) -> None:
    """Evaluate every condition with all facts unknown: the same answer early and late means that it decides nothing."""
    early, late = (Environment(facts={}, people={}, today=day, parameters={}, static=True) for day in DAYS)
    for condition, code in edition.program.conditions:
        found = code.value(late)
        if found is not None and found == code.value(early):
            findings.add(
                condition.place, "constant",
                f"Условие «{condition.id}» всегда {'выполнено' if found else 'не выполнено'}.",
                "Так следует из одних диапазонов, какими бы ни были факты.", "Проверьте числа и range фактов.",
                "warning" if found else "error",
            )  # fmt: skip
    amount = edition.measure.amount
    if amount is not None and amount.node.type.hi <= 0:
        findings.add(amount.place, "no_amount", "Сумма никогда не больше нуля.", what_to_do="Проверьте выражение.")
    elif amount is not None and amount.node.type.lo < 0:
        findings.add(
            amount.place, "negative", "По диапазонам сумма может стать отрицательной.", "",
            "Если это исключено условиями, оставьте; иначе напишите max(0, …).", "warning",
        )  # fmt: skip
