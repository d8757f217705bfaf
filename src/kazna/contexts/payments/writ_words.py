"""Enforcement documents in words: what each takes, by which law."""

from __future__ import annotations

from datetime import date

from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.payments.writs import Writ
from kazna.events.cause import Cause
from kazna.events.payments import WritChanged
from kazna.kernel.money import roubles_and_kopecks


def takes(writ: Writ) -> str:
    """«1/4 дохода; долг 100,00 ₽, не больше 50 % выплаты»."""
    parts = []
    if writ.share_top:
        parts.append(f"{writ.share_top}/{writ.share_bottom} дохода")
    if writ.monthly_kopecks:
        parts.append(f"{roubles_and_kopecks(writ.monthly_kopecks)} в месяц")
    if writ.debt_kopecks:
        parts.append(f"долг {roubles_and_kopecks(writ.debt_kopecks)}")
    percent = min(writ.percent or 100, rules().claims[writ.claim].percent)
    return f"{'; '.join(parts)}; всего не больше {percent} % выплаты"


def law_of(writ: Writ) -> str:
    """The articles by which it is withheld."""
    return "; ".join(act.words for act in rules().claims[writ.claim].laws)


def announce(writ: Writ, what: str, reason: str, on: date, cause: Cause) -> WritChanged:
    """The event the debtor is told by."""
    claim = rules().claims[writ.claim]
    return WritChanged(
        writ.pk, writ.debtor_id, what, writ.number, claim.title, takes(writ), reason, law_of(writ), on, cause
    )
