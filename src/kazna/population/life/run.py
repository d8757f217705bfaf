"""Live from the start to the end, month by month."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kazna.population.days import DAY, days, working_day_from
from kazna.population.draft import Draft
from kazna.population.life.births import live_births
from kazna.population.life.deaths import bury, live_deaths
from kazna.population.life.disabilities import live_disabilities
from kazna.population.life.families import live_divorces, live_marriages, live_name_changes
from kazna.population.life.jobs import live_jobs
from kazna.population.life.moves import live_moves
from kazna.population.life.state import Month, State, first_state
from kazna.population.pensions import pension_days
from kazna.population.region import Happening

ORDER = (
    "birth",
    "newborn_snils",
    "hired",
    "dismissed",
    "unemployed_from",
    "unemployed_to",
    "marriage",
    "divorce",
    "name_change",
    "move",
    "disability_ended",
    "disability_set",
    "disability_renewed",
    "pension_age",
    "death",
)
STUB_DAYS = 14
ENDED_BY_DEATH = {"newborn_snils", "pension_age"}  # foreseen before the death was known


def live(draft: Draft, progress: Callable[[str, int, int], None]) -> tuple[list[Happening], int]:
    """What happened, in order, and how many people there are now with those born."""
    state, rng = first_state(draft), draft.stream("life")
    months = months_of(draft)
    for number, month in enumerate(months):
        state.busy[:] = False
        live_deaths(state, month, rng)
        live_births(state, month, rng)
        live_divorces(state, month, rng)
        live_marriages(state, month, rng)
        live_name_changes(state, month, rng)
        live_moves(state, month, rng)
        live_jobs(state, month, rng)
        live_disabilities(state, month, rng)
        bury(state, month)
        progress("life", number + 1, len(months))
    note_pension_ages(state)
    return in_order(state), state.born_count


def months_of(draft: Draft) -> list[Month]:
    """Calendar months of `[start, end]`; a stub of less than two weeks joins its neighbour, so that each
    has a working day.
    """
    first, end = draft.first_day, np.datetime64(draft.end)
    starts = np.arange(first.astype("datetime64[M]") + 1, end.astype("datetime64[M]") + 1)
    starts = starts.astype("datetime64[D]")
    starts = starts[(starts - first >= days(STUB_DAYS)) & (end - starts >= days(STUB_DAYS))]
    firsts, lasts = [first, *starts], [*(starts - DAY), end]
    return [Month(one, two) for one, two in zip(firsts, lasts, strict=True)]


def note_pension_ages(state: State) -> None:
    people, born_before = state.people, slice(state.draft.count)
    reached = pension_days(people.birth_date[born_before], people.sex[born_before])
    for person in np.flatnonzero((reached >= state.draft.first_day) & (reached <= state.end)).tolist():
        registered = working_day_from(reached[person])
        if registered <= state.end:
            state.note("pension_age", reached[person], person, registered)


def in_order(state: State) -> list[Happening]:
    """By day, kind and person, without what a death forestalled."""
    kept = [
        each
        for each in state.happenings
        if each.kind not in ENDED_BY_DEATH or state.dies_on[each.person].item() > each.day
    ]
    return sorted(kept, key=lambda each: (each.day, ORDER.index(each.kind), each.person))
