"""A region in a folder: columns in one compressed file, the rest as JSON. One region, one sequence of bytes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kazna.kernel.errors import DomainError
from kazna.population.people import COLUMNS, People, texts
from kazna.population.region import Employers, Happening, Region

FORMAT = "kazna-region/1"
REGION, COLUMNS_FILE, HAPPENINGS = "region.json", "people.npz", "happenings.jsonl"


class NotARegion(DomainError):
    sentence = "В папке {folder} нет региона в формате {expected}; постройте его заново."


def save_region(region: Region, folder: Path) -> None:
    """Write three files; the folder is made when it is missing."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    columns = {name: packed(getattr(region.people, name)) for name in COLUMNS}
    np.savez_compressed(folder / COLUMNS_FILE, **columns)
    with (folder / HAPPENINGS).open("w", encoding="utf-8", newline="\n") as file:
        for happening in region.happenings:
            file.write(dumped(written(happening)) + "\n")
    about = {
        "format": FORMAT,
        "code": region.code,
        "name": region.name,
        "seed": region.seed,
        "start": region.start.isoformat(),
        "end": region.end.isoformat(),
        "employers": [region.employers.inn, region.employers.name, region.employers.okved],
    }
    (folder / REGION).write_text(dumped(about), encoding="utf-8")


def load_region(folder: Path) -> Region:
    """Read what save_region wrote. Raises NotARegion."""
    folder = Path(folder)
    about = read_about(folder)
    with np.load(folder / COLUMNS_FILE, allow_pickle=False) as file:
        columns = {name: unpacked(name, file[name]) for name in COLUMNS}
    with (folder / HAPPENINGS).open(encoding="utf-8") as file:
        happenings = [read(json.loads(line)) for line in file]
    return Region(
        code=about["code"],
        name=about["name"],
        seed=about["seed"],
        start=date.fromisoformat(about["start"]),
        end=date.fromisoformat(about["end"]),
        people=People(**columns),
        employers=Employers(*about["employers"]),
        happenings=happenings,
    )


def read_about(folder: Path) -> dict[str, Any]:
    path = folder / REGION
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if about.get("format") != FORMAT:
        raise NotARegion(folder=folder, expected=FORMAT)
    return about


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written(happening: Happening) -> list[Any]:
    day, registered_on = happening.day.isoformat(), happening.registered_on.isoformat()
    return [day, happening.kind, happening.person, happening.other, registered_on, happening.details]


def read(row: list[Any]) -> Happening:
    day, kind, person, other, registered_on, details = row
    return Happening(date.fromisoformat(day), kind, person, other, date.fromisoformat(registered_on), details)


def packed(column: np.ndarray) -> np.ndarray:
    """Text as the bytes of its lines, so that nothing has to be pickled."""
    if column.dtype != object:
        return column
    return np.frombuffer("\n".join(column.tolist()).encode(), dtype=np.uint8)


def unpacked(name: str, column: np.ndarray) -> np.ndarray:
    if COLUMNS[name] is not texts:
        return column
    lines = column.tobytes().decode().split("\n")
    values = np.empty(len(lines), dtype=object)
    values[:] = lines
    return values
