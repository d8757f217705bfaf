"""`kazna egisso sheet`: facts as a spreadsheet, both directions."""

from __future__ import annotations

from pathlib import Path

import click

from kazna.cli.egisso.validate import state_for
from kazna.cli.output import as_json, say

a_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
to_file = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)


@click.group()
def sheet() -> None:
    """Facts of assignment as a spreadsheet of 53 columns, for bodies without a system of their own."""


@sheet.command()
@to_file
def blank(out: Path) -> None:
    """Write the empty form."""
    state_for(None, without_database=True)
    from kazna.contexts.egisso import public as egisso

    out.write_bytes(egisso.write_sheet())
    click.echo(str(out))


@sheet.command(name="to-package")
@a_file
@to_file
@as_json
def to_package(file: Path, out: Path, as_json: bool) -> None:
    """Turn a filled spreadsheet into a 10.06.S 1.1.0 package; `egisso validate` checks either."""
    state_for(None, without_database=True)
    from kazna.contexts.egisso import public as egisso

    try:
        made = egisso.read_sheet(file.read_bytes())
    except egisso.SheetRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    out.write_bytes(made.payload)
    say({"package": str(out), "facts": len(made.rows)}, lambda: click.echo(f"{out}: {len(made.rows)}"), as_json)


@sheet.command(name="from-package")
@a_file
@to_file
@click.option("--remarks", is_flag=True, help="Check the package and write the remarks in the last column.")
@click.option("--without-database", is_flag=True, help="Check by our own lists.")
def from_package(file: Path, out: Path, remarks: bool, without_database: bool) -> None:
    """Turn the new facts of a package into a spreadsheet."""
    known = state_for(None, without_database or not remarks)
    from kazna.contexts.egisso import public as egisso

    try:
        out.write_bytes(egisso.write_sheet(file, known=known if remarks else None))
    except egisso.SheetRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(str(out))
