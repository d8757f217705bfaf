"""Figures that are dear to count: who waits for the count (nobody), with whose powers it is made, how often."""

import time
from contextlib import contextmanager

import pytest
from django.db import connection
from tests.contexts.web_role import web_role

from kazna.plumbing.access import Viewer, acting_as
from kazna.plumbing.kept import Kept
from kazna.plumbing.models import Figure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seconds(settings):
    settings.KAZNA_FIGURES_SECONDS = 0.05


def wait_for(what):
    deadline = time.monotonic() + 10
    while not (told := what()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return told


def counting(**more):
    asked = []
    return asked, Kept("looks", lambda place: asked.append(place) or {"looks": len(asked)}, **more)


def test_nobody_waits_for_a_count_and_the_next_is_told_it(seconds):
    asked, kept = counting()

    assert kept.get() is None
    told = wait_for(kept.get)

    assert told.figures == {"looks": 1}
    assert asked == [("", "")]


def test_what_another_process_counted_is_told_here(seconds):
    _, there = counting()
    there.count_now("", "2026")
    asked, here = counting()

    assert here.get(key="2026").figures == {"looks": 1}
    assert asked == []


def test_old_figures_are_told_while_they_are_counted_anew_with_the_powers_of_their_key(seconds):
    powers = []

    @contextmanager
    def within(place):
        powers.append(place)
        yield
        powers.append("over")

    _, kept = counting(within=within)
    kept.count_now("sfr-77", "")
    time.sleep(0.2)

    assert kept.get("sfr-77").figures == {"looks": 1}
    assert wait_for(lambda: kept.get("sfr-77").figures["looks"] >= 2)
    assert powers[:2] == [("sfr-77", ""), "over"]


def test_a_dear_count_rests_before_the_next_of_its_body(seconds):
    asked, kept = counting()
    kept.count_now("", "2025")
    Figure.objects.update(cost_seconds=60)

    assert kept.get(key="2026") is None
    assert wait_for(lambda: not kept._under_way)
    assert asked == [("", "2025")]


def test_a_few_rows_are_counted_for_whoever_asks(seconds):
    _asked, kept = counting(is_small=lambda place: place[0] == "small")

    assert [kept.get("small").figures["looks"] for _ in range(3)] == [1, 2, 3]
    assert Figure.objects.count() == 0


def test_figures_of_a_body_are_seen_by_its_officers_only(seconds):
    _, kept = counting()
    kept.count_now("sfr-77")
    seen = {}
    for body in ("sfr-77", "sfr-63"):
        with acting_as(Viewer("officer", "o", body=body)), web_role(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM plumbing_figure")
            seen[body] = cursor.fetchone()[0]

    assert seen == {"sfr-77": 1, "sfr-63": 0}
