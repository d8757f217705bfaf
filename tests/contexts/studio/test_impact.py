"""What a measure changed: planted effects are found, absent ones are not, a crowd of another kind does not deceive."""

from datetime import date

import numpy as np
import pytest
from tests.contexts.studio.lives import POOR_RISE, RISE, SINCE, UNTIL, territory

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.library import LAW, load
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.impact.estimate import estimate
from kazna.contexts.studio.impact.families import OUTCOMES, TRAITS, Families
from kazna.contexts.studio.impact.study import study
from kazna.contexts.studio.scenarios import territory as places


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Answers about three measures over one crowd; a head of three to five has that share of the mother's gain."""
    folder = tmp_path_factory.mktemp("lives")
    where = territory(folder, 1600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "KEPT", folder / "kept")
        patch.setattr(measures, "law_folder", lambda: LAW)
        law = load(LAW)
        return {
            name: study(territories=[where], library=law, measure=name, since=SINCE, until=UNTIL)["whole"]
            for name in ("luck", "idle", "poor", "nothing")
        }


def row(told, key):
    return next(one for one in told["outcomes"] if one["key"] == key)


A_HEAD = (1 / 3 + 1 / 4 + 1 / 5) / 3


def test_an_effect_that_is_there_is_in_the_interval(found):
    told = found["luck"]
    income, work, gap = (row(told, key) for key in ("income", "work", "gap"))

    assert income["low"] < RISE * A_HEAD < income["high"] and income["high"] - income["low"] < 400
    assert work["low"] < 0.4 < work["high"]  # four mothers of five, half of the adults
    assert gap["high"] < 0 and told["doubts"] == []
    assert told["pairs"] + (told["alone"] or 0) == pytest.approx(told["got"], abs=14)


def test_where_nothing_changed_the_interval_holds_zero(found):
    for key in ("income", "work", "other"):
        assert row(found["idle"], key)["low"] <= 0 <= row(found["idle"], key)["high"]


def test_a_measure_for_the_poor_looks_harmful_until_like_is_set_against_like(found):
    told = found["poor"]
    income = row(told, "income")

    assert income["plain"] < -1000
    assert income["low"] < POOR_RISE * A_HEAD < income["high"]
    assert abs(told["balance"][0]["before"]) > 0.5 and max(abs(one["after"]) for one in told["balance"]) <= 0.1
    assert "alone" in told["doubts"]  # the poorest have nobody like them


def test_nobody_got_it_and_nothing_is_claimed(found):
    assert found["nothing"]["doubts"] == ["no_pairs"] and found["nothing"]["outcomes"] == []
    assert found["nothing"]["got"] == 0


def crowd(seed, number=400, effect=500.0, gotten=0.3):
    random = np.random.default_rng(seed)
    traits = random.normal(size=(number, len(TRAITS)))
    got = random.random(number) < gotten
    before = np.column_stack([10_000 + 1000 * traits[:, 0], *(random.random((4, number)) < 0.5)]).astype(float)
    after = before.copy()
    after[:, 0] += random.normal(0, 800, number) + effect * got + 200 * traits[:, 0]
    return Families("01", got, traits, before, after, (0, 0))


def test_nineteen_intervals_of_twenty_hold_the_truth():
    held = [row(estimate([crowd(seed)]), "income") for seed in range(20)]

    assert sum(one["low"] <= 500 <= one["high"] for one in held) >= 17


def test_territories_are_matched_apart_and_told_together():
    one, other = crowd(1, effect=400), crowd(2, effect=600)
    told = row(estimate([one, other]), "income")

    assert told["low"] < 500 < told["high"]
    assert estimate([one])["pairs"] + estimate([other])["pairs"] == estimate([one, other])["pairs"]


@pytest.mark.parametrize(("got", "doubt"), [(0.01, "no_pairs"), (0.1, "few_pairs"), (0.85, "alone")])
def test_what_cannot_be_told_is_said(got, doubt):
    told = estimate([crowd(3, gotten=got)])

    assert doubt in told["doubts"] and bool(told["outcomes"]) == (doubt != "no_pairs")
    assert all(told[name] is None or told[name] == 0 or told[name] >= 5 for name in ("got", "pairs", "alone"))


def test_a_share_of_a_handful_is_not_shown():
    few = crowd(4)
    few.before[:, OUTCOMES.index("poverty")] = 0
    few.before[np.flatnonzero(few.got)[:3], OUTCOMES.index("poverty")] = 1
    told = row(estimate([few]), "poverty")

    assert told["got_before"] is None and told["like_before"] is not None and len(told) == 9


def test_few_without_a_likeness_cannot_be_subtracted_out():
    for seed in range(8):
        told = estimate([crowd(seed, gotten=0.2)])
        assert told["alone"] is not None or told["pairs"] % 10 == 0


def test_days_too_close_are_refused():
    with pytest.raises(studio.DaysTooClose, match="шесть месяцев"):
        study(territories=[], library=None, measure="x", since=date(2026, 1, 1), until=date(2026, 6, 1))
