"""Disabilities set, renewed and ended; assessments are on working days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kazna.population.days import DAY, between, days, plus_months, working_day_from, working_day_until
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


@dataclass(frozen=True, slots=True)
class Assessments:
    """Columns of equal length: who was assessed on what day, and what was decided for `[since, until)`."""

    who: np.ndarray
    day: np.ndarray
    since: np.ndarray
    until: np.ndarray
    group: np.ndarray
    cause: np.ndarray


def live_disabilities(state: State, month: Month, rng: np.random.Generator) -> None:
    note_assessments(state, rng, "disability_renewed", renewals(state, month, rng))
    live_ends(state, month)
    note_assessments(state, rng, "disability_set", first_assessments(state, month, rng))


def first_assessments(state: State, month: Month, rng: np.random.Generator) -> Assessments:
    """People without a disability who get one; nobody is assessed as a child a month before growing up."""
    ages, born = state.ages(month.first), state.people.birth_date
    healthy = np.flatnonzero(state.alive & (state.disability_group == ""))
    healthy = healthy[month.first - born[healthy] > days(YOUNGEST_DAYS)]
    grows_up = plus_months(born[healthy], FULL_AGE * 12)
    healthy = healthy[(grows_up <= month.first) | (grows_up > month.last + days(40))]
    chance = by_age("disability_onset_per_1000")[ages[healthy]] / 1000 * month.years
    who = healthy[rng.random(len(healthy)) < chance]
    day, group = month.some_working_days(rng, len(who)), draw_groups(rng, ages[who])
    for_life = (ages[who] >= OLD_YEARS) | (rng.random(len(who)) < FOR_LIFE_AT_ONCE)
    until = terms(rng, day, born[who], group, for_life)
    return Assessments(who, day, day, until, group, draw_causes(rng, group == "child"))


def renewals(state: State, month: Month, rng: np.random.Generator) -> Assessments:
    """Most terms that end are renewed before; a child who grows up gets a group from childhood."""
    people, ends = state.people, state.disability_until
    ending = (ends > month.first) & (ends <= month.last + DAY)
    who = np.flatnonzero(state.alive & (state.disability_group != "") & ending)
    who = who[rng.random(len(who)) < RENEWED_SHARE]
    since, born, was = ends[who], people.birth_date[who], state.disability_group[who]
    first = np.full(len(who), working_day_from(month.first))
    day = working_day_until(between(rng, first, np.maximum(since - DAY, first)))
    grown = plus_months(born, FULL_AGE * 12) <= since
    changes = grown & ((was == "child") | (rng.random(len(who)) < CHANGES_GROUP_SHARE))
    group = np.where(changes, draw_groups(rng, np.where(grown, FULL_AGE, 0)), was)
    until = terms(rng, since, born, group, rng.random(len(who)) < FOR_LIFE_ON_RENEWAL)
    return Assessments(who, day, since, until, group, state.disability_cause[who])


def live_ends(state: State, month: Month) -> None:
    """Terms that nobody renewed end."""
    ends = state.disability_until
    ending = (ends >= month.first) & (ends <= month.last)
    who = np.flatnonzero(state.alive & (state.disability_group != "") & ending)
    registered = working_day_from(ends[who])
    for person, written_on in zip(who.tolist(), registered, strict=True):
        if state.dies_on[person] > ends[person] and written_on <= state.end:
            group = state.disability_group[person]
            state.note("disability_ended", ends[person], person, written_on, group=group)
    state.disability_group[who] = ""
    state.disability_until[who] = np.datetime64("NaT")


def note_assessments(state: State, rng: np.random.Generator, kind: str, found: Assessments) -> None:
    """Write down those of the living that reach the register in time, and keep their outcome."""
    registered, in_time = state.register(rng, found.day, REGISTERED_AFTER_DAYS)
    real = in_time & state.lives_past(found.who, found.day)
    real &= (kind == "disability_set") | (found.day < found.since)
    for place in np.flatnonzero(real).tolist():
        until = found.until[place].item()
        state.note(
            kind,
            found.day[place],
            found.who[place],
            registered[place],
            group=found.group[place],
            cause=found.cause[place],
            from_childhood=found.cause[place] == "childhood",
            **{"from": found.since[place].item().isoformat(), "to": until and until.isoformat()},
        )
    who = found.who[real]
    state.disability_group[who] = found.group[real]
    state.disability_until[who] = found.until[real]
    state.disability_cause[who] = found.cause[real]
