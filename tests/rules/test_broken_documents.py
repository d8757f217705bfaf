"""Every broken document of `broken/` is refused with the message its first line promises.

The first line is `# where | code | line | part of the message`. `where` is the folder of the law the document
joins (or a path in it). A measure shows only the sections that matter; the others are added below it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.rules.conftest import MEASURE, Write

from kazna.rules import Problem, check_library, read_library

FOLDER = Path(__file__).parent / "broken"
PLACES = {
    "measure": "measures/ru-broken/2024-01-01.yaml",
    "facts": "facts/broken.yaml",
    "parameters": "parameters/broken.yaml",
    "definitions": "definitions/broken.yaml",
    "calendar": "calendar.yaml",
}
DEFAULTS = """\
measure: ru-broken
code: X02
title: Сломанная мера
kind: BENEFIT
level: federal
form: cash
decided_for: child
paid_to: applicant
period: month
edition: {from: 2024-01-01}
law: {fz1: {act: Закон № 1, place: статья 1}}
governing_date: application.date
conditions: [{id: citizen, title: Гражданин, when: applicant.citizen, law: fz1}]
amount: {law: fz1, value: 100 rub}
passport: {mode: application, decision_days: 10}
"""
documents = sorted(FOLDER.glob("*.yaml"))


def problems_of(write_law: Write, where: str, content: bytes) -> tuple[str, list[Problem]]:
    """The name of the file and everything found in the law with it."""
    law = write_law(measure=MEASURE)
    path = law / PLACES.get(where, where)
    path.parent.mkdir(parents=True, exist_ok=True)
    if "measures" in str(path):
        present = set(re.findall(rb"^(\w+):", content, re.MULTILINE))
        missing = [line for line in DEFAULTS.splitlines() if line.partition(":")[0].encode() not in present]
        content = content.rstrip(b"\n") + ("\n" + "\n".join(missing) + "\n").encode()
    path.write_bytes(content)
    library, problems = read_library(law)
    if library is not None and not any(problem.severity == "error" for problem in problems):
        problems = check_library(library)
    return str(path.relative_to(law.parent)), problems


@pytest.mark.parametrize("document", documents, ids=lambda path: path.stem)
def test_a_broken_document_is_explained(write_law, document):
    content = document.read_bytes()
    heading = content.split(b"\n", 1)[0].decode("utf-8-sig").removeprefix("# ")
    where, code, line, fragment = heading.split(" | ")

    file, problems = problems_of(write_law, where, content)

    found = [problem for problem in problems if (problem.file, problem.code, problem.line) == (file, code, int(line))]
    assert found, "\n".join(f"{problem.code} {problem}" for problem in problems)
    assert any(fragment in str(problem) for problem in found), str(found[0])
    assert all(problem.column >= 1 and problem.what and (problem.why or problem.what_to_do) for problem in found)


def test_the_corpus_is_rich():
    assert len(documents) >= 60
