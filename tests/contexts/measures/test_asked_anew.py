"""Asking only those of whom something changed, or whose day came, gives what asking everybody gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.contexts.measures.lives import Lives

from kazna.contexts.measures.columns.asked_anew import is_quiet
from kazna.contexts.measures.columns.days_of_rules import counts_days, months_added
from kazna.contexts.measures.columns.part import Before, Part, decide_part, law_of
from kazna.contexts.measures.columns.store import table_of
from kazna.kernel.places import LAW

FIRST, SHELF_LIFE = date(2026, 3, 9), 30
RIGHTS = "measure, subject_id, recipient_id, state, amount_kopecks"
AWARDS = "measure, number, subject_id, recipient_id, verdict, due_kopecks"


def part_of(folder, facts, people, on, before=None):
    folder.mkdir(parents=True)
    pq.write_table(table_of(facts), folder / "facts.parquet")
    pq.write_table(pa.table({"id": [str(person) for person in people]}), folder / "people-of.parquet")
    files = (folder / "facts.parquet",), (folder / "people-of.parquet",)
    return Part("77", *files, on, LAW, folder / "out", {"income.year": SHELF_LIFE}, threads=1, before=before)


def told(folder, name, columns):
    return duckdb.sql(f"SELECT {columns} FROM '{folder / 'out' / name}' ORDER BY ALL").fetchall()


def changed(facts, chance):
    """Some facts corrected, some withdrawn, in the numbers of later versions; and who they tell of."""
    found, touched, last = [], set(), max(fact.seq for fact in facts)
    for fact in facts:
        if fact.kind == "person.birth" or chance.random() > 0.01:
            found.append(fact)
            continue
        touched |= {fact.subject_id, fact.object_id} - {None}
        last += 1
        if chance.random() < 0.5:
            found.append(replace(fact, seq=last, valid_from=fact.valid_from + timedelta(days=chance.randint(-90, 90)),
                                 valid_to=None))  # fmt: skip
    return found, touched


@pytest.mark.parametrize(("seed", "days"), [(1, 1), (2, 2), (3, 0), (4, 9)])
def test_it_equals_asking_everybody(tmp_path, seed, days):
    lives, chance = Lives(law_of(LAW), 300 + seed, 12, FIRST, told=10), random.Random(seed)
    first = part_of(tmp_path / "first", lives.facts, lives.people[:-2], FIRST)
    decide_part(first)
    facts, touched = changed(lives.facts, chance)
    pq.write_table(pa.table({"id": [str(person) for person in touched]}), tmp_path / "touched.parquet")
    on = FIRST + timedelta(days=days)

    full = decide_part(part_of(tmp_path / "full", facts, lives.people, on))
    before = Before(FIRST, first.out, tmp_path / "touched.parquet")
    some = decide_part(part_of(tmp_path / "some", facts, lives.people, on, before))

    assert some.anew is not None and 0 < some.anew <= some.people and full.anew is None
    assert told(tmp_path / "some", "rights.parquet", RIGHTS) == told(tmp_path / "full", "rights.parquet", RIGHTS)
    assert told(tmp_path / "some", "awards.parquet", AWARDS) == told(tmp_path / "full", "awards.parquet", AWARDS)
    states = ("granted", "unknown", "refused")
    for measure, counts in full.measures.items():
        assert [some.measures[measure][name] for name in states] == [counts[name] for name in states]
    assert some.awards == full.awards and some.new == full.new


def test_with_nothing_new_nobody_is_asked_but_for_days_that_come(tmp_path):
    lives = Lives(law_of(LAW), 7, 12, FIRST, told=5)
    first = part_of(tmp_path / "first", lives.facts, lives.people, FIRST)
    decide_part(first)
    pq.write_table(pa.table({"id": pa.array([], pa.string())}), tmp_path / "touched.parquet")
    again = Before(FIRST, first.out, tmp_path / "touched.parquet")

    some = decide_part(part_of(tmp_path / "some", lives.facts, lives.people, FIRST + timedelta(days=1), again))
    assert some.anew is not None and some.anew < some.people


def test_answers_that_grow_too_old_are_missed_at_once(tmp_path):
    lives, known = Lives(law_of(LAW), 8, 12, FIRST, told=5), FIRST - timedelta(days=SHELF_LIFE)
    for person in lives.people:
        for year in (2024, 2025, 2026):
            lives.say("income.year", person, {"year": year, "months": {}}, start=date(year, 1, 20))
    facts = [replace(fact, known_on=known) if fact.kind == "income.year" else fact for fact in lives.facts]
    first, on = part_of(tmp_path / "first", facts, lives.people, FIRST), FIRST + timedelta(days=1)
    decide_part(first)
    pq.write_table(pa.table({"id": pa.array([], pa.string())}), tmp_path / "touched.parquet")

    decide_part(part_of(tmp_path / "full", facts, lives.people, on))
    decide_part(
        part_of(tmp_path / "some", facts, lives.people, on, Before(FIRST, first.out, tmp_path / "touched.parquet"))
    )

    rights = [told(tmp_path / run, "rights.parquet", RIGHTS) for run in ("first", "some", "full")]
    assert rights[1] == rights[2]
    assert rights[2] != rights[0]


@pytest.mark.parametrize(
    ("before", "on", "quiet"),
    [
        (date(2026, 3, 9), date(2026, 3, 12), True),
        (date(2026, 3, 9), date(2026, 4, 2), False),
        (date(2026, 3, 9), date(2026, 3, 30), False),
        (date(2026, 3, 1), date(2026, 3, 2), False),
        (date(2026, 3, 12), date(2026, 3, 9), False),
    ],
)
def test_everybody_is_asked_when_a_month_turns(before, on, quiet):
    library = law_of(LAW)
    editions = [one for some in library.measures.values() for one in some if one.holds(on)]
    assert is_quiet(library, editions, before, on) is quiet


def test_rules_that_count_days_are_known():
    library = law_of(LAW)
    editions = [one for some in library.measures.values() for one in some if one.holds(FIRST)]
    counting = {one.id for one in editions if counts_days(library, one)}

    assert "ru-maternity-benefit" in counting and not {"ru-birth-grant", "ru-old-age-pension"} & counting


@pytest.mark.parametrize(
    ("measure", "months"),
    [
        ("ru-maternity-capital", 12),
        ("ru-birth-grant", 6),  # filed within six months
        ("ru-child-benefit", 3),
        ("ru-unemployment-benefit", 1),  # counts full months
    ],
)
def test_months_that_rules_add_are_known(measure, months):
    library = law_of(LAW)
    [edition] = [one for one in library.measures[measure] if one.holds(FIRST)]

    assert months_added(library, edition) == months
