"""One line: what is decided and why."""

from __future__ import annotations

from kazna.rules.edition import Edition
from kazna.rules.explain.wording import name_of, say
from kazna.rules.outcome import Outcome

EACH = {"month": " в месяц", "year": " в год"}
MOST_NAMES = 4


def summary(outcome: Outcome, edition: Edition) -> str:
    """«Пособие при рождении ребёнка: положено 28 450,45 ₽.»"""
    title = edition.short_title
    if outcome.state == "granted":
        return f"{title}: положено{_amount(outcome, edition)}{_term(outcome, edition)}."
    if outcome.state == "refused":
        return f"{title}: не положено. Не выполнено: {'; '.join(reasons(outcome, edition))}."
    names = [name_of(edition, name) for name in outcome.missing]
    more = f" и ещё {len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return f"{title}: пока не решено. Не хватает: {'; '.join(names[:MOST_NAMES])}{more}."


def reasons(outcome: Outcome, edition: Edition) -> list[str]:
    """What failed, in the words of the document."""
    said = {condition.id: condition.refusal or condition.title for condition in edition.measure.conditions}
    return [said[result.id].rstrip(".") for result in outcome.conditions if result.answer == "no"]


def _amount(outcome: Outcome, edition: Edition) -> str:
    if outcome.amount_kopecks is None:
        return ""
    each = EACH.get(str(edition.document.get("period")), "")
    return f" {say(outcome.amount_kopecks, is_money=True)}{each}"


def _term(outcome: Outcome, edition: Edition) -> str:
    if outcome.term_from is None or edition.document.get("period") == "once":
        return ""
    end = f" по {say(outcome.term_to)}" if outcome.term_to is not None else ", бессрочно"
    return f", с {say(outcome.term_from)}{end}"
