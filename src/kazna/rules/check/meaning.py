"""Meaning by ranges alone: conditions nothing can change, amounts below zero."""

from __future__ import annotations

from datetime import date

from kazna.rules.documents.reading import Findings
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment


def check_meaning(findings: Findings, edition: Edition) -> None:
    """Evaluate every condition with all facts unknown: an answer means that it decides nothing."""
    environment = Environment(facts={}, people={}, today=date.max, parameters={}, static=True)
    for condition, code in edition.program.conditions:
        found = code.value(environment)
        if found is not None:
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
