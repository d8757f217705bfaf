"""Whoever waits for a scenario sees how far it has come."""

from __future__ import annotations

import os
import time
from uuid import uuid4

import pytest

from kazna.contexts.studio import public as studio
from kazna.contexts.studio.scenarios import territory as places


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "KEPT", tmp_path)
    return tmp_path / "progress"


def test_it_is_told_while_it_lasts(folder):
    token = uuid4()
    with studio.watched(token, 60) as advance:
        assert studio.how_far(token) is None
        advance(0, 100)
        done, left = studio.how_far(token)
        assert done < 5 and 100 < left < 115
        advance(95, 100)
        assert studio.how_far(token)[0] == 95 and studio.how_far(uuid4()) is None
    assert studio.how_far(token) is None and not list(folder.iterdir())


def test_making_ready_moves_by_the_clock_and_never_past_its_end(folder, monkeypatch):
    token, now = uuid4(), time.time()
    with studio.watched(token, 60) as advance:
        advance(0, 100)
        monkeypatch.setattr(time, "time", lambda: now + 30)
        assert 20 < studio.how_far(token)[0] < 35
        monkeypatch.setattr(time, "time", lambda: now + 600)
        assert studio.how_far(token) == (54, 0)


def test_a_refusal_or_a_kill_leaves_nothing_for_long(folder):
    with pytest.raises(ValueError), studio.watched(uuid4(), 1) as advance:
        advance(0, 100)
        raise ValueError
    folder.mkdir(exist_ok=True)
    left = folder / f"{uuid4()}.json"
    left.write_text("{}", "utf-8")
    os.utime(left, (0, 0))
    with studio.watched(uuid4(), 1):
        assert not left.exists()


def test_half_a_file_is_no_news(folder):
    token = uuid4()
    folder.mkdir(exist_ok=True)
    (folder / f"{token}.json").write_text('{"began": 1', "utf-8")
    assert studio.how_far(token) is None
