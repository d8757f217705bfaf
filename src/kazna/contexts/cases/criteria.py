"""The eleven criteria of a digital service, measured for every measure from its passport and from what was done.

Source: criteria of turning a service digital (quiz, automatic inter-agency exchange, informing, decision page, payment
online, electronic result, no visits, shorter terms, register of decisions, booking, automatic decisions). An answer is
yes, no, unknown (nothing was done yet) or not_needed; each says why in one Russian sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from kazna.contexts.measures import public as measures

YES, NO, UNKNOWN, NOT_NEEDED = "yes", "no", "unknown", "not_needed"
CRITERIA = (
    "quiz", "exchange", "informing", "decision_page", "online_payment", "electronic_result", "no_visits",
    "shorter_terms", "register", "booking", "automatic",
)  # fmt: skip
RUN = "SELECT measure, decisions, by_rules, sealed, days FROM cases_decision_run"


@dataclass(frozen=True, slots=True)
class Answer:
    """One criterion: yes, no, unknown or not_needed, and why."""

    criterion: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class ServiceCriteria:
    """All eleven of one measure in the order of `CRITERIA`; `met` counts yes, `of` those that are needed and known."""

    measure: str
    title: str
    launched: bool
    answers: tuple[Answer, ...]

    @property
    def met(self) -> int:
        return sum(one.answer == YES for one in self.answers)

    @property
    def of(self) -> int:
        return sum(one.answer in (YES, NO) for one in self.answers)


@dataclass(frozen=True, slots=True)
class Run:
    """First decisions of a measure: all, by rules alone, sealed, and in how many days 95 of 100 were made."""

    decisions: int = 0
    by_rules: int = 0
    sealed: int = 0
    days: float | None = None


def service_criteria(*, runs: Mapping[str, Run]) -> list[ServiceCriteria]:
    """Every measure of the catalogue by title; `runs`: what was decided, by measure."""
    library, quizzes = measures.law_in_force(), set(measures.calculators())
    found = []
    for card in measures.measures_list():
        edition = library.measures[card.measure][-1]
        passport = library.passport(edition)
        run = runs.get(card.measure, Run())
        answers = _answers(passport, run, has_quiz=card.measure in quizzes, missing=_citizens_only(library, edition))
        found.append(ServiceCriteria(card.measure, card.short_title, bool(passport.get("launched")), answers))
    return sorted(found, key=lambda one: (one.title, one.measure))


def decision_runs() -> dict[str, Run]:
    """First decisions by measure: one query over all of them."""
    with connection.cursor() as cursor:
        cursor.execute(RUN)
        return {row[0]: Run(row[1], row[2], row[3], None if row[4] is None else float(row[4])) for row in cursor}


def _citizens_only(library: Any, edition: Any) -> list[str]:
    """Documents that a person must bring because no agency holds what they say."""
    return [str(one) for one in library.passport(edition).get("documents") or ()]


def _answers(passport: Mapping[str, Any], run: Run, *, has_quiz: bool, missing: list[str]) -> tuple[Answer, ...]:
    told = {
        "quiz": (YES, "калькулятор ведёт по вопросам тех же правил") if has_quiz
        else (NO, "калькулятора этой меры ещё нет"),
        "exchange": (NO, f"гражданин приносит: {'; '.join(missing)}") if missing
        else (YES, "документов не просим: сведения дают ведомства"),
        "informing": (YES, f"о каждом шаге пишем в кабинет; решений с письмом: {run.decisions}") if run.decisions
        else (UNKNOWN, "решений ещё не было, писать было не о чем"),
        "decision_page": (YES, "страница меры строится из текста закона и паспорта"),
        "online_payment": (NOT_NEEDED, "пошлины за меру поддержки нет"),
        "electronic_result": _electronic(run),
        "no_visits": (NO, "документы показывают лично или присылают") if missing
        else (YES, "приходить никуда не нужно"),
        "shorter_terms": _terms(passport.get("decision_days"), run),
        "register": (YES, f"в реестре решений: {run.decisions}") if run.decisions
        else (UNKNOWN, "в реестре решений пока пусто"),
        "booking": (NO, "документы нужно показать, а записи на приём нет") if missing
        else (NOT_NEEDED, "приём не нужен"),
        "automatic": _automatic(passport, run),
    }  # fmt: skip
    return tuple(Answer(name, *told[name]) for name in CRITERIA)


def _electronic(run: Run) -> tuple[str, str]:
    if not run.decisions:
        return UNKNOWN, "решений ещё не было"
    whole = run.sealed == run.decisions
    return (YES if whole else NO), f"решение — электронный документ с отпечатком: {run.sealed} из {run.decisions}"


def _terms(days: Any, run: Run) -> tuple[str, str]:
    if not isinstance(days, int):
        return UNKNOWN, "закон не назвал срок решения одним числом"
    if run.days is None:
        return UNKNOWN, f"срок по закону — {days} раб. дн., решений ещё не было"
    return (YES if run.days < days else NO), f"95 из 100 решений — за {run.days:.0f} дн. при сроке {days} раб. дн."


def _automatic(passport: Mapping[str, Any], run: Run) -> tuple[str, str]:
    if passport.get("decides", "rule") != "rule":
        return NO, "паспорт оставляет решение человеку"
    if not run.decisions:
        return UNKNOWN, "решает правило, но решений ещё не было"
    share = 100 * run.by_rules // run.decisions
    return (YES if share >= 50 else NO), f"без человека решено {share} % ({run.by_rules} из {run.decisions})"
