"""Sums are whole kopecks, written and read the Russian way."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazna.kernel.money import Money, decimal_roubles, roubles_and_kopecks, round_half_up


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_what_is_written_is_read_back(kopecks):
    assert Money.of_roubles(decimal_roubles(kopecks)) == Money(kopecks)


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [("12 513,75", 1251375), ("100", 10000), ("-0.5", -50), ("28\N{NO-BREAK SPACE}450,45", 2845045)],
)
def test_sums_are_read_as_people_write_them(text, kopecks):
    assert Money.of_roubles(text) == Money(kopecks)


@pytest.mark.parametrize("text", ["", "1.005", "12,3,4", "1/2", "сто", "1e3", "NaN"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        Money.of_roubles(text)


@pytest.mark.parametrize(("value", "rounded"), [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("4792345/1000", 4792)])
def test_halves_go_away_from_zero(value, rounded):
    assert round_half_up(Fraction(value)) == rounded


def test_a_sum_is_shown_with_groups_and_two_digits():
    assert roubles_and_kopecks(2845045) == "28\N{NO-BREAK SPACE}450,45\N{NO-BREAK SPACE}₽"
