"""Classifier content: the newest dated file of each kind under formats/classifiers."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from kazna.kernel.places import FORMATS

FOLDER = FORMATS / "classifiers"


def newest(kind: str, folder: Path = FOLDER) -> Path:
    """«regions» → regions_2022-12.csv; names sort by date. Raises FileNotFoundError when there is none."""
    found = sorted(folder.glob(f"{kind}_*.csv"))
    if not found:
        raise FileNotFoundError(f"нет файла классификатора «{kind}» в {folder}")
    return found[-1]


@cache
def rows(kind: str) -> tuple[dict[str, str], ...]:
    with newest(kind).open(encoding="utf-8", newline="") as text:
        return tuple(csv.DictReader(text))


@cache
def names(kind: str) -> dict[str, str]:
    """Names by code."""
    return {row["code"]: row["name"] for row in rows(kind)}
