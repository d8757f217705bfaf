"""`kazna files`: what is kept outside the database, and for how long."""

from __future__ import annotations

from datetime import date, datetime

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def files() -> None:
    """Files of applications and personal files."""


@files.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.option("--on", type=DAY, help="As of this day; the operating day by default.")
@as_json
def purge(dry_run: bool, on: datetime | None, as_json: bool) -> None:
    """Remove files and answers of cases closed longer ago than their measure's passport keeps them."""
    open_database()
    from kazna.contexts.cases import public as cases
    from kazna.plumbing import clock

    day: date = on.date() if on else clock.today()
    found = cases.purge_files(on=day, dry_run=dry_run)

    def human() -> None:
        verb = "Будет удалено" if dry_run else "Удалено"
        click.echo(
            f"{verb}: заявлений {found.applications}, файлов {found.files}, байт {found.size}. На {day:%d.%m.%Y}."
        )

    say(
        {"dry_run": dry_run, "applications": found.applications, "files": found.files, "bytes": found.size},
        human,
        as_json,
    )
