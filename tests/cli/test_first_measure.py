"""The tutorial is true: its commands and texts, taken from the page, work in a clean folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kazna.kernel.places import ROOT

PAGE = (ROOT / "docs/start/first-measure.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
YAML = [text for kind, text in BLOCKS if kind == "yaml"]
SHOWN = [text for kind, text in BLOCKS if kind == "text"]
COMMANDS = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.startswith("kazna")]
(CARD, FIGURE, STEPS, CONDITION, GIVEN, BORDER, FAMILY) = YAML


def command(words: str) -> list[str]:
    """The words of a command of the page, without the program's name."""
    return re.findall(r'"[^"]*"|\S+', words.removeprefix("kazna "))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run) -> Path:
    """A clean folder in which the first command of the page was given."""
    monkeypatch.chdir(tmp_path)
    assert run(*[word.strip('"') for word in command(COMMANDS[0])]).code == 0
    return tmp_path


def replaced(text: str, pattern: str, new: str) -> str:
    """The text with one place changed; the place must be there, once."""
    found, count = re.subn(pattern, lambda _: new, text, flags=re.DOTALL | re.MULTILINE)
    assert count == 1, pattern
    return found


def test_the_page_leads_a_newcomer_to_a_sound_measure(folder, run):
    measure = folder / "measures/r53-school-kit/2025-07-01.yaml"
    figures = folder / "parameters/r53_school_kit.yaml"
    assert SHOWN[0] in run("law", "test").out
    check = run("law", "check")
    assert (check.code, check.out.splitlines()[0]) == (1, SHOWN[1].splitlines()[0])
    assert check.out.splitlines()[-1] == SHOWN[1].splitlines()[-1]

    code, edition, *law = CARD.splitlines(keepends=True)
    text = measure.read_text("utf-8")
    text = replaced(text, r"^code: .*?\n", code)
    text = replaced(text, r"^edition: .*?\n", edition)
    text = replaced(text, r"^law:.*?\n\n", "".join(law) + "\n")
    measure.write_text(text, "utf-8")
    figures.write_text(replaced(figures.read_text("utf-8"), r"^      - \{from.*\}\n", FIGURE), "utf-8")
    assert SHOWN[2].strip() in run("law", "test").out

    text = replaced(text, "amount: 10000", "amount: 12000")
    measure.write_text(text, "utf-8")
    assert run("law", "test").code == 0

    text = replaced(text, r"^# Условия выполняются", STEPS + "\n# Условия выполняются")
    text = replaced(text, r"\namount:\n", CONDITION + "\namount:\n")
    measure.write_text(text, "utf-8")
    assert "unknown" in run("law", "test").out

    text = replaced(text, r"^    given: &ok\n.*?(?=    expect)", GIVEN)
    measure.write_text(text + BORDER, "utf-8")
    result = run(*command(COMMANDS[3]))
    assert (result.code, result.out) == (0, SHOWN[3])
    assert run("law", "check").out.endswith("Ошибок 0, замечаний 0.\n")
    assert "число людей списка «Дети человека»" in run("law", "show", "r53-school-kit").out

    (folder / "family.yaml").write_text(FAMILY, "utf-8")
    explained = run("law", "explain", "r53-school-kit", "family.yaml", "--contrast")
    assert explained.out.startswith(SHOWN[4])


def test_every_command_of_the_page_was_tried():
    assert [" ".join(line.split()[1:3]) for line in COMMANDS] == [
        "law new", "law test", "law check", "law test", "law check", "law show", "law explain",
    ]  # fmt: skip
