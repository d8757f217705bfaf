"""`kazna duplicates`: cards of the register that are one person."""

from __future__ import annotations

from datetime import datetime

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar


@click.group()
def duplicates() -> None:
    """Find cards that are one person."""


@duplicates.command()
@click.option("--join", "join_sure", is_flag=True, help="Join the pairs that are sure; else every pair is asked.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The operating day; the platform's by default.")
@as_json
def find(join_sure: bool, on: datetime | None, as_json: bool) -> None:
    """Compare the whole register with itself; what is not sure waits for an officer."""
    open_database()
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock

    with progress_bar("Поиск дублей", hidden=as_json) as advance:
        found = registers.find_duplicates(
            on=on.date() if on else clock.today(),
            join_sure=join_sure,
            progress=lambda stage, done, total: advance(done, total),
        )
    plain = {"cards": found.cards, "joined": found.joined, "asked": found.asked, "known": found.known}
    say(
        plain,
        lambda: click.echo(
            f"Карточек: {found.cards}. Объединено: {found.joined}. Ждут специалиста: {found.asked}."
            f" Разобрано раньше: {found.known}."
        ),
        as_json,
    )
