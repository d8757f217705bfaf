"""Every measure has a whole passport, and no measure has code of its own."""

import re
import shutil
from pathlib import Path

import pytest

from kazna.kernel.places import LAW, ROOT
from kazna.rules import load_library
from kazna.rules.check import check_library
from kazna.rules.check.passports import missing_parts
from kazna.rules.delivery import delivery, requests

# The vocabulary of facts (measures/derivations) may know what a pension is: it names the law, not the way of a case.
SPINE = (
    *("contexts/cases", "contexts/measures/actions", "contexts/payments", "contexts/notifications"),
    *("web/citizen", "web/officer"),
)
MEASURES = sorted(path.name for path in (LAW / "measures").iterdir())


@pytest.mark.parametrize("measure", MEASURES)
def test_the_passport_is_whole_and_launched(library, measure):
    for edition in library.measures[measure]:
        passport = library.passport(edition)

        assert list(missing_parts(edition, passport)) == []
        assert passport["launched"] is True


def test_no_measure_has_code_of_its_own():
    """The pipeline of cases knows no measure by name: what differs stands in the passport."""
    named = re.compile("|".join(re.escape(f'"{measure}') for measure in MEASURES))
    folders = [ROOT / "src" / "kazna" / folder for folder in SPINE]
    offenders = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for folder in folders
        for path in Path(folder).rglob("*.py")
        if (found := named.search(path.read_text("utf-8")))
    ]

    assert offenders == []


def test_agencies_are_asked_by_the_rule_itself(library):
    edition = library.measures["ru-birth-grant"][-1]

    assert any(line.startswith("ЗАГС: ") for line in requests(edition))
    assert dict(delivery(library, edition))["Что принести самому"] == ["ничего"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("  regulation: offered\n", "не называет типового регламента"),
        ('    refused: "Пособие при рождении ребёнка не назначено. Причина: {reason}"\n', "текст сообщения refused"),
        ("  body: sfr\n", "кто решает"),
    ],
)
def test_a_missing_part_is_complained_about(tmp_path, part, said):
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder)
    path = folder / "measures" / "ru-birth-grant" / "2021-02-01.yaml"
    text = path.read_text("utf-8")
    assert part in text
    path.write_text(text.replace(part, "", 1), "utf-8")

    problems = check_library(load_library(folder), measures=["ru-birth-grant"])

    assert any(said in problem.what for problem in problems)
