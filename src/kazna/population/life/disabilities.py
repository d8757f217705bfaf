"""Disabilities set, renewed and ended; assessments are on working days."""

from __future__ import annotations

import numpy as np

from kazna.population.days import DAY, days, plus_months, working_day_from
from kazna.population.disability import (
    FOR_LIFE_AT_ONCE,
    FULL_AGE,
    OLD_YEARS,
    draw_causes,
    draw_groups,
    terms,
)
from kazna.population.life.state import Month, State
from kazna.population.tables import by_age

REGISTERED_AFTER_DAYS = (1, 3)
RENEWED_SHARE, CHANGES_GROUP_SHARE, FOR_LIFE_ON_RENEWAL = 0.78, 0.15, 0.25
YOUNGEST_DAYS = 30


def live_disabilities(state: State, month: Month, rng: np.random.Generator) -> None:
    live_renewals(state, month, rng)
    live_ends(state, month)
    live_first_assessments(state, month, rng)


def live_first_assessments(state: State, month: Month, rng: np.random.Generator) -> None:
    people = state.people
    ages = state.ages(month.first)
    healthy = np.flatnonzero(state.alive & (state.disability_group == ""))
    healthy = healthy[month.first - people.birth_date[healthy] > days(YOUNGEST_DAYS)]
    chance = by_age("disability_onset_per_1000")[ages[healthy]] / 1000 * month.years
    ill = healthy[rng.random(len(healthy)) < chance]
    day = month.some_working_days(rng, len(ill))
    group = draw_groups(rng, ages[ill])
    turning = (group == "child") & (plus_months(people.birth_date[ill], FULL_AGE * 12) <= month.last + days(40))
    for_life = (ages[ill] >= OLD_YEARS) | (rng.random(len(ill)) < FOR_LIFE_AT_ONCE)
    until = terms(rng, day, people.birth_date[ill], group, for_life)
    cause = draw_causes(rng, group == "child")
    registered, in_time = state.register(rng, day, REGISTERED_AFTER_DAYS)
    real = in_time & ~turning & state.lives_past(ill, day)
    note_all(state, "disability_set", ill, day, registered, day, until, group, cause, real)


def live_renewals(state: State, month: Month, rng: np.random.Generator) -> None:
    """Before the term ends most are assessed again; a child who grows up gets a group from childhood."""
    ends = state.disability_until
    who = np.flatnonzero(
        state.alive & (state.disability_group != "") & (ends > month.first) & (ends <= month.last + DAY)
    )
    who = who[rng.random(len(who)) < RENEWED_SHARE]
    since, born = state.disability_until[who], state.people.birth_date[who]
    first = np.full(len(who), working_day_from(month.first))
    span = np.maximum((since - first).astype(int), 1)
    day = working_day_from(first + days(np.floor(rng.random(len(who)) * span)))
    day = np.where(day < since, day, first)
    grown = plus_months(born, FULL_AGE * 12) <= since
    old_group = state.disability_group[who]
    redraw = (grown & (old_group == "child")) | (grown & (rng.random(len(who)) < CHANGES_GROUP_SHARE))
    ages = np.where(grown, FULL_AGE, 0)
    group = np.where(redraw, draw_groups(rng, ages), old_group)
    for_life = rng.random(len(who)) < FOR_LIFE_ON_RENEWAL
    until = terms(rng, since, born, group, for_life)
    early = state.people.disability_from_childhood[who] | (old_group == "child")
    cause = np.where(early, "childhood", state.people.disability_cause[who])
    cause = np.where(cause == "", "general", cause)
    registered, in_time = state.register(rng, day, REGISTERED_AFTER_DAYS)
    real = in_time & state.lives_past(who, day) & (day < since)
    note_all(state, "disability_renewed", who, day, registered, since, until, group, cause, real)


def live_ends(state: State, month: Month) -> None:
    """Terms that nobody renewed end."""
    ends = state.disability_until
    who = np.flatnonzero(state.alive & (state.disability_group != "") & (ends >= month.first) & (ends <= month.last))
    for person in who.tolist():
        if state.dies_on[person] > ends[person]:
            registered = working_day_from(ends[person])
            if registered <= state.end:
                group = state.disability_group[person]
                state.note("disability_ended", ends[person], person, registered, group=group)
    state.disability_group[who] = ""
    state.disability_until[who] = np.datetime64("NaT")


def note_all(
    state: State,
    kind: str,
    who: np.ndarray,
    day: np.ndarray,
    registered: np.ndarray,
    since: np.ndarray,
    until: np.ndarray,
    group: np.ndarray,
    cause: np.ndarray,
    real: np.ndarray,
) -> None:
    """Write the assessments that took place and keep their outcome."""
    for place in np.flatnonzero(real).tolist():
        last = until[place].item()
        state.note(
            kind,
            day[place],
            who[place],
            registered[place],
            group=str(group[place]),
            cause=str(cause[place]),
            from_childhood=bool(cause[place] == "childhood"),
            **{"from": since[place].item().isoformat(), "to": last and last.isoformat()},
        )
    state.disability_group[who[real]] = group[real]
    state.disability_until[who[real]] = until[real]
