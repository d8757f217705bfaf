"""What parts came to, kept beside them: a run that is stopped takes what is there as it is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from kazna.contexts.determination.contracts import Progress
from kazna.contexts.determination.policies import RIGHTS_KEPT
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.public import Checked, Decided, Part

DONE = "decided.json"
AT_ONCE = 20_000  # people checked in one task: so much is lost where a check is stopped
Run = Callable[..., Iterator[tuple[Part, Decided]]]


def decide(parts: Sequence[Part], run: Run, progress: Progress) -> Iterator[tuple[str, Decided]]:
    """Parts decided before with the same facts and law are taken as they are."""
    todo = []
    for part in parts:
        if (part.out / DONE).exists():
            yield part.code, _decided(part)
        else:
            todo.append(part)
    done = len(parts) - len(todo)
    progress("права", done, len(parts))
    for part, found in run(measures.decide_part, todo):
        _keep(part.out / DONE, asdict(found))
        done += 1
        progress("права", done, len(parts))
        yield part.code, found


def _decided(part: Part) -> Decided:
    told = json.loads((part.out / DONE).read_text("utf-8"))
    told["new"] = {measure: tuple(pair) for measure, pair in told["new"].items()}
    return Decided(**told)


def check(
    parts: Iterable[Part], decided: dict[str, Decided], slices: int, run: Run, progress: Progress
) -> list[Checked]:
    """Ask everybody again one by one, slice by slice: `slices` of a part, more where it is large."""
    tasks = [
        (part, number, count)
        for part in parts
        for count in (max(slices, -(-decided[part.code].people // AT_ONCE)),)
        for number in range(count)
    ]
    found, todo = [], []
    for task in tasks:
        path = _of_slice(*task)
        if path.exists():
            told = json.loads(path.read_text("utf-8"))
            found.append(Checked(told["questions"], told["differences"], tuple(told["shown"])))
        else:
            todo.append(task)
    progress("сверка по одному", len(found), len(tasks))
    for task, checked in run(measures.check_part, todo):
        _keep(_of_slice(*task), asdict(checked))  # type: ignore[misc]
        found.append(checked)  # type: ignore[arg-type]
        progress("сверка по одному", len(found), len(tasks))
    return found


def _of_slice(part: Part, number: int, slices: int) -> Path:
    return part.out / f"checked-{number}-of-{slices}.json"


def _keep(path: Path, told: dict[str, object]) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    os.replace(draft, path)


def prune(folder: Path, kept: Collection[Path], now: datetime) -> None:
    """Drop rights of former runs when their time is over; those of `kept` stay whatever their age."""
    oldest = (now - timedelta(days=RIGHTS_KEPT)).timestamp()
    for path in folder.iterdir():
        if path.is_dir() and path not in kept and path.stat().st_mtime < oldest:
            shutil.rmtree(path)
