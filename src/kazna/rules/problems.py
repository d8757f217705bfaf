"""What is wrong with a rule document: where, what, why, and what to do about it (texts in Russian)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A spot in a file; line and column are counted from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is a stable latin word for machines, the other texts are for the author."""

    place: Place
    code: str
    what: str
    why: str
    what_to_do: str
    severity: Severity = "error"

    @property
    def file(self) -> str:
        return self.place.file

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    def __str__(self) -> str:
        kind = "ошибка" if self.severity == "error" else "замечание"
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {kind}: {self.what} {self.why} {self.what_to_do}".replace("  ", " ").rstrip()


class RuleProblems(Exception):
    """The library cannot be used; `problems` holds every error found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.place)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def until(day: date | None) -> str:
    """«по 2024-12-31» or «бессрочно»."""
    return "бессрочно" if day is None else f"по {day}"


def near_miss(word: str, known: Iterable[str]) -> str:
    """«Возможно, имелось в виду «…».», or what names there are when nothing is near; empty when none are."""
    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Возможно, имелось в виду «{close[0]}»."
    if 0 < len(names) <= 12:
        return f"Есть: {', '.join(names)}."
    return ""
