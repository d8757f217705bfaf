"""Files kept outside the database, named by what is in them: the same bytes are kept once and are checked when read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from kazna.kernel.errors import DomainError
from kazna.kernel.places import VAR


class FileLost(DomainError):
    """The store has no such file, or its bytes are not those that were put."""

    sentence = "Файл не найден или повреждён в хранилище. Сообщите администратору: отпечаток {sha256}."


def put(content: bytes) -> str:
    """Keep the bytes; returns their SHA-256, by which they are found. Putting them again changes nothing."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = _path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return sha256


def get(sha256: str) -> bytes:
    """The bytes put under this name; raises FileLost when they are gone or changed."""
    path = _path(sha256)
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileLost(sha256=sha256[:16])
    return content


def remove(sha256: str) -> bool:
    """Forget the bytes; whether there were any."""
    path = _path(sha256)
    if not path.exists():
        return False
    path.unlink()
    return True


def _path(sha256: str) -> Path:
    """Two levels of folders; a name that is no digest never becomes a path."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise FileLost(sha256="?")
    return Path(os.environ.get("KAZNA_FILES", VAR / "files")) / sha256[:2] / sha256[2:4] / sha256
