"""Everybody is determined from a snapshot as the platform determines one life; stopped, it goes on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest
from tests.factories.people import enter_child, enter_person

from kazna.contexts.determination import engines
from kazna.contexts.determination import public as determination
from kazna.contexts.determination.actions.determine_everyone import determine_everyone
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.deliver import drain

ON, NOW = date(2026, 2, 16), datetime(2026, 2, 16, 12, tzinfo=UTC)
FEW = ["ru-birth-grant", "ru-maternity-capital", "ru-old-age-pension"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    clock.set_day(ON)
    registers.load_kinds()
    measures.store_release()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON, job=True)
    child = enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=ON)
    enter_person(334455667, "Орлов", "Пётр", "Ильич", date(1958, 3, 3), "M", on=ON)
    return mother, child


def determine(folder, **asked):
    run = partial(engines.here, processes=1)
    told = {"wanted": FEW, "on": ON, "now": NOW, "run": run, "engine": "duckdb", "slices": 2, "folder": folder}
    return determine_everyone(**told | {"progress": lambda *_: None} | asked)


def test_rights_are_those_of_the_online_way(tmp_path, town):
    report = determine(tmp_path, wanted=[])

    assert report.people == 3 and report.differences == 0
    assert report.checked == report.questions > 100
    assert report.measures["ru-birth-grant"]["granted"] == 1


def test_awards_in_force_are_weighed_without_themselves(tmp_path, town):
    drain()
    report = determine(tmp_path, slices=0)

    granted = {measure for measure, (people, _) in report.new.items() if people}
    assert "ru-maternity-capital" not in granted  # the certificate was given by now
    assert report.verdicts("lost") == 0


def test_only_what_was_asked_for(tmp_path, town):
    report = determine(tmp_path, wanted=["ru-birth-grant"], slices=0)

    assert list(report.measures) == ["ru-birth-grant"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"wanted": ["ru-nothing"]}, determination.UnknownMeasure),
        ({"territories": ["99"]}, determination.UnknownTerritory),
    ],
)
def test_strange_names_are_refused(tmp_path, town, asked, error):
    with pytest.raises(error, match="нет"):
        determine(tmp_path, **asked)


def test_a_stopped_run_goes_on(tmp_path, town):
    def stopped(work, tasks):
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        determine(tmp_path, run=stopped)
    first = determine(tmp_path, slices=0)
    again = determine(tmp_path, run=lambda work, tasks: iter(()), slices=0)  # nothing is left to do

    assert again.measures == first.measures and again.new == first.new


def test_another_day_or_new_facts_are_decided_anew(tmp_path, town):
    def names():
        return {path.name for path in (tmp_path / "rights").iterdir()}

    determine(tmp_path, slices=0)
    first = names()
    determine(tmp_path, on=date(2026, 2, 17), slices=0)
    second = names()
    enter_person(445566778, "Котова", "Вера", "Львовна", date(1990, 1, 1), "F", on=ON)
    determine(tmp_path, slices=0)

    assert len(first) == 1 and len(second) == 2 and len(names()) > 2


def test_the_command_tells_machines(tmp_path, town, monkeypatch):
    from click.testing import CliRunner

    from kazna.cli.main import kazna

    found = CliRunner().invoke(
        kazna, ["determine", "--measures", "ru-birth-grant", "--against", "online", "--processes", "1", "--json"]
    )

    told = json.loads(found.stdout)
    assert found.exit_code == 0 and told["differences"] == 0 and told["people"] == 3
