"""Where a variant is in force: 89 regions, each with a few municipalities, and their subsistence minimum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kazna.rules.documents.parameters import Parameter
from kazna.rules.library import Library

MUNICIPALITIES = 3  # of each region
YEAR = 2025  # the last year for which every region's minimum is known
MINIMA = ("pm_per_capita", "pm_child", "pm_pensioner")


@dataclass(frozen=True, slots=True)
class Territory:
    """`minimum`: kopecks a month by the name of the parameter. `municipalities`: eight-digit codes."""

    code: str
    title: str
    minimum: Mapping[str, int]
    municipalities: tuple[str, ...]


def territories(library: Library) -> list[Territory]:
    """Every region of the vocabulary, in the order of codes; raises KeyError when a minimum is not known."""
    titles = library.facts["person.region"].labels
    return [
        Territory(
            code,
            title,
            {name: _minimum(library.parameters[name], code) for name in MINIMA},
            tuple(f"{code}{number}71000" for number in range(1, MUNICIPALITIES + 1)),
        )
        for code, title in sorted(titles.items())
    ]


def _minimum(parameter: Parameter, code: str) -> int:
    row = parameter.row(code, date(YEAR, 1, 1))
    if row is None or not isinstance(row.value, int):
        raise KeyError(f"{parameter.name}, {code}")
    return row.value
