"""A folder of law that stands on another one."""

import pytest

from kazna.rules import RuleProblems, load_library, read_library

REGION = """\
parameters:
  school:
    title: Выплата к школе
    type: money
    values: [{from: 2024-01-01, value: 5000, law: Закон области, verified: true}]
"""


@pytest.fixture
def region(write_law, tmp_path):
    """A folder with one measure and one figure of its own over the example law."""
    base = write_law()
    own = tmp_path / "region"
    measure = (base / "measures/ru-example/2024-01-01.yaml").read_text("utf-8")
    own_measure = measure.replace("measure: ru-example", "measure: r53-school").replace("base", "school")
    for path, text in (
        ("law.yaml", "extends: ../law\n"),
        ("parameters/school.yaml", REGION),
        ("measures/r53-school/2024-01-01.yaml", own_measure.replace("1100.50", "5000")),
    ):
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text, "utf-8")
    return own


def test_shared_names_come_from_the_extended_law(region):
    library = load_library(region)

    assert sorted(library.measures) == ["r53-school", "ru-example"]
    assert library.own == {"r53-school"}
    assert {"base", "school"} <= set(library.parameters)


def test_without_law_yaml_the_base_is_given_by_hand(region, write_law):
    (region / "law.yaml").unlink()

    assert read_library(region)[1]
    assert load_library(region, base=write_law()).own == {"r53-school"}


def test_the_digest_covers_both_folders(region, write_law):
    before = load_library(region).digest
    facts = write_law() / "facts/facts.yaml"
    facts.write_text(facts.read_text("utf-8") + "# новое\n", "utf-8")

    assert load_library(region).digest != before


def test_a_name_of_the_base_may_not_be_taken_again(region):
    figures = region / "parameters/school.yaml"
    figures.write_text(REGION.replace("school:", "base:"), "utf-8")

    with pytest.raises(RuleProblems, match="«base» уже есть"):
        load_library(region)


@pytest.mark.parametrize(
    ("passport", "said"),
    [
        ("extends: ../nowhere\n", "Папки «../nowhere» нет"),
        ("extends: .\n", "по кругу"),
        ("extend: x\n", "«extend»"),
        ("a: [", "YAML"),
    ],
)
def test_a_wrong_passport_is_explained(region, passport, said):
    (region / "law.yaml").write_text(passport, "utf-8")

    assert any(said in str(problem) for problem in read_library(region)[1])


def test_the_text_in_the_editor_replaces_the_file(region):
    path = region / "measures/r53-school/2024-01-01.yaml"
    text = path.read_text("utf-8").replace("applicant.citizen", "applicant.citizem")

    problems = read_library(region, texts={path.resolve(): text})[1]

    assert any("applicant.citizem" in problem.what for problem in problems)
