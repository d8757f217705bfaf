"""Deaths by the mortality table; the first month of life has a share of its own."""

from __future__ import annotations

import numpy as np

from kazna.population.days import days
from kazna.population.life.state import Month, State
from kazna.population.people import NOBODY
from kazna.population.tables import OLDEST_YEARS, yearly_mortality

REGISTERED_AFTER_DAYS = (1, 3)
NEWBORN_SHARE = 0.5  # of infant deaths fall on the first four weeks
NEWBORN_DAYS = 28
DIES_IN_CHILDBIRTH = 0.00015


def live_deaths(state: State, month: Month, rng: np.random.Generator) -> None:
    """Decide who dies this month, before anything else happens in it."""
    people = state.people
    living = np.flatnonzero(state.alive)
    tables = yearly_mortality(state.draft.start)
    ages = np.clip(state.ages(month.first)[living], 0, OLDEST_YEARS)
    rates = np.where(people.sex[living] == "F", tables["F"][ages], tables["M"][ages])
    rates = np.where(ages == 0, rates * (1 - NEWBORN_SHARE), rates)
    dead = living[rng.random(len(living)) < -np.expm1(-rates * month.years)]
    record_deaths(state, rng, dead, month.some_days(rng, len(dead)))


def record_deaths(state: State, rng: np.random.Generator, dead: np.ndarray, day: np.ndarray) -> None:
    """Note deaths that are registered before the end of the life; the others wait beyond it."""
    registered, in_time = state.register(rng, day, REGISTERED_AFTER_DAYS)
    registered = np.maximum(registered, state.birth_registered[dead])
    for person, died_on, written_on in zip(dead[in_time], day[in_time], registered[in_time], strict=True):
        state.dies_on[person] = died_on
        state.note("death", died_on, person, written_on)


def newborn_deaths(state: State, rng: np.random.Generator, babies: np.ndarray, mothers: np.ndarray) -> None:
    """Babies of this month that die in their first weeks, and mothers who die of the birth."""
    people = state.people
    tables = yearly_mortality(state.draft.start)
    infant = np.where(people.sex[babies] == "F", tables["F"][0], tables["M"][0]) * NEWBORN_SHARE
    for who, chance, within in ((babies, infant, NEWBORN_DAYS), (mothers, DIES_IN_CHILDBIRTH, 8)):
        hit = rng.random(len(who)) < chance
        day = people.birth_date[babies] + days(rng.integers(0, within, len(babies)))
        hit &= state.dies_on[who] > state.end
        places = np.flatnonzero(hit)
        _, once = np.unique(who[places], return_index=True)
        record_deaths(state, rng, who[places[once]], day[places[once]])


def bury(state: State, month: Month) -> None:
    """After the month: the dead are gone, their spouses are widowed, their jobs are over."""
    dead = np.flatnonzero(state.alive & (state.dies_on <= month.last))
    state.alive[dead] = False
    widowed = state.spouse[dead]
    widowed = widowed[widowed != NOBODY]
    state.spouse[widowed] = NOBODY
    state.spouse[dead] = NOBODY
    state.employer[dead] = NOBODY
    state.disability_group[dead] = ""
