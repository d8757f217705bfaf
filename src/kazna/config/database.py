"""Which database and as whom: KAZNA_DATABASE_URL, else the project's own server."""

import os

from kazna.kernel.places import VAR
from kazna.plumbing import postgres

FOLDER = VAR / "postgres"


def database_url() -> str:
    """The URL of the role in KAZNA_DB_ROLE (owner by default); the embedded server must have been started."""
    if url := os.environ.get("KAZNA_DATABASE_URL"):
        return url
    if not (FOLDER / "server.json").exists():
        return "postgresql://kazna@127.0.0.1:1/kazna"  # commands that need no database still run
    role = os.environ.get("KAZNA_DB_ROLE", postgres.SUPERUSER)
    return postgres.read_note(FOLDER).url(role)
