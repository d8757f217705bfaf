"""Files named on the command line, and the day they are judged on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kazna.contexts.egisso.public import Upload

given_day = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day the package is received on; the operating day by default."
)
from_body = click.option("--provider", default="", help="Code of the body that sends it, NNNN.NNNNNN.")


def files_of(given: Iterable[Path]) -> list[Path]:
    """Files as they are, folders as their XML and zip files in order."""
    found: list[Path] = []
    for path in given:
        inside = (
            sorted(one for one in path.iterdir() if one.suffix in (".xml", ".zip", ".xlsx"))
            if path.is_dir()
            else [path]
        )
        found += inside
    return found


def uploads_of(path: Path) -> list[Upload]:
    """The packages in a file. Raises ArchiveRefused."""
    from kazna.contexts.egisso import public as egisso

    return egisso.unpack(path.name, path.read_bytes())


def is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def plain_day(on: Any) -> date | None:
    return on.date() if on else None
