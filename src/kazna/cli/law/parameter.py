"""`kazna law parameter`: every row of a dated number, with those that later acts replaced."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kazna.cli.output import as_json, say
from kazna.kernel.places import LAW
from kazna.rules import load_library
from kazna.rules.documents.parameters import Parameter, ParameterRow
from kazna.rules.language.types import Kind
from kazna.rules.problems import near_miss

KEYS = ("key", "from", "to", "value", "law", "source", "verified", "replaced_on", "replaced_by")


@click.command()
@click.argument("name")
@click.option("--key", help="Only this key: a region, a group.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Only rows for this day.")
@click.option("--law", "folder", type=click.Path(path_type=Path), default=LAW, help="Folder of documents.")
@as_json
def parameter(name: str, key: str | None, on: datetime | None, folder: Path, as_json: bool) -> None:
    """Show the rows of a parameter: value, days, act, source, and which act replaced which."""
    library = load_library(folder)
    if name not in library.parameters:
        raise click.ClickException(f"Параметра «{name}» нет. {near_miss(name, library.parameters)}".rstrip())
    found = library.parameters[name]
    rows = [
        told(found, row)
        for row in sorted((*found.all_rows(), *found.replaced_rows()), key=lambda row: (row.key or "", row.start))
        if (key is None or row.key == key) and (on is None or row.holds(on.date()))
    ]

    def human() -> None:
        click.echo(f"{found.title}, {found.unit}" if found.unit else found.title)
        for row in rows:
            click.echo("\n".join(lines(row)))

    say(rows, human, as_json)


def told(found: Parameter, row: ParameterRow) -> dict[str, object]:
    """A row as it is printed; money in roubles."""
    value = row.value
    if found.type.kind is Kind.MONEY and isinstance(value, int):
        value = f"{value // 100}.{value % 100:02d}"
    replaced = row.replaced
    told = (row.key, row.start, row.end, str(value), row.law, row.source, row.verified)
    return dict(zip(KEYS, (*told, replaced and replaced.on, replaced and replaced.act), strict=True))


def lines(row: dict[str, object]) -> list[str]:
    """The same for people: days and value, then the act and where it was read."""
    key = f"{row['key']}: " if row["key"] else ""
    mark = "" if row["verified"] else ", не сверено"
    found = [f"{key}{row['from']} – {row['to'] or 'бессрочно'}: {row['value']}{mark}"]
    if row["replaced_by"]:
        found.append(f"    заменено {row['replaced_on']}: {row['replaced_by']}")
    return [*found, f"    {row['law']}", f"    {row['source']}"]
