"""Work done over and over: when due, and not stopped by a foreseen refusal."""

import pytest

from kazna.kernel.errors import DomainError
from kazna.plumbing import rounds


@pytest.fixture
def alone(monkeypatch):
    monkeypatch.setattr(rounds, "_rounds", {})


def test_a_round_comes_when_its_time_has_passed(alone):
    ran = []
    rounds.every(5, name="one")(lambda: ran.append(1))

    assert [rounds.run_due(now) for now in (100, 104, 105)] == [1, 0, 1]
    assert len(ran) == 2


def test_a_refusal_is_logged_and_the_others_go_on(alone, caplog):
    ran = []

    def refuse() -> None:
        raise DomainError

    rounds.every(5, name="refuses")(refuse)
    rounds.every(5, name="works")(lambda: ran.append(1))

    assert rounds.run_due(100) == 2
    assert (len(ran), "refuses" in caplog.text) == (1, True)


def test_while_days_are_rehearsed_only_what_runs_always_runs(alone):
    ran = []
    rounds.every(5, name="exchange")(lambda: ran.append("exchange"))
    rounds.every(5, name="webhooks", always=True)(lambda: ran.append("webhooks"))

    assert (rounds.run_due(100, rehearsed=True), ran) == (1, ["webhooks"])
    assert (rounds.run_due(101), ran) == (1, ["webhooks", "exchange"])
