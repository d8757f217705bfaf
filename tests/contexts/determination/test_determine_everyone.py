"""Everybody is determined from a snapshot as the platform determines one life; stopped, it goes on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.contexts.determination.conftest import FEW, ON
from tests.factories.people import enter_person

from kazna.contexts.determination import public as determination
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db(transaction=True)


def test_rights_are_those_of_the_online_way(town, determine):
    report = determine(wanted=[], slices=2)

    assert report.people == 3 and report.differences == 0
    assert report.checked == report.questions > 100
    assert report.measures["ru-birth-grant"]["granted"] == 1


def test_awards_in_force_are_weighed_without_themselves(town, determine):
    drain()
    report = determine()

    granted = {measure for measure, (people, _) in report.new.items() if people}
    assert "ru-maternity-capital" not in granted  # the certificate was given by now
    assert report.verdicts("lost") == 0


def test_only_what_was_asked_for(town, determine):
    report = determine(wanted=["ru-birth-grant"])

    assert list(report.measures) == ["ru-birth-grant"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"wanted": ["ru-nothing"]}, determination.UnknownMeasure),
        ({"territories": ["99"]}, determination.UnknownTerritory),
    ],
)
def test_strange_names_are_refused(town, determine, asked, error):
    with pytest.raises(error, match="нет"):
        determine(**asked)


def test_a_stopped_run_goes_on(town, determine):
    def stopped(work, tasks):
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        determine(run=stopped)
    first = determine()
    again = determine(run=lambda work, tasks: iter(()))  # nothing is left to do

    assert again.measures == first.measures and again.new == first.new


def test_another_day_or_new_facts_are_decided_anew(tmp_path, town, determine):
    def names():
        return {path.name for path in (tmp_path / "rights").iterdir()}

    determine()
    first = names()
    determine(on=date(2026, 2, 17))
    second = names()
    enter_person(445566778, "Котова", "Вера", "Львовна", date(1990, 1, 1), "F", on=ON)
    determine()

    assert len(first) == 1 and len(second) == 2 and len(names()) > 2


def test_a_stopped_check_goes_on(town, determine):
    def stopped(work, tasks):
        for task in tasks[:1]:
            yield task, work(task)
        if len(tasks) > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        determine(slices=2, run=stopped)
    told = []
    again = determine(
        slices=2, run=lambda work, tasks: ((told.append(task[1]), (task, work(task)))[1] for task in tasks)
    )

    assert told == [1] and again.checked == again.questions and not again.differences


def test_rights_of_former_runs_go_but_the_latest(tmp_path, town, determine):
    first = determine(wanted=["ru-birth-grant"])
    second, third = determine(wanted=FEW), determine(wanted=FEW, on=date(2026, 2, 17))

    later = determine(wanted=["ru-old-age-pension"], now=datetime.now(UTC) + timedelta(days=30))

    left = set((tmp_path / "rights").iterdir())
    assert left == {path for one in (first, third, later) for path in one.parts.values()}
    assert not left & set(second.parts.values())


def test_the_command_tells_machines(town):
    from click.testing import CliRunner

    from kazna.cli.main import kazna

    found = CliRunner().invoke(
        kazna, ["determine", "--measures", "ru-birth-grant", "--against", "online", "--processes", "1", "--json"]
    )

    told = json.loads(found.stdout)
    assert found.exit_code == 0 and told["differences"] == 0 and told["people"] == 3
