"""The law in force for this process, and any release that a stored right was decided by."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from kazna.contexts.measures.models import Release
from kazna.kernel.places import LAW
from kazna.rules import Library, load_library


@cache
def current() -> Library:
    """The library of the checkout's law folder, loaded once per process."""
    return load_library(LAW)


def store_release() -> str:
    """Keep the law in force as a release; return its digest. Storing the same law twice changes nothing."""
    digest = current().digest
    if not Release.objects.filter(pk=digest).exists():
        Release.objects.get_or_create(digest=digest, defaults={"archive": _pack(LAW)})
    return digest


@cache
def release(digest: str) -> Library:
    """The library of a stored release, from the files as they were then."""
    if digest == current().digest:
        return current()
    archive = Release.objects.get(pk=digest).archive
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(io.BytesIO(bytes(archive))) as packed:
            packed.extractall(folder)
        return load_library(Path(folder))


def _pack(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.yaml")):
            archive.write(path, path.relative_to(folder))
    return packed.getvalue()
