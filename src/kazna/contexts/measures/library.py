"""The law in force for this process, and any release that a stored right was decided by.

The law is the folder of the checkout with documents published from the studio over it. A process looks whether
something was published at most once a second.
"""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from functools import cache
from pathlib import Path

from django.db import connection

from kazna.contexts.measures.law_folder import Published, laid_out
from kazna.contexts.measures.models import PublishedFile, Release
from kazna.kernel.places import LAW
from kazna.rules import Library, load_library

LOOK_EVERY_SECONDS = 1.0
_seen: dict[str, tuple[float, Path]] = {}


def current() -> Library:
    """The law in force, loaded once per process and publication."""
    return load(folder())


def folder() -> Path:
    """Where the documents of the law in force stand: the checkout's folder, or it with what was published."""
    database = str(connection.settings_dict["NAME"])
    looked, found = _seen.get(database, (0.0, LAW))
    now = time.monotonic()
    if not looked or now - looked > LOOK_EVERY_SECONDS:
        rows = _published()
        found = laid_out(rows) if rows else LAW
        _seen[database] = (now, found)
    return found


def kinds_that_tie() -> frozenset[str]:
    """Kinds whose value the law asks for between two people: a statement of such a kind names the other one."""
    plain = (fact.plain for fact in current().facts.values())
    return frozenset(one["kind"] for one in plain if one.get("path") and "with" in (one.get("derive") or {}))


def look_again() -> None:
    """Forget when we last looked: this process has published, or gone back to before that."""
    _seen.clear()


def _published() -> list[Published]:
    return [Published(*row) for row in PublishedFile.objects.order_by("id").values_list("id", "path", "text")]


@cache
def load(law: Path) -> Library:
    return load_library(law)


def store_release() -> str:
    """Keep the law in force as a release; return its digest. Storing the same law twice changes nothing."""
    return store(folder())


def store(law: Path) -> str:
    digest = load(law).digest
    if not Release.objects.filter(pk=digest).exists():
        Release.objects.get_or_create(digest=digest, defaults={"archive": _pack(law)})
    return digest


@cache
def release(digest: str) -> Library:
    """The library of a stored release, from the files as they were then."""
    if digest == current().digest:
        return current()
    archive = Release.objects.get(pk=digest).archive
    with tempfile.TemporaryDirectory() as unpacked:
        with zipfile.ZipFile(io.BytesIO(bytes(archive))) as packed:
            packed.extractall(unpacked)
        return load_library(Path(unpacked))


def _pack(law: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(law.rglob("*.yaml")):
            archive.write(path, path.relative_to(law))
    return packed.getvalue()
