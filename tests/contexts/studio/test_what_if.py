"""A draft played on a territory: the same people as one by one, and nothing that tells of fewer than five."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contexts.studio.writing import TODAY, TOMORROW, agreed, begun, families, written

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.actions import launch as launching
from kazna.contexts.studio.actions.what_if import make_ready
from kazna.contexts.studio.scenarios import territory as places
from kazna.contexts.studio.scenarios.guarding import LEAST, guarded, shown
from kazna.plumbing import clock

NOW = datetime(2026, 2, 16, 12, tzinfo=UTC)


@pytest.fixture
def region(transactional_db, tmp_path, monkeypatch):
    clock.set_day(TODAY)
    registers.load_kinds()
    measures.store_release()
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")
    return families(20)


def play(draft_id, **told):
    asked = {"territory": "77", "on": TOMORROW, "name": "", "figures": {}, "by": "methodologist"}
    return studio.play_draft(draft_id=draft_id, **asked | told)


def test_a_scenario_counts_whom_the_draft_would_pay(region):
    draft_id = begun()
    written(draft_id)
    studio.take_territories(now=NOW, code="77")
    first = play(draft_id).result
    dearer = play(draft_id, figures={"amount": "20000"}).result

    assert (first["people"], first["granted"], first["lose"]) == (40, 10, 0)
    assert (first["cost_kopecks"], dearer["cost_kopecks"]) == (10 * 1_200_000, 10 * 2_000_000)
    assert sum(row["people"] or 0 for row in first["by_family"]) == 10
    assert first["years"][0] == {"year": 2026, "people": 10, "kopecks": 10 * 1_200_000}
    assert first["years"][1]["people"] == 10  # pupils of eight are nine a year later
    assert [row["key"] for row in first["by_family"]] == ["single_parent"]
    assert [row["key"] for row in first["by_place"]] == ["45000000"]
    assert {row["key"] for row in first["by_decile"]} <= set(range(1, 11))
    assert first["poverty"]["line_kopecks"] > 0
    assert len(studio.scenarios(draft_id)) == 2


def test_the_morning_of_the_first_day_asks_everybody_due(region):
    draft_id = begun()
    written(draft_id)
    agreed(draft_id)
    studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW)

    assert studio.launch_due(TODAY) == 0
    asked = studio.launch_due(TOMORROW)
    assert asked == 10 and studio.launch_due(TOMORROW) == 0
    families(2, first=100)
    assert studio.launch_due(TOMORROW.replace(day=20)) == 0
    assert studio.launch_due(date(2026, 3, 1)) == 1  # who came since, on the first of the month
    states = {right.state for _, child in region for right in measures.rights_of(child) if "kit" in right.measure}
    assert states == {"granted"}


def test_a_measure_that_would_pay_everyone_is_held(region, monkeypatch):
    monkeypatch.setattr(launching, "FEW", 3)
    draft_id = begun()
    written(draft_id)
    agreed(draft_id)
    studio.publish(draft_id=draft_id, by="methodologist", on=TODAY, now=NOW)

    assert studio.launch_due(TOMORROW) == 0
    held = studio.draft(draft_id)
    assert held.launched_on is None and "касается 10 человек, предел запуска — 8" in held.held_because
    assert not [right for _, child in region for right in measures.rights_of(child) if "kit" in right.measure]


def test_a_sum_below_zero_is_refused_before_anybody_is_asked(region):
    draft_id = begun()
    text = written(draft_id)
    told = studio.version(draft_id, 2)
    amount = re.search(r"(?m)^( +value: )(.+)$", text[text.index("\namount:") :])
    below = text.replace(amount[0], f"{amount[1]}{amount[2]} - 30000 rub", 1)
    studio.save_version(draft_id=draft_id, seen=2, measure=below, figures=told.figures_text, by="methodologist")
    studio.take_territories(now=NOW, code="77")
    with pytest.raises(studio.NegativeSum, match="10 человек"):
        play(draft_id)


def test_the_night_makes_the_first_scenario_quick(region):
    draft_id = begun()
    written(draft_id)
    begun(measure="r77-other")  # its text is not finished, and stops nobody
    studio.take_territories(now=NOW, code="77")
    where = studio.kept_territory("77")
    assert studio.seconds_to_ready(where, TOMORROW) > 0
    assert make_ready() == 2 and studio.seconds_to_ready(where, TOMORROW) == 0
    assert studio.scenarios(draft_id) == []


def test_without_a_snapshot_it_says_so(region):
    draft_id = begun()
    written(draft_id)
    with pytest.raises(studio.NoSnapshot, match="kazna determine"):
        play(draft_id)


def test_a_text_with_errors_is_not_played(region):
    draft_id = begun()
    told = studio.version(draft_id, 1)
    broken = told.measure_text.replace("child.birth_date", "child.birthday")
    studio.save_version(draft_id=draft_id, seen=1, measure=broken, figures=told.figures_text, by="one")
    with pytest.raises(studio.NotReady, match="с ошибками"):
        play(draft_id)


def test_the_command_tells_machines(region):
    from click.testing import CliRunner

    from kazna.cli.main import kazna

    draft_id = begun()
    written(draft_id)
    found = CliRunner().invoke(kazna, ["what-if", "r77-school-kit", "--territory", "77", "--json"])
    nobody = CliRunner().invoke(kazna, ["what-if", "r77-nothing", "--territory", "77"])

    assert found.exit_code == 0 and json.loads(found.stdout)["granted"] == 10
    assert nobody.exit_code == 1 and "Черновика" in nobody.output


@given(counts=st.lists(st.integers(0, 40), max_size=12))
def test_nothing_small_can_be_seen_or_subtracted(counts):
    rows = [{"key": place, "people": count, "kopecks": count * 100} for place, count in enumerate(counts)]
    told = guarded(rows)
    hidden = [count for count, row in zip(counts, told, strict=True) if row["people"] is None]

    assert all(row["people"] is None or row["people"] == 0 or row["people"] >= LEAST for row in told)
    assert all((row["people"] is None) == (row["kopecks"] is None) for row in told)
    filled = [count for count in counts if count]
    assert not hidden or len(hidden) == len(filled) or (len(hidden) > 1 and sum(hidden) >= LEAST)
    assert [shown(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]
