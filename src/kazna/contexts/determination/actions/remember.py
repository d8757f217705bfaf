"""Which determination of a territory was the latest, so that the next one asks only whom it has to."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.public import Before, Part
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.public import Snapshot


class Remembered:
    """A small file a territory, under the name of what was asked: law, measures, shelf lives, who is believed."""

    def __init__(self, folder: Path, snapshot: Snapshot, wanted: Sequence[str]) -> None:
        self.folder, self.snapshot = folder, snapshot
        told = [measures.law_in_force().digest, sorted(wanted), sorted(registers.shelf_lives().items()),
                snapshot.believing]  # fmt: skip
        self.asked = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)

    def with_before(self, part: Part) -> Part:
        """The part with what was decided before; as it was when there is nothing that fits."""
        path = self._path(part)
        if not path.exists():
            return part
        told = json.loads(path.read_text("utf-8"))
        out, on, last = Path(told["out"]), date.fromisoformat(told["on"]), int(told["last"])
        if not out.exists() or on > part.on or last > self.snapshot.last:
            return part
        touched = self.folder / f"touched-{last}-{self.snapshot.last}.parquet"
        if not touched.exists():
            registers.touched_since(self.snapshot.folder, last, touched)
        return replace(part, before=Before(on, out, touched))

    def remember(self, parts: Iterable[Part]) -> None:
        """These parts are decided; lists of who was touched have served."""
        for part in parts:
            told = {"on": part.on.isoformat(), "last": self.snapshot.last, "out": str(part.out)}
            draft = self._path(part).with_suffix(".part")
            draft.write_text(json.dumps(told), "utf-8")
            os.replace(draft, self._path(part))
        for path in self.folder.glob("touched-*.parquet"):
            path.unlink(missing_ok=True)

    def folders(self) -> set[Path]:
        """What the next determination may begin from, whatever was asked."""
        return {Path(json.loads(path.read_text("utf-8"))["out"]) for path in self.folder.glob("*.json")}

    def _path(self, part: Part) -> Path:
        return self.folder / f"{part.code}-{self.asked}.json"
