"""Births: who becomes a mother, the child's sex, name, number and home."""

from __future__ import annotations

import numpy as np

from kazna.population.days import DAY, days, working_day_from
from kazna.population.fertility import BOYS_SHARE, TWINS_SHARE, birth_weights, choose
from kazna.population.life.deaths import newborn_deaths
from kazna.population.life.state import Month, State
from kazna.population.names import column, draw_forenames, patronymics, surnames
from kazna.population.people import NOBODY

BIRTHS_PER_1000 = 9.0
REGISTERED_AFTER_DAYS = (1, 14)
SNILS_AFTER_DAYS = (1, 4)  # after the registration
PARTNER_ADMITS = 0.75  # fatherhood outside marriage
YOUNGEST_FATHER_YEARS = 17


def live_births(state: State, month: Month, rng: np.random.Generator) -> None:
    """Draw the births of the month; those not registered before the end of the life stay unborn."""
    mothers = choose_mothers(state, month, rng)
    day = month.some_days(rng, len(mothers))
    registered, in_time = state.register(rng, day, REGISTERED_AFTER_DAYS)
    in_time &= state.lives_past(mothers, day)
    mothers, day, registered = mothers[in_time], day[in_time], registered[in_time]
    multiple = 1 + (rng.random(len(mothers)) < TWINS_SHARE)
    mothers, day, registered = (np.repeat(each, multiple) for each in (mothers, day, registered))
    multiple = np.repeat(multiple, multiple)
    fit = state.draft.room - state.born_count
    mothers, day, registered, multiple = (each[:fit] for each in (mothers, day, registered, multiple))
    babies = state.born_count + np.arange(len(mothers))
    state.born_count += len(babies)
    bring_home(state, rng, babies, mothers, day)
    state.birth_registered[babies] = registered
    note_births(state, rng, babies, day, registered, multiple)
    newborn_deaths(state, rng, babies, mothers)


def choose_mothers(state: State, month: Month, rng: np.random.Generator) -> np.ndarray:
    draft = state.draft
    women = np.flatnonzero(state.alive & (state.people.sex == "F"))
    weights = birth_weights(
        ages=state.ages(month.first)[women],
        children=draft.children[women],
        last_birth=draft.last_birth[women],
        in_marriage=state.spouse[women] != NOBODY,
        leaning=draft.leaning[women],
        month=month.first,
    )
    expected = state.alive.sum() * BIRTHS_PER_1000 / 1000 * month.years / (1 + TWINS_SHARE)
    return women[choose(rng, weights, int(expected + rng.random()))]


def bring_home(
    state: State, rng: np.random.Generator, babies: np.ndarray, mothers: np.ndarray, day: np.ndarray
) -> None:
    """Fill the columns of the newborn; they live where the mother lives."""
    draft, people = state.draft, state.people
    fathers = find_fathers(state, rng, mothers, day)
    sex = np.where(rng.random(len(babies)) < BOYS_SHARE, "M", "F").astype(object)
    people.sex[babies], people.birth_date[babies] = sex, day
    people.mother[babies], people.father[babies] = mothers, fathers
    draft.forename_row[babies] = draw_forenames(rng, sex, day.astype("datetime64[Y]").astype(int) + 1970)
    known = fathers != NOBODY
    named_after = np.where(known, draft.forename_row[fathers], draft.absent_father_row[mothers])
    draft.family_name[babies] = draft.family_name[np.where(known, fathers, mothers)]
    people.surname[babies] = surnames(draft.family_name[babies], sex)
    people.forename[babies] = column("forenames", "forename")[draft.forename_row[babies]]
    people.patronymic[babies] = patronymics(named_after, sex)
    people.city[babies], people.oktmo[babies] = draft.addresses.city, draft.addresses.oktmo
    people.household[babies] = state.household[babies] = state.household[mothers]
    people.address[babies] = state.address[babies] = state.address[mothers]
    state.alive[babies] = True
    state.busy[babies] = state.busy[mothers] = True
    draft.last_birth[mothers] = day


def find_fathers(state: State, rng: np.random.Generator, mothers: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The husband; else the partner if he lives, is free and admits it; else nobody."""
    partner = state.draft.partner[mothers]
    admits = (partner != NOBODY) & state.alive[partner] & (state.spouse[partner] == NOBODY)
    admits &= rng.random(len(mothers)) < PARTNER_ADMITS
    fathers = np.where(state.spouse[mothers] != NOBODY, state.spouse[mothers], np.where(admits, partner, NOBODY))
    old_enough = state.people.birth_date[fathers] <= day - days(YOUNGEST_FATHER_YEARS * 365.25)
    return np.where(old_enough, fathers, NOBODY)


def note_births(
    state: State,
    rng: np.random.Generator,
    babies: np.ndarray,
    day: np.ndarray,
    registered: np.ndarray,
    multiple: np.ndarray,
) -> None:
    people, children = state.people, state.draft.children
    snils_on = working_day_from(registered + days(rng.integers(*SNILS_AFTER_DAYS, len(babies))))
    for place, baby in enumerate(babies.tolist()):
        mother, father = int(people.mother[baby]), int(people.father[baby])
        children[mother] += 1
        state.note(
            "birth",
            day[place],
            baby,
            registered[place],
            other=mother,
            father=None if father == NOBODY else father,
            order=int(children[mother]),
            multiple=int(multiple[place]),
            live=True,
        )
        if snils_on[place] <= state.end - DAY:
            state.note("newborn_snils", snils_on[place], baby, snils_on[place], other=mother)
