"""How far a scenario has come, told through a small file: who plays it and who asks are different requests."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from kazna.contexts.studio.scenarios import territory as places
from kazna.contexts.studio.scenarios.play import READY, Advance

ALL, STALE_SECONDS = 100, 3600


@contextmanager
def watched(token: UUID, ready_seconds: int) -> Iterator[Advance]:
    """A function (done, total) that others can follow by the token while it lasts.

    `ready_seconds`: how long making facts ready takes, about; nothing is told within that stage.
    """
    path = _path(token)
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.json"):  # of processes that were killed
        if time.time() - old.stat().st_mtime > STALE_SECONDS:
            old.unlink(missing_ok=True)
    began = time.time()

    def advance(done: int, total: int) -> None:
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"began": began, "ready": ready_seconds, "done": done * ALL // total}), "utf-8")
        os.replace(draft, path)

    try:
        yield advance
    finally:
        path.unlink(missing_ok=True)


def how_far(token: UUID) -> tuple[int, int] | None:
    """(hundredths done, seconds left, about); None when nothing is played under the token."""
    try:
        told = json.loads(_path(token).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    spent, ready = time.time() - told["began"], max(1, told["ready"])
    done = max(told["done"], min(READY - 1, int(spent * READY / ready)))
    whole = ready * ALL / READY if told["done"] < READY else spent * ALL / max(1, done)
    return done, max(0, round(whole - spent))


def _path(token: UUID) -> Path:
    return places.KEPT / "progress" / f"{token}.json"
