"""Jobs lost and found, and the time between at the employment service."""

from __future__ import annotations

import numpy as np

from kazna.population.days import days
from kazna.population.life.state import Month, State
from kazna.population.people import NOBODY
from kazna.population.work import FULL_AGE

DISMISSED_PER_YEAR = 0.15
REASONS = ("own_will", "redundancy", "liquidation", "fault", "other")
REASON_SHARES = (0.74, 0.09, 0.04, 0.03, 0.1)
WORKS_UNTIL_YEARS = 65
FRESH_MONTHS, FRESH_WEIGHT = 6, 8.0  # after a dismissal one finds a job sooner
REGISTERS_SHARE = 0.35  # of the dismissed, in the month after
LONGEST_UNEMPLOYED_DAYS = 365
REPORTED_AFTER_DAYS = (1, 1)


def live_jobs(state: State, month: Month, rng: np.random.Generator) -> None:
    jobless = find_jobless(state, month)
    lost = live_dismissals(state, month, rng)
    live_hires(state, month, rng, jobless, lost)
    live_registrations(state, month, rng)


def find_jobless(state: State, month: Month) -> np.ndarray:
    """Of working age, without a job, studies or a disability of groups I and II, as the month begins."""
    people, ages = state.people, state.ages(month.first)
    fit = state.alive & (ages >= FULL_AGE) & (ages < WORKS_UNTIL_YEARS) & (state.employer == NOBODY)
    fit &= ~(people.student & (ages < 23)) & (state.disability_group != "I")
    return np.flatnonzero(fit & (state.disability_group != "II") & (people.pension_type != "old_age"))


def live_dismissals(state: State, month: Month, rng: np.random.Generator) -> int:
    """How many were dismissed; those in time for the reports only."""
    workers = np.flatnonzero(state.alive & (state.employer != NOBODY))
    workers = workers[rng.random(len(workers)) < DISMISSED_PER_YEAR * month.years]
    day = month.some_working_days(rng, len(workers))
    registered, in_time = state.register(rng, day, REPORTED_AFTER_DAYS)
    in_time &= state.lives_past(workers, day)
    workers, day, registered = workers[in_time], day[in_time], registered[in_time]
    reasons = rng.choice(len(REASONS), len(workers), p=REASON_SHARES)
    for place, person in enumerate(workers.tolist()):
        employer = int(state.employer[person])
        reason = REASONS[reasons[place]]
        state.note("dismissed", day[place], person, registered[place], other=employer, reason=reason)
    state.employer[workers] = NOBODY
    state.draft.jobless_since[workers] = day
    return len(workers)


def live_hires(state: State, month: Month, rng: np.random.Generator, jobless: np.ndarray, wanted: int) -> None:
    """As many find a job as lost one; the registered unemployed leave the service the same day."""
    fresh = state.draft.jobless_since[jobless] > month.first - days(FRESH_MONTHS * 30)
    weights = np.where(fresh | ~np.isnat(state.unemployed_since[jobless]), FRESH_WEIGHT, 1.0)
    chance = wanted / max(weights.sum(), 1) * weights
    hired = jobless[rng.random(len(jobless)) < chance]
    day = month.some_working_days(rng, len(hired))
    registered, in_time = state.register(rng, day, REPORTED_AFTER_DAYS)
    in_time &= state.lives_past(hired, day)
    hired, day, registered = hired[in_time], day[in_time], registered[in_time]
    employer = rng.integers(0, len(state.draft.employers), len(hired))
    wage = state.people.wage_kopecks[hired] * rng.integers(85, 121, len(hired)) // 100
    wage = np.maximum(wage // 100 * 100, state.people.wage_kopecks[: state.draft.count].min())
    for place, person in enumerate(hired.tolist()):
        state.note(
            "hired",
            day[place],
            person,
            registered[place],
            other=int(employer[place]),
            wage_kopecks=int(wage[place]),
        )
        if not np.isnat(state.unemployed_since[person]):
            state.note("unemployed_to", day[place], person, day[place])
    state.employer[hired] = employer
    state.unemployed_since[hired] = np.datetime64("NaT")


def live_registrations(state: State, month: Month, rng: np.random.Generator) -> None:
    """Some of those dismissed last month register as unemployed; a year later the service lets them go."""
    jobless = state.alive & (state.employer == NOBODY) & np.isnat(state.unemployed_since)
    recent = state.draft.jobless_since
    recent = (recent < month.first) & (recent >= month.first - days(31))
    register_some(state, month, rng, np.flatnonzero(jobless & recent))
    tired = np.flatnonzero(month.first - state.unemployed_since > days(LONGEST_UNEMPLOYED_DAYS))
    day = month.some_working_days(rng, len(tired))
    alive = state.lives_past(tired, day) & state.alive[tired]
    for person, left_on in zip(tired[alive].tolist(), day[alive], strict=True):
        state.note("unemployed_to", left_on, person, left_on)
    state.unemployed_since[tired] = np.datetime64("NaT")


def register_some(state: State, month: Month, rng: np.random.Generator, who: np.ndarray) -> None:
    who = who[rng.random(len(who)) < REGISTERS_SHARE]
    day = month.some_working_days(rng, len(who))
    alive = state.lives_past(who, day)
    for person, came_on in zip(who[alive].tolist(), day[alive], strict=True):
        state.note("unemployed_from", came_on, person, came_on)
    state.unemployed_since[who[alive]] = day[alive]
