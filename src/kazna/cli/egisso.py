"""`kazna egisso`: facts of assignment for the state information system of social security."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.group()
def egisso() -> None:
    """ЕГИССО packages: write and check."""


@egisso.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for packages.")
@as_json
def export(out: Path, as_json: bool) -> None:
    """Write facts of assignment as 10.06.S 1.1.0 packages of at most 1000 records each."""
    open_database()
    from kazna.cli.assignments import assignment_facts
    from kazna.contexts.integration import public as integration

    written = integration.write_packages(assignment_facts(), out)

    def human() -> None:
        click.echo(f"Пакетов {len(written)} в {out}.")

    say({"packages": [str(path) for path in written]}, human, as_json)


@egisso.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@as_json
def validate(files: tuple[Path, ...], as_json: bool) -> None:
    """Check packages (files or folders) by the official schema. Exit code 1 when one does not pass."""
    open_database()
    from kazna.contexts.integration import public as integration

    paths = [path for given in files for path in (sorted(given.glob("*.xml")) if given.is_dir() else [given])]
    remarks = {path: integration.validate_file(path) for path in paths}

    def human() -> None:
        for path, found in remarks.items():
            click.echo(f"{path.name}: {'принят' if not found else ''}")
            for remark in found:
                click.echo(f"  {remark.where}: {remark.what} {remark.what_to_do}")

    plain = [
        {"file": str(path), "accepted": not found, "remarks": [remark.plain() for remark in found]}
        for path, found in remarks.items()
    ]
    say(plain, human, as_json)
    sys.exit(1 if any(remarks.values()) or not paths else 0)
