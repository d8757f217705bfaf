"""Places of a new document that its author has still to fill in."""

from __future__ import annotations

from dataclasses import replace

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.problems import Problem

WORD = "ЗАПОЛНИТЕ"
CODE = "unfilled"


def note_unfilled(findings: Findings, entry: Entry, key: str = "") -> None:
    """A remark for every text with the word in it: the document runs, but is no law yet."""
    if isinstance(entry.value, str) and WORD in entry.value:
        wanted = entry.value.partition(WORD)[2].strip(" :.")
        findings.add(entry.place, CODE, f"Не заполнено: {key}.", "", f"Напишите: {wanted or key}.", "warning")
    for name, part in entry.items():
        note_unfilled(findings, part, name)
    for part in entry.parts():
        note_unfilled(findings, part, key)


def as_error(problem: Problem) -> Problem:
    """What may be read unfilled may not be published."""
    return replace(problem, severity="error") if problem.code == CODE else problem
