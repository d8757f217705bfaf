"""What is known, on a day and at a moment; the catalogue changed by two people."""

import pytest

from kazna.contexts.audit import public as audit
from kazna.contexts.registers import public as registers

MOTHER = "112-233-445 95"
GOOD = """
kinds:
  housing.gas_meter:
    title: Счётчик газа
    value: {number: text}
    holder: газовая служба
    stage: cached
    fresh_days: 30
    completeness: answer
    sensitivity: personal
"""


def test_facts_of_a_family_on_a_day(born, run):
    alone = run("facts", "show", MOTHER, "--json").json
    family = run("facts", "show", MOTHER, "--family", "--on", "2026-02-16", "--json").json
    before = run("facts", "show", MOTHER, "--on", "2019-12-31", "--kind", "employment", "--json").json

    assert {one["kind"] for one in alone} >= {"person.name", "employment"}
    assert len({one["subject_id"] for one in family}) == 2
    assert before == []
    assert {entry.screen for entry in audit.entries()} >= {"kazna facts show"}


def test_nothing_was_known_before_it_was_told(born, run):
    assert run("facts", "show", MOTHER, "--known", "2020-01-01", "--json").json == []


def test_a_wrong_number_is_told(born, run):
    assert "контрольного числа" in run("facts", "show", "112-233-445 96").err


def test_a_kind_comes_into_force_by_two_people(platform, run, tmp_path):
    path = tmp_path / "kinds.yaml"
    path.write_text(GOOD, "utf-8")
    (proposed,) = run("facts", "kinds", "load", path, "--by", "lvov", "--reason", "Новый источник", "--json").json
    with pytest.raises(registers.KindChangeNotOpen, match="второй человек"):
        run("facts", "kinds", "approve", proposed["change_id"], "--by", "lvov")

    assert run("facts", "kinds", "approve", proposed["change_id"], "--by", "petrova").code == 0

    assert "housing.gas_meter" in registers.kind_titles()
    assert registers.load_kinds() > 140
    assert "housing.gas_meter" in {one["вид"] for one in run("facts", "kinds", "list", "--json").json}
    assert run("facts", "kinds", "diff", path, "--json").json == {}
    assert run("facts", "kinds", "diff", "--json").json == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\xff\xfe", "не UTF-8"),
        (b"kinds: {", "это не YAML"),
        (b"kinds: []", "нет раздела kinds"),
        (b"kinds: {a: &x [1], b: *x}", "это не YAML"),
        ("kinds: {'Плохой': {}}".encode(), "латинские слова"),
        ("kinds: {a.b: {title: А, stage: forever, value: 5}}".encode(), "forever"),
        ("kinds: {a.b: {title: А, sql: x}}".encode(), "«sql» нет"),
        (GOOD.replace("fresh_days: 30", "fresh_days: -1").encode(), "fresh_days"),
        (GOOD.replace("    fresh_days: 30\n", "").encode(), "нужно fresh_days"),
        ((GOOD + "    precedence: {sources: [a], compared: [b], reason: потому что надо}").encode(), "compared"),
    ],
)
def test_a_bad_file_changes_nothing(platform, run, tmp_path, text, said):
    path = tmp_path / "kinds.yaml"
    path.write_bytes(text)

    with pytest.raises(registers.KindsRefused, match=said):
        run("facts", "kinds", "load", path, "--by", "lvov", "--reason", "Проверка")

    assert registers.kind_changes(is_open=True) == []


def test_every_fact_of_the_field_has_its_kind(platform):
    known = {one.code: one for one in registers.kinds()}
    facts = registers.domain_facts()

    assert len(facts) == 170
    lost = [
        one.code for one in facts
        if not one.kind.startswith("@") and (
            one.kind not in known or not (one.path.startswith("@") or one.path in known[one.kind].value)
        )
    ]  # fmt: skip
    assert lost == []


def test_every_kind_of_the_release_is_whole(platform):
    from kazna.contexts.registers.kinds import remarks_on

    assert [remark for code, told in registers.released_kinds().items() for remark in remarks_on(code, told)] == []


def test_a_family_is_explained(born, run):
    told = run("families", "show", MOTHER, "--json").json

    assert [(one["tie"], one["belongs"]) for one in told["members"]] == [("заявитель", True), ("ребёнок", True)]
    assert "2330" in told["law"]
    assert "входит" in run("families", "show", MOTHER, "--law", "A01C").out
