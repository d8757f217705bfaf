"""The register of events on the monitor: search, limits of sight, retry."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner
from tests.web.conftest import signed_in

from kazna.cli import bus
from kazna.contexts.audit import public as audit
from kazna.plumbing.models import Delivery, Event
from kazna.plumbing.register import Wanted, events

pytestmark = pytest.mark.django_db


def test_an_officer_finds_the_events_of_a_person_and_it_is_written_down(town):
    page = signed_in("officer").get(f"/monitor/events/?person={town.mother}&kind=FactsChanged").content.decode()

    number = events(Wanted(person=town.mother, kind="FactsChanged"))[0].number
    assert f"/monitor/events/{number}/" in page
    assert audit.looks_at(town.mother)[0].purpose == "Просмотр событий о человеке"


def test_a_methodologist_sees_that_something_happened_but_not_to_whom(town):
    number = events(Wanted(person=town.mother))[0].number
    browser = signed_in("methodologist")

    assert browser.get("/monitor/events/").status_code == 200
    assert browser.get(f"/monitor/events/{number}/").status_code == 404
    assert browser.get(f"/monitor/events/?person={town.mother}").status_code == 404


def test_events_of_people_elsewhere_are_not_shown(town):
    nobody = Event.objects.create(kind="RightFound", sort="business", persons=[uuid4()], payload={})

    assert signed_in("officer").get(f"/monitor/events/{nobody.id}/").status_code == 404


@pytest.mark.parametrize("query", ["person=' OR 1=1", "since=вчера", "thing=x", "after=99999999999999999999"])
def test_a_wrong_search_is_answered_calmly(town, query):
    assert signed_in("officer").get(f"/monitor/events/?{query}").status_code in (200, 422)


def test_a_stuck_event_is_tried_again_from_the_monitor(town):
    stuck = Delivery.objects.create(event="X", consumer="x", stage=1, payload={}, attempts=5)

    signed_in("officer").post("/monitor/retry/", {"delivery": str(stuck.id)})

    stuck.refresh_from_db()
    assert stuck.attempts == 0


def test_commands_list_and_replay(town, monkeypatch):
    monkeypatch.setattr(bus, "open_database", lambda: None)
    run = CliRunner().invoke

    found = json.loads(run(bus.bus, ["list", "--person", str(town.mother), "--limit", "1", "--json"]).output)
    again = run(bus.bus, ["replay", "--from", "0", "--again", "--consumer", "measures.on_life_event", "--json"])

    assert found[0]["persons"]
    assert json.loads(again.output)["deliveries"] > 0
    assert "назовите потребителей" in run(bus.bus, ["replay", "--from", "0", "--again"]).output
    assert "номер события или момент" in run(bus.bus, ["replay", "--from", "вчера"]).output
    assert json.loads(run(bus.bus, ["status", "--json"]).output)["unsent"] == 0
