"""`kazna law diff`: what changed between two editions, or two days of one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY, edition_of, law_folder, loaded
from kazna.cli.output import as_json, say
from kazna.rules.compare import differences


@click.command()
@click.argument("measure")
@click.argument("before", type=DAY)
@click.argument("after", type=DAY)
@law_folder
@as_json
def diff(measure: str, before: datetime, after: datetime, folder: Path, base: Path | None, as_json: bool) -> None:
    """Say in words what changed in a measure between two days: conditions, amounts, terms, figures."""
    library = loaded(folder, base)
    days = (before.date(), after.date())
    first, second = (edition_of(library, measure, day) for day in days)
    found = differences(first, second, on=days)

    def human() -> None:
        click.echo(f"{second.title}: {days[0]:%d.%m.%Y} → {days[1]:%d.%m.%Y}")
        same = "одна и та же редакция" if first is second else "разные редакции"
        click.echo(f"Редакции с {first.start:%d.%m.%Y} и с {second.start:%d.%m.%Y}: {same}.")
        for difference in found:
            click.echo(f"  • {difference.sentence}")
        click.echo("Ничего не изменилось." if not found else f"Изменений {len(found)}.")

    say([asdict(one) for one in found], human, as_json)
