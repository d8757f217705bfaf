"""Examples out of decided cases tell of nobody: five cases at least, averaged, moved in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.contexts.studio.writing import TODAY, TOMORROW, begun, families, written
from tests.factories.people import cause, enter_child, enter_person, fact

from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.contexts.studio import public as studio
from kazna.contexts.studio.pseudonyms import unnamed
from kazna.contexts.studio.scenarios import territory as places
from kazna.plumbing import clock
from kazna.rules.drafting import check_draft
from kazna.rules.situation import Situation

NOW = datetime(2026, 2, 16, 12, tzinfo=UTC)


@pytest.fixture
def region(transactional_db, tmp_path, monkeypatch):
    clock.set_day(TODAY)
    registers.load_kinds()
    measures.store_release()
    monkeypatch.setattr(places, "SNAPSHOT", tmp_path / "snapshot")
    monkeypatch.setattr(places, "KEPT", tmp_path / "kept")


def awarded(pairs):
    value = {
        "measure": "ru-child-benefit",
        "amount_kopecks": 900_000,
        "period": "month",
        "level": "federal",
        "steps": {},
    }
    rows = [fact("measure.assigned", mother, date(2026, 1, 1), value, about=child) for mother, child in pairs]
    registers.report(rows, source="sfr", on=TODAY, cause=cause(TODAY))


def draft_of():
    draft_id = begun()
    text = written(draft_id)
    told = studio.version(draft_id, studio.draft(draft_id).version)
    return draft_id, text, check_draft(measures.law_in_force(), told.measure_text, told.figures_text)


def days(situation):
    rows = [situation.facts, *(row for some in situation.relations.values() for row in some or ())]
    return {value for row in rows for value in row.values() if isinstance(value, date)}


def test_examples_are_nobodys_and_hold(region):
    awarded(families(20))
    _, text, draft = draft_of()
    studio.take_territories(now=NOW, code="77")

    found = studio.people_like_decided(draft, "77", TOMORROW)

    real = {date(1990, 3, 1), date(2017, 9, 10)}
    assert {one.outcome.state for one in found} == {"granted", "refused"}
    assert all("по" in one.name and not days(one.situation) & real for one in found)
    again = check_draft(draft.library, studio.with_examples(text, found, draft.edition), "")
    new = [result for result in again.examples if "обезличено" in result.name]
    assert len(new) == len(found)


def test_fewer_than_five_alike_make_no_example(region):
    awarded(families(4))
    _, _, draft = draft_of()
    studio.take_territories(now=NOW, code="77")
    with pytest.raises(studio.TooFewAlike, match="меньше 5"):
        studio.people_like_decided(draft, "77", TOMORROW)


def test_a_couple_counts_once(region):
    pairs = families(4)
    mother = enter_person(555_000_100, "Орлова", "Вера", "Львовна", date(1990, 3, 1), "F", on=TODAY, job=True)
    first = enter_child(555_000_200, mother, "Пётр", date(2017, 9, 10), on=TODAY)
    second = enter_child(555_000_300, mother, "Иван", date(2016, 9, 10), on=TODAY)
    awarded([*pairs, (mother, first), (mother, second)])
    _, _, draft = draft_of()
    studio.take_territories(now=NOW, code="77")
    with pytest.raises(studio.TooFewAlike, match="дел на территории 5"):
        studio.people_like_decided(draft, "77", TOMORROW)


def test_what_is_rare_is_said_as_what_is_usual(region):
    _, _, draft = draft_of()
    edition = draft.edition
    name, kind = next((name, one.type) for name, one in edition.facts.items() if one.type.kind.name == "TEXT")
    dates = [name for name, one in edition.facts.items() if one.type.kind.name == "DATE"]

    def case(place, rare):
        known = {name: kind.values[1 if rare else 0]}
        return Situation(known | {day: date(2016, 1, 1) + timedelta(days=40 * place) for day in dates}, {})

    cases = [case(place, rare=place == 3) for place in range(11)]
    told = unnamed(cases, edition, TOMORROW)

    assert sum(number for number, _ in told) == 11 and all(number >= 5 for number, _ in told)
    assert all(situation.facts[name] == kind.values[0] for _, situation in told)
    real = {day for one in cases for day in days(one)}
    assert not real & {day for _, one in told for day in days(one)} - {TOMORROW}
