"""Official requests are judged as their official answers judge them, from a state loaded by operator commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.protocol import read_protocol
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.messages.write import document, to_bytes
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


def test_a_question_about_the_minimum_is_answered_as_officially(run, state_of_the_answers, tmp_path):
    load, ask = SAMPLES / "etalon_10.22.I-1.0.1_1_Request.xml", SAMPLES / "etalon_10.23.I-1.0.1_1_Request.xml"
    assert run("egisso", "minimums", "load", load, "--on", "2019-09-10").code == 0

    assert run("egisso", "answer", ask, "--out", tmp_path / "answer.xml").code == 0

    official = etree.parse(SAMPLES / "etalon_10.23.I-1.0.1_1_Response.xml").getroot()
    ours = etree.parse(tmp_path / "answer.xml").getroot()
    schema("10.23.I-1.0.1.xsd").assertValid(ours)
    assert _content(ours) == _content(official)


def _content(root) -> list[tuple[str, str]]:
    return [(element.tag, (element.text or "").strip()) for element in root.iter(etree.Element)]


@pytest.mark.parametrize("code", ["010", "022"])
def test_a_question_about_a_classifier_is_answered(run, db, tmp_path, code):
    ask = tmp_path / "ask.xml"
    ask.write_bytes(to_bytes(document(BY_KEY["10.02.I/1.0.3"].root, {"classifierCode": code})))

    assert run("egisso", "answer", ask, "--out", tmp_path / "answer.xml").code == 0

    schema("10.02.I-1.0.3.xsd").assertValid(etree.parse(tmp_path / "answer.xml"))


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
