"""`kazna explain` and `kazna replay`: a decision tells its reasons and comes out the same again."""

from __future__ import annotations

import pytest

from kazna.contexts.cases import public as cases
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.usefixtures("born")
MOTHER = "112-233-445 95"


@pytest.fixture
def certificate() -> str:
    """The decision on the certificate, by id."""
    mother = registers.person_by_snils("11223344595")
    decisions = {one.measure: one for one in cases.decisions_of(person_id=mother.person_id)}
    return str(decisions["ru-maternity-capital"].decision_id)


def test_a_decision_names_its_law_and_sum(run, certificate):
    result = run("explain", certificate)

    assert result.code == 0
    assert "256-ФЗ" in result.out
    assert "728 921" in result.out.replace("\xa0", " ").replace("\u202f", " ")


def test_a_machine_gets_the_whole_document(run, certificate):
    document = run("explain", certificate, "--json").json

    assert (document["kind"], document["amount"]["kopecks"]) == ("grant", 72_892_190)
    assert document["facts"]


def test_the_rights_of_a_person(run):
    result = run("explain", "--snils", MOTHER, "--measure", "ru-maternity-capital", "--json")

    (right,) = result.json
    assert (right["state"], right["amount_kopecks"]) == ("granted", 72_892_190)
    assert run("explain", "--snils", MOTHER).code == 0


def test_a_stranger_is_not_found(run):
    result = run("explain", "--snils", "08336732477")

    assert result.code == 1
    assert "нет человека" in result.err


def test_explain_wants_one_thing(run, certificate):
    assert run("explain").code == 2
    assert run("explain", certificate, "--snils", MOTHER).code == 2


def test_all_decisions_come_out_the_same(run, certificate):
    result = run("replay", "--all", "--json")

    assert result.code == 0, result.out
    assert result.json["total"] >= 2
    assert result.json["differences"] == []
    assert run("replay", certificate, "--json").json["total"] == 1


def test_replay_wants_to_be_told_what(run):
    assert run("replay").code == 2
