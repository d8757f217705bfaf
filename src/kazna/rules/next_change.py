"""The first day on which an answer may change though nothing new is known: birthdays, terms, new figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kazna.rules.documents.parameters import Parameters
from kazna.rules.edition import Edition
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import span
from kazna.rules.program import Run
from kazna.rules.situation import Prepared, Situation, prepare
from kazna.rules.stability import Stability

DAY = timedelta(days=1)
FARTHEST_DAYS = 36_525  # a century: nobody waits longer
MOST_SEGMENTS = 60


def next_change(
    *, edition: Edition, situation: Situation, on: date, parameters: Parameters, term: bool = True
) -> date | None:
    """The first day after `on` on which the answer may differ, with the same facts; None within a century.

    The answer is the state, the amount and, unless `term` is False, the term; of an open case also what is missing.
    Never later than the true change: each day before it is proved to have the same answer. It is the true
    change itself except where the days fall into more than MOST_SEGMENTS pieces: then the first unproved one.
    The day after the last one of the edition is always a change: another edition decides from it.
    """
    prepared = prepare(situation, edition.facts, edition.relations)
    horizon = _Horizon(edition, prepared, on, parameters, term)
    last = on + timedelta(days=FARTHEST_DAYS)
    if edition.end is not None and on <= edition.end < last:
        return horizon.first_difference(edition.end) or edition.end + DAY
    return horizon.first_difference(last)


@dataclass(slots=True)
class _Horizon:
    """Proves that the answer of the day `on` holds for whole intervals of days."""

    edition: Edition
    prepared: Prepared
    on: date
    parameters: Parameters
    term: bool

    def first_difference(self, last: date) -> date | None:
        """Segment by segment: each as long as can be proved; a day that cannot be proved alone is the answer."""
        answer, start, length = self._answer(self._decide(self.on, self.on)), self.on + DAY, 1
        for _ in range(MOST_SEGMENTS):
            if start > last:
                return None
            proved = _longest(self._prover(answer, start), (last - start).days + 1, length)
            if proved == 0:
                return start
            start, length = start + timedelta(days=proved), proved
        return start

    def _prover(self, answer: tuple[object, ...], first: date) -> Callable[[int], bool]:
        return lambda days: self._same(answer, first, days)

    def _same(self, answer: tuple[object, ...], first: date, days: int) -> bool:
        last = first + timedelta(days=days - 1)
        if answer[0] != "unknown":
            return self._answer(self._decide(first, last)) == answer
        now = self._environment(self.on, self.on)
        return Stability(self.edition.program, now, self._environment(first, last)).of_answer()

    def _decide(self, first: date, last: date) -> Run:
        return self.edition.determiner.decide(self._environment(first, last))[0]

    def _environment(self, first: date, last: date) -> Environment:
        today = span(first, last)
        return Environment(
            facts=self.prepared.facts, people=self.prepared.people, today=today, parameters=self.parameters
        )

    def _answer(self, run: Run) -> tuple[object, ...]:
        return run.result if self.term else run.result[:2]


def _longest(proved: Callable[[int], bool], most: int, guess: int) -> int:
    """The greatest number of days proved together, 0 when not even the first: by doubling, then halving."""
    if most < 1 or not proved(1):
        return 0
    good, bad, step = 1, most + 1, min(max(guess, 2), most)
    while good < step < bad:
        if proved(step):
            good, step = step, min(step * 2, most)
        else:
            bad = step
    while bad - good > 1:
        middle = (good + bad) // 2
        if proved(middle):
            good = middle
        else:
            bad = middle
    return good
