"""Official requests are judged as their official answers judge them, from a state loaded by operator commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kazna.contexts.egisso.messages.protocol import read_protocol
from kazna.kernel.places import FORMATS, ROOT

SAMPLES = FORMATS / "egisso" / "samples"
HOW_TO = ROOT / "docs" / "how-to" / "exchange-with-egisso.md"


def commands_of_the_page() -> list[list[str]]:
    """The commands of the how-to page, in its order, with paths made whole."""
    section = HOW_TO.read_text("utf-8").split("## The official answers, repeated")[1]
    lines = [line.split()[1:] for line in section.split("```")[1].splitlines() if line.startswith("kazna ")]
    return [[str(ROOT / word) if word.startswith("formats/") else word for word in line] for line in lines]


@pytest.fixture
def state_of_the_answers(run, db) -> None:
    for command in commands_of_the_page():
        if command[1] not in ("validate", "rights"):
            result = run(*command)
            assert result.code == 0, (command, result.out)


def test_official_requests_get_their_official_answers(run, db):
    """The page is followed word for word; each check says what the official answer says."""
    compared = 0
    for command in commands_of_the_page():
        result = run(*command, "--json")
        if command[1] != "validate":
            assert result.code == 0, (command, result.out)
            continue
        answer = Path(command[2].replace("_Request", "_Response"))
        official = read_protocol(answer.read_bytes())
        if not official:  # a question is answered by data, not by a protocol
            official = [("", True, [])]

        ours = [(one["accepted"], sorted(_said(one))) for one in result.json]
        theirs = [(accepted, sorted(said)) for _, accepted, said in official]
        assert sorted(ours) == sorted(theirs), (command, result.out)
        assert result.code == (0 if all(accepted for accepted, _ in theirs) else 1)
        compared += 1
    assert compared == len(list(SAMPLES.glob("etalon_*_Request.xml")))


def _said(record) -> list[tuple[str, str]]:
    return [("1" if one["severity"] == "error" else "2", one["rule_code"]) for one in record["remarks"]]


def test_a_check_needs_no_database(run, tmp_path: Path):
    result = run(
        "egisso", "validate", SAMPLES / "etalon_10.05.I-1.0.6_2_Request.xml", "--without-database", "--json"
    )  # fmt: skip

    (record,) = result.json
    assert result.code == 1
    assert [one["rule_code"] for one in record["remarks"]] == (
        ["022", "001", "002", "006", "004", "008", "003", "018", "005", "015", "016", "007"]
    )


def test_imported_packages_are_answered_by_a_valid_protocol_and_change_nothing_twice(
    run, state_of_the_answers, tmp_path
):
    request = SAMPLES / "etalon_10.06.S-1.0.5_1_Request.xml"
    taking = ("egisso", "import", request, "--on", "2019-08-22", "--provider", "0001.000001", "--json")

    first = run(*taking, "--protocols", tmp_path)
    again = run(*taking)

    (answer,) = tmp_path.glob("*.xml")
    assert first.json[0]["accepted"] == 1, first.out
    assert [said for _, _, said in read_protocol(answer.read_bytes())] == [[("2", "019"), ("2", "019")]]
    assert (again.code, again.json[0]["refusals"][0]["rule_code"]) == (1, "906")
