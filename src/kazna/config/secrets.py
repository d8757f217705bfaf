"""Secrets made once per installation and kept in the run-time folder, never in code."""

import os
import secrets

from kazna.kernel.places import VAR


def secret(name: str) -> str:
    """The secret KAZNA_SECRET_<NAME> from the environment, else the stored one, made on the first call."""
    if given := os.environ.get(f"KAZNA_SECRET_{name.upper()}"):
        return given
    path = VAR / "secrets" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        if path.exists():
            fresh.unlink()
        else:
            fresh.replace(path)
    return path.read_text()
