"""Moves inside the region: whole households, newly-weds, divorced husbands."""

from __future__ import annotations

import numpy as np

from kazna.population.life.state import Month, State
from kazna.population.people import NOBODY

HOUSEHOLDS_PER_1000 = 22.0
REGISTERED_AFTER_DAYS = (1, 7)
FULL_AGE = 18
SOON_DAYS = 20


def live_moves(state: State, month: Month, rng: np.random.Generator) -> None:
    """Some households change their flat; those with another family event this month stay."""
    living = np.flatnonzero(state.alive)
    count = int(state.household.max()) + 1
    moving = rng.random(count) < HOUSEHOLDS_PER_1000 / 1000 * month.years
    moving[state.household[np.flatnonzero(state.busy)]] = False
    dying = living[state.dies_on[living] <= month.last]
    moving[state.household[dying]] = False
    households = np.flatnonzero(moving)
    new_address = np.full(count, "", dtype=object)
    new_address[households] = state.draft.addresses.take(len(households))
    moving_day = np.full(count, month.first)
    moving_day[households] = month.some_days(rng, len(households))
    who = living[moving[state.household[living]]]
    home = state.household[who]
    relocate(state, rng, who, home, new_address[home], moving_day[home])


def relocate(
    state: State,
    rng: np.random.Generator,
    who: np.ndarray,
    household: np.ndarray,
    address: np.ndarray,
    day: np.ndarray,
) -> None:
    """Note moves that are registered in time; people of one flat go to the office together."""
    registered, in_time = state.register(rng, day, REGISTERED_AFTER_DAYS)
    _, first = np.unique(household, return_index=True)
    together = np.searchsorted(household[first], household)
    registered, in_time = registered[first][together], in_time[first][together]
    in_time &= state.lives_past(who, day) & (address != state.address[who])
    for place in np.flatnonzero(in_time).tolist():
        person = int(who[place])
        state.household[person], state.address[person] = household[place], address[place]
        state.note(
            "move",
            day[place],
            person,
            registered[place],
            address=address[place],
            household=int(household[place]),
        )
    state.busy[who[in_time]] = True


def move_out(state: State, month: Month, rng: np.random.Generator, husbands: np.ndarray, day: np.ndarray) -> None:
    """Each divorced husband takes a flat of his own."""
    fresh = int(state.household.max()) + 1 + np.arange(len(husbands))
    address = state.draft.addresses.take(len(husbands))
    relocate(state, rng, husbands, fresh, address, month.later(rng, day, SOON_DAYS))


def move_in(
    state: State,
    month: Month,
    rng: np.random.Generator,
    brides: np.ndarray,
    grooms: np.ndarray,
    wedding: np.ndarray,
) -> None:
    """The wife and her minor children who live with her move to the husband."""
    children = np.flatnonzero(state.alive & (state.ages(month.first) < FULL_AGE) & ~state.busy)
    place_of_bride = np.full(state.draft.room + 1, NOBODY)
    place_of_bride[brides] = np.arange(len(brides))
    children = children[place_of_bride[state.people.mother[children]] != NOBODY]
    family = place_of_bride[state.people.mother[children]]
    same_home = state.household[children] == state.household[brides[family]]
    children, family = children[same_home], family[same_home]
    who = np.r_[brides, children]
    family = np.r_[np.arange(len(brides)), family]
    day = np.maximum(month.later(rng, wedding, SOON_DAYS), wedding)[family]
    address = state.address[grooms][family]
    relocate(state, rng, who, state.household[grooms][family], address, day)
