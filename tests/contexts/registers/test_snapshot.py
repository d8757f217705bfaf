"""A snapshot is what the register held at one moment; only what changed is written anew."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import duckdb
import pytest
from tests.factories.people import cause, enter_child, enter_person, fact

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.snapshots import folder as folders

ON, NOW = date(2026, 2, 16), datetime(2026, 2, 16, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family():
    registers.load_kinds()
    mother = enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    child = enter_child(223344556, mother, "Михаил", date(2026, 2, 10), on=ON)
    return mother, child


def take(path):
    return registers.take_snapshot(path, now=NOW, progress=lambda stage, done, total: None)


def facts(snapshot, code):
    names = [str(path) for path in snapshot.files(code, "facts")]
    return duckdb.sql(f"SELECT seq, subject_id, kind, value FROM read_parquet({names}) ORDER BY seq").fetchall()


def code_of(snapshot):
    (code,) = snapshot.territories
    return code


def test_it_holds_current_facts_of_everybody(tmp_path, family):
    snapshot = take(tmp_path)

    around = {fact.seq for fact in registers.facts_around(family)}
    assert {row[0] for row in facts(snapshot, code_of(snapshot))} == around
    assert snapshot.people == 2


def test_nothing_new_nothing_written(tmp_path, family):
    first = take(tmp_path)
    again = take(tmp_path)

    assert again.rewritten == () and again.territories == first.territories


def test_what_changed_is_written_anew(tmp_path, family):
    before = take(tmp_path)
    stranger = enter_person(334455667, "Орлов", "Пётр", "Ильич", date(1980, 3, 3), "M", on=ON)
    after = take(tmp_path)

    assert after.rewritten == tuple(before.territories) and after.people == 3
    assert str(stranger) in {row[1] for row in facts(after, code_of(after))}
    assert len(list(tmp_path.glob("take-*"))) == 1


def test_of_what_was_told_again_the_newest_is_there_and_what_was_withdrawn_is_not(tmp_path, family):
    mother, _ = family
    told_of(mother, "employment", {"employer_inn": "7799000001", "reason": None})
    told_of(mother, "education.fulltime", {"level": "higher"})
    told_of(mother, "employment", {"employer_inn": "7799000002", "reason": None})
    before = facts(first := take(tmp_path), code_of(first))
    told_of(mother, "employment", {"employer_inn": "7799000003", "reason": None})
    told_of(mother, "education.fulltime", {"level": "higher"}, withdrawn=True)

    after = facts(again := take(tmp_path), code_of(again))

    assert [[row[2] for row in rows].count("education.fulltime") for rows in (before, after)] == [1, 0]
    assert [json.loads(row[3])["employer_inn"] for row in (*before, *after) if row[2] == "employment"] == [
        "7799000002",
        "7799000003",
    ]
    assert {row[0] for row in after} == {one.seq for one in registers.facts_around(family)}
    assert again.territories[code_of(again)].facts == len(after)


def told_of(person, kind, value, *, withdrawn=False):
    statement = fact(kind, person, date(2024, 1, 9), value)
    seed = f"{value}/{withdrawn}"
    assert registers.report_bulk([(statement, withdrawn)], source="mvd", on=ON, cause=cause(ON), seed=seed) == 1


def test_a_taking_cut_off_leaves_the_one_before(tmp_path, family, monkeypatch):
    before = take(tmp_path)
    enter_person(334455667, "Орлов", "Пётр", "Ильич", date(1980, 3, 3), "M", on=ON)
    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(folders.os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        take(tmp_path)

    assert folders.load_snapshot(tmp_path).last == before.last
    assert take(tmp_path).people == 3


def test_a_full_disk_is_told_and_harms_nothing(tmp_path, family, monkeypatch):
    before = take(tmp_path)
    enter_person(334455667, "Орлов", "Пётр", "Ильич", date(1980, 3, 3), "M", on=ON)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(registers.NoRoom, match="Не хватает места"):
        broken.setattr("kazna.contexts.registers.actions.take_snapshot.digest_of", full)
        take(tmp_path)
    assert facts(folders.load_snapshot(tmp_path), code_of(before))


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"territories": {"77": {}}}'])
def test_a_broken_manifest_is_told(tmp_path, family, text):
    take(tmp_path)
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(registers.SnapshotDamaged, match="Удалите папку"):
        take(tmp_path)


def test_files_that_were_changed_are_told(tmp_path, family):
    snapshot = take(tmp_path)
    snapshot.files(code_of(snapshot), "facts")[0].write_bytes(b"PAR1")

    with pytest.raises(registers.SnapshotDamaged, match="изменились файлы"):
        snapshot.files(code_of(snapshot), "facts")
