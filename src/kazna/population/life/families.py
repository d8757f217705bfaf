"""Marriages, divorces and changes of name."""

from __future__ import annotations

import numpy as np

from kazna.population.couples import HUSBAND_OLDER_YEARS
from kazna.population.days import YEAR_DAYS
from kazna.population.fertility import choose
from kazna.population.life.moves import move_in, move_out
from kazna.population.life.state import Month, State
from kazna.population.names import TAKES_HIS_SURNAME, column, surname_shares, surnames
from kazna.population.people import NOBODY
from kazna.population.tables import by_age

MARRIAGES_PER_1000, DIVORCES_PER_1000, NAME_CHANGES_PER_1000 = 6.2, 4.3, 0.6
FULL_AGE = 18
TAKES_MAIDEN_NAME_BACK = 0.3
NAME_CHANGE_REASONS = ("нежелание носить прежнюю фамилию", "желание носить фамилию матери")


def live_divorces(state: State, month: Month, rng: np.random.Generator) -> None:
    """Some couples part; the husband finds another flat."""
    draft, people = state.draft, state.people
    wives = np.flatnonzero(state.alive & (people.sex == "F") & (state.spouse != NOBODY) & ~state.busy)
    wives = wives[~state.busy[state.spouse[wives]] & (state.married_on[wives] < month.first)]
    chance = DIVORCES_PER_1000 / 1000 * month.years * state.alive.sum() / max(len(wives), 1)
    wives = wives[rng.random(len(wives)) < chance]
    husbands, day = state.spouse[wives], month.some_working_days(rng, len(wives))
    both = state.lives_past(wives, day) & state.lives_past(husbands, day)
    wives, husbands, day = wives[both], husbands[both], day[both]
    drawn = rng.choice(len(surname_shares()), len(wives), p=surname_shares())
    back = (rng.random(len(wives)) < TAKES_MAIDEN_NAME_BACK) & (drawn != draft.family_name[wives])
    back &= draft.family_name[wives] == draft.family_name[husbands]
    draft.family_name[wives[back]] = drawn[back]
    maiden = surnames(drawn, people.sex[wives])
    for place, (wife, husband) in enumerate(zip(wives.tolist(), husbands.tolist(), strict=True)):
        state.note(
            "divorce",
            day[place],
            husband,
            day[place],
            other=wife,
            wife_surname=maiden[place] if back[place] else None,
            married_on=state.married_on[wife].item().isoformat(),
        )
    state.spouse[wives] = state.spouse[husbands] = NOBODY
    state.busy[wives] = state.busy[husbands] = True
    move_out(state, month, rng, husbands, day)


def live_marriages(state: State, month: Month, rng: np.random.Generator) -> None:
    """Single people of near ages marry on a working day; the wife moves in with her children."""
    free = state.alive & state.single() & ~state.busy & (state.ages(month.first) >= FULL_AGE)
    brides, grooms = choose_pairs(state, month, rng, free)
    day = month.some_working_days(rng, len(brides))
    both = state.lives_past(brides, day) & state.lives_past(grooms, day)
    brides, grooms, day = brides[both], grooms[both], day[both]
    family_name, sex = state.draft.family_name, state.people.sex
    takes = (rng.random(len(brides)) < TAKES_HIS_SURNAME) & (family_name[brides] != family_name[grooms])
    family_name[brides[takes]] = family_name[grooms[takes]]
    new = surnames(family_name[brides], sex[brides])
    for place, (bride, groom) in enumerate(zip(brides.tolist(), grooms.tolist(), strict=True)):
        surname = new[place] if takes[place] else None
        state.note("marriage", day[place], groom, day[place], other=bride, new_surname=surname)
    state.spouse[brides], state.spouse[grooms] = grooms, brides
    state.married_on[brides] = state.married_on[grooms] = day
    state.busy[brides] = state.busy[grooms] = True
    state.draft.partner[brides] = state.draft.partner[grooms] = NOBODY
    move_in(state, month, rng, brides, grooms, day)


def choose_pairs(
    state: State, month: Month, rng: np.random.Generator, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Brides and grooms in order of the wished age; close kin never."""
    people, ages = state.people, np.clip(state.ages(month.first), 0, None)
    women, men = np.flatnonzero(free & (people.sex == "F")), np.flatnonzero(free & (people.sex == "M"))
    wanted = rng.poisson(MARRIAGES_PER_1000 / 1000 * month.years * state.alive.sum())
    brides = women[choose(rng, by_age("women_marrying")[ages[women]], wanted)]
    pool = men[choose(rng, by_age("men_marrying")[ages[men]], 4 * len(brides))]
    wished = people.birth_date[brides].astype(float)
    wished = wished - rng.normal(*HUSBAND_OLDER_YEARS, len(brides)) * YEAR_DAYS
    brides, grooms = nearest(brides, wished, pool, people.birth_date[pool].astype(float))
    kin = are_close_kin(state, brides, grooms)
    return brides[~kin], grooms[~kin]


def nearest(
    brides: np.ndarray, wished: np.ndarray, pool: np.ndarray, born: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give each bride the man born nearest to the wished day who is still free, within six years."""
    order = np.argsort(born, kind="stable")
    pool, born = pool[order], born[order]
    taken = np.zeros(len(pool), dtype=bool)
    pairs = []
    for bride, wish in zip(brides.tolist(), wished.tolist(), strict=True):
        place = int(np.searchsorted(born, wish))
        near = np.arange(max(0, place - 15), min(len(pool), place + 15))
        near = near[~taken[near]]
        if len(near):
            best = near[np.argmin(np.abs(born[near] - wish))]
            if abs(born[best] - wish) < 6 * YEAR_DAYS:
                taken[best] = True
                pairs.append((bride, int(pool[best])))
    matched = np.array(pairs, dtype=int).reshape(-1, 2)
    return matched[:, 0], matched[:, 1]


def are_close_kin(state: State, one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Whether one is the other's parent, or they share a parent."""
    people = state.people
    kin = np.zeros(len(one), dtype=bool)
    for parents in (people.mother, people.father):
        kin |= (parents[one] != NOBODY) & (parents[one] == parents[two])
        kin |= (parents[one] == two) | (parents[two] == one)
    return kin


def live_name_changes(state: State, month: Month, rng: np.random.Generator) -> None:
    """A few adults take another surname."""
    draft, people = state.draft, state.people
    adults = np.flatnonzero(state.alive & ~state.busy & (state.ages(month.first) >= FULL_AGE))
    who = adults[rng.random(len(adults)) < NAME_CHANGES_PER_1000 / 1000 * month.years]
    day = month.some_working_days(rng, len(who))
    drawn = rng.choice(len(surname_shares()), len(who), p=surname_shares())
    real = state.lives_past(who, day) & (drawn != draft.family_name[who])
    who, day, drawn = who[real], day[real], drawn[real]
    draft.family_name[who] = drawn
    new, forenames = surnames(drawn, people.sex[who]), column("forenames", "forename")
    reasons = rng.integers(0, len(NAME_CHANGE_REASONS), len(who))
    for place, person in enumerate(who.tolist()):
        state.note(
            "name_change",
            day[place],
            person,
            day[place],
            surname=new[place],
            forename=forenames[draft.forename_row[person]],
            patronymic=people.patronymic[person],
            reason=NAME_CHANGE_REASONS[reasons[place]],
        )
    state.busy[who] = True
