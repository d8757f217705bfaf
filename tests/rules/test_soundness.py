"""Soundness over the whole language: a decided answer holds however the unknown turns out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.rules.generated import cases, completions, measures, situations
from tests.rules.small_law import ON, small_law

from kazna.rules import Situation
from kazna.rules.evaluate.spans import Span, is_unknown

QUIET = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


def agrees(value: Any, full: Any) -> bool:
    """Whether a value known in part allows the full one."""
    if type(value) is Span:
        low, high = (full.lo, full.hi) if type(full) is Span else (full, full)
        return bool(value.lo <= low and high <= value.hi)
    return value is None or value == full


@pytest.mark.parametrize("kind", ["truth", "number", "money", "date"])
@QUIET
@given(data=st.data())
def test_a_decided_value_agrees_with_completions(kind, data):
    case = data.draw(cases(kind, presumptions=False, count=2))
    for situation in case.situations:
        value = small_law().value(case.node, situation)
        told = data.draw(completions(situation))
        assert agrees(value, small_law().value(case.node, told)), (case.text, situation, told)


@pytest.mark.parametrize("kind", ["truth", "number", "money", "date"])
@QUIET
@given(data=st.data())
def test_values_are_within_their_static_types(kind, data):
    case = data.draw(cases(kind, count=2))
    for situation in case.situations:
        value = small_law().value(case.node, data.draw(completions(situation)))
        if case.node.type.is_number and not is_unknown(value):
            assert case.node.type.lo <= value <= case.node.type.hi
            assert not case.node.type.exact or (value * case.node.type.parts).denominator == 1
        elif not is_unknown(value):
            assert type(value).__name__ in ("bool", "date")


@QUIET
@given(text=measures(), situation=situations())
def test_random_measures_are_determined(text, situation):
    edition = small_law().edition(text)
    assume(edition is not None)
    parameters = small_law().library.parameters

    outcome = edition.determine(situation, on=ON, parameters=parameters)

    assert (outcome.state == "unknown") == bool(outcome.missing)
    assert (outcome.state == "granted") == (outcome.amount_kopecks is not None)
    again = edition.determine(Situation(situation.facts, situation.relations), on=ON, parameters=parameters)
    assert again.canonical == outcome.canonical
