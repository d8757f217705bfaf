"""Figures that are dear to count: who waits for the count, and with whose powers it is made beside."""

import time
from contextlib import contextmanager

import pytest

from kazna.plumbing.kept import Kept, KeptBy


@pytest.fixture
def seconds(settings):
    settings.KAZNA_FIGURES_SECONDS = 0.05


def wait_for(what):
    deadline = time.monotonic() + 5
    while not what() and time.monotonic() < deadline:
        time.sleep(0.01)
    return what()


def test_a_dear_figure_is_shown_as_counted_last(seconds):
    asked = []
    figure = Kept(lambda: asked.append(1) or len(asked))

    assert [figure.get() for _ in range(5)] == [1] * 5


def test_a_cheap_figure_is_counted_for_everybody(seconds):
    asked = []
    figure = Kept(lambda: asked.append(1) or len(asked), exact_below=1.0)

    assert [figure.get() for _ in range(3)] == [1, 2, 3]


def test_a_stale_figure_is_counted_beside_with_the_powers_of_its_key(seconds):
    powers, counted = [], []

    @contextmanager
    def within(key):
        powers.append(key)
        yield
        powers.append("over")

    figures = KeptBy(lambda key: counted.append(key) or len(counted), within=within)
    assert figures.get("sfr-77") == 1
    assert powers == []  # the first to ask counts with its own powers
    time.sleep(0.06)

    figures.get("sfr-77")

    assert wait_for(lambda: powers == ["sfr-77", "over"])
    assert figures.get("sfr-77") == 2


def test_keys_do_not_see_each_other(seconds):
    figures = KeptBy(lambda key: f"of {key}", within=lambda key: None)

    assert (figures.get("a"), figures.get("b")) == ("of a", "of b")
