"""`kazna egisso doubles|withdraw`: facts of ours that another body repeats, taken back by two people."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.command()
@as_json
def doubles(as_json: bool) -> None:
    """List facts of ours whose support another body gives the same person too."""
    open_database()
    from kazna.contexts.egisso import public as egisso

    found = egisso.own_doubles()

    def human() -> None:
        for one in found:
            click.echo(f"{one.fact_id} — {one.other_body} {one.other_id}: {one.title}")
        click.echo(f"Дублей {len(found)}.")

    say([{name: str(value) for name, value in asdict(one).items()} for one in found], human, as_json)


@click.command()
@click.argument("fact", type=click.UUID)
@click.option("--way", type=click.Choice(["duplicate", "errors", "deleted"]), default="duplicate", show_default=True)
@click.option("--reason", default="", help="Why; needed to propose.")
@click.option("--by", required=True, help="Login of the person who acts.")
@click.option("--confirm", is_flag=True, help="Agree to what another person proposed.")
def withdraw(fact: Any, way: str, reason: str, by: str, confirm: bool) -> None:
    """Propose to take back a fact of ours that is a double, or agree as the second person; the next export tells it."""
    open_database()
    from django.utils import timezone

    from kazna.contexts.administration import public as administration
    from kazna.kernel.errors import DomainError

    now = timezone.now()
    try:
        if not confirm:
            administration.propose(kind="fact", target=str(fact), after={"way": way}, reason=reason, by=by, now=now)
            click.echo("Предложено: подтвердить должен другой человек (--confirm).")
            return
        waiting = next((one for one in administration.waiting() if one.target == str(fact)), None)
        if waiting is None:
            raise administration.ChangeNotOpen
        administration.settle(change_id=waiting.change_id, approve=True, by=by, now=now)
        click.echo("Факт отозван: следующая выгрузка скажет об этом.")
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
