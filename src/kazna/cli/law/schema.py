"""`kazna law schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kazna.kernel.places import LAW
from kazna.rules.schema import schemas


def written(schema: object) -> str:
    """The text of a schema file: stable, readable in a diff."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=LAW / "schema",
    show_default=False,
    help="Folder for the schemas; by default law/schema.",
)
def schema(out: Path) -> None:
    """Write the JSON Schemas of measures, parameters, facts, relations and shared rules."""
    out.mkdir(parents=True, exist_ok=True)
    for name, found in schemas().items():
        (out / name).write_text(written(found), "utf-8")
    click.echo(f"Записано схем: {len(schemas())}, папка {out}.")
