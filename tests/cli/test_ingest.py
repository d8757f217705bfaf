"""`kazna ingest`: what came in can be seen, what did not says why, and the exit code tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from kazna.contexts.registers import public as registers
from kazna.kernel.places import FORMATS

pytestmark = pytest.mark.usefixtures("platform")
SAMPLE = FORMATS / "samples" / "birth-rogd-4.0.5.sample.xml"
WRONG_SNILS, RIGHT_SNILS = "083 367 324 78", "083 367 324 77"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """The sample with the last digit of the child's СНИЛС changed."""
    path = tmp_path / "bad.xml"
    path.write_text(SAMPLE.read_text("utf-8").replace(RIGHT_SNILS, WRONG_SNILS), "utf-8")
    return path


def test_the_official_sample_goes_in_and_can_be_seen(run):
    result = run("ingest", SAMPLE, "--json")

    assert result.code == 0, result.out
    (receipt,) = result.json
    assert (receipt["file"], receipt["kind"], receipt["status"]) == (SAMPLE.name, "birth", "accepted")
    assert registers.person_by_snils("08336732477").full_name == "Иванов Петр Антонович"


def test_the_same_file_again_is_a_duplicate(run):
    run("ingest", SAMPLE)
    facts = registers.counts()["facts"]

    result = run("ingest", SAMPLE, "--json")

    assert (result.code, result.json[0]["status"]) == (0, "duplicate")
    assert registers.counts()["facts"] == facts


def test_one_bad_document_does_not_hold_the_folder(run, bad):
    (bad.parent / "good.xml").write_bytes(SAMPLE.read_bytes())

    result = run("ingest", bad.parent, "--json")

    assert result.code == 1
    assert {one["file"]: one["status"] for one in result.json} == {"bad.xml": "quarantined", "good.xml": "accepted"}
    assert registers.person_by_snils("08336732477")


def test_a_person_reads_what_is_wrong_where_and_what_to_do(run, bad):
    result = run("ingest", bad)

    assert result.code == 1
    assert "bad.xml — " in result.out
    assert "СНИЛС" in result.out
    assert "контрольн" in result.out


def test_the_quarantine_is_listed_with_reasons(run, bad):
    run("ingest", bad)

    told, listed = run("ingest", "--quarantined"), run("ingest", "--quarantined", "--json")

    assert "В карантине: 1." in told.out
    (document,) = listed.json
    assert (document["file"], document["status"]) == ("bad.xml", "quarantined")
    assert document["remarks"][0]["code"] == "snils_wrong"
    assert document["document"] in told.out


def test_a_corrected_document_takes_the_place_of_the_bad_one(run, bad):
    run("ingest", bad)
    (document,) = run("ingest", "--quarantined", "--json").json

    result = run("ingest", SAMPLE, "--resubmit", document["document"], "--json")

    assert (result.code, result.json[0]["status"]) == (0, "accepted")
    assert run("ingest", "--quarantined", "--json").json == []


def test_resubmit_takes_one_file(run, bad):
    result = run("ingest", bad, SAMPLE, "--resubmit", "00000000-0000-0000-0000-000000000000")

    assert result.code == 2
    assert "exactly one" in result.err


def test_nothing_named_is_a_mistake_of_use(run):
    assert run("ingest").code == 2
