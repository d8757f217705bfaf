"""A folder of law: the checkout's documents with published ones over them. The same content, the same folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from kazna.kernel.places import LAW, VAR

EDITION = re.compile(r"measures/(?P<measure>[a-z0-9-]+)/(?P<start>\d{4}-\d\d-\d\d)\.yaml")
OPEN = re.compile(r"^edition:", re.MULTILINE)
UNTIL = re.compile(r"\bto:\s*(null|~|\d{4}-\d\d-\d\d)")
FROM = re.compile(r"\bfrom:\s*(\d{4}-\d\d-\d\d)")
NEXT_KEY = re.compile(r"^(?!edition:)[A-Za-z_]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Published:
    """A document as it was published; a later number stands over an earlier one with the same path."""

    number: int
    path: str
    text: str


def laid_out(rows: Sequence[Published], *, base: Path = LAW, over: Path = VAR / "law") -> Path:
    """The folder of the base with these documents over it; made when it is not there yet."""
    told = "".join(f"{row.number} {row.path} {hashlib.sha256(row.text.encode()).hexdigest()}\n" for row in rows)
    name = hashlib.sha256((content_digest(base) + told).encode()).hexdigest()[:24]
    return with_texts({row.path: row.text for row in rows}, base=base, into=over / name)


def with_texts(texts: Mapping[str, str], *, base: Path, into: Path) -> Path:
    """`into` as the base with these documents (path → text), whole or not at all; earlier editions are closed."""
    if into.is_dir():
        return into
    into.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=into.parent, prefix=".making-"))
    try:
        shutil.copytree(base, made, dirs_exist_ok=True)
        made.chmod(0o755)
        for path, text in texts.items():
            place = made / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        _close_earlier(made, texts)
        os.rename(made, into)
    except OSError:
        if not into.is_dir():  # another process may have made the same meanwhile
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return into


def _close_earlier(folder: Path, paths: Iterable[str]) -> None:
    """An edition ends the day before the next one of its measure begins."""
    starts = [(m["measure"], date.fromisoformat(m["start"])) for p in paths if (m := EDITION.fullmatch(p))]
    for measure, start in sorted(starts):
        before = [p for p in (folder / "measures" / measure).glob("*.yaml") if date.fromisoformat(p.stem) < start]
        if before:
            newest = max(before, key=lambda path: path.stem)
            newest.write_text(closed(newest.read_text("utf-8"), start - timedelta(days=1)), "utf-8")


def closed(text: str, last_day: date) -> str:
    """The document of an edition that ends on this day, unless it ends earlier; its other bytes are as they were."""
    opening = OPEN.search(text)
    if opening is None:
        return text
    after = NEXT_KEY.search(text, opening.end())
    head, part, tail = text[: opening.end()], text[opening.end() : after.start() if after else None], ""
    tail = text[after.start() :] if after else ""
    until = UNTIL.search(part)
    if until is None:
        return head + FROM.sub(lambda found: f"{found.group()}{_then(part)}to: {last_day}", part, count=1) + tail
    if until.group(1) not in ("null", "~") and date.fromisoformat(until.group(1)) <= last_day:
        return text
    return head + part[: until.start(1)] + last_day.isoformat() + part[until.end(1) :] + tail


def _then(part: str) -> str:
    return ", " if part.lstrip().startswith("{") else "\n  "


@cache
def content_digest(folder: Path) -> str:
    """Of names and bytes of all documents."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        content = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()
