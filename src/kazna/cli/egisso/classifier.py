"""`kazna egisso classifier`: versions of КМСЗ and the simple lists beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.egisso.paths import given_day, plain_day
from kazna.cli.egisso.taking import show, take
from kazna.cli.output import as_json, print_table, say


@click.group()
def classifier() -> None:
    """Classifier of measures (КМСЗ): versions, differences, activation; simple lists."""


@classifier.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--list", "name", help="The simple list this CSV holds: periodicity, criteria or oktmo.")
@given_day
@as_json
def load(file: Path, name: str | None, on: Any, as_json: bool) -> None:
    """Load a version of КМСЗ from the official 10.01.O (or 10.03.O) message, or a simple list from CSV."""
    open_database()
    from kazna.contexts.egisso import public as egisso

    if name is None:
        show(list(take([file], provider="", on=plain_day(on), only=("10.01.O", "10.03.O"))), None, as_json)
        return
    try:
        count = egisso.load_list(name, file)
    except egisso.ListRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    say({"list": name, "codes": count}, lambda: click.echo(f"{name}: кодов {count}"), as_json)


@classifier.command(name="list")
@as_json
def list_versions(as_json: bool) -> None:
    """List versions with their states."""
    open_database()
    from kazna.contexts.egisso import public as egisso

    rows = egisso.classifier_versions()
    columns = ("Версия", "Источник", "Состояние", "С", "По", "Основание")
    table = [
        (r["number"], r["source"], r["state_name"], r["starts_on"], r["ends_on"] or "", r["document"]) for r in rows
    ]
    say(rows, lambda: print_table("Версии КМСЗ", columns, table), as_json)


@classifier.command()
@click.argument("number", type=int)
@click.option("--source", default="own_", help="own_ or official.")
@as_json
def diff(number: int, source: str, as_json: bool) -> None:
    """Say what a version changes against the one before it."""
    open_database()
    from kazna.contexts.egisso import public as egisso

    changes = egisso.classifier_changes(number=number, source=source)
    rows = [(one["facet"], one["code"], one["kind"], one["before"], one["after"]) for one in changes]
    say(changes, lambda: print_table("Изменения", ("Перечень", "Код", "Что", "Было", "Стало"), rows), as_json)


@classifier.command()
@click.argument("number", type=int)
@click.option("--source", default="own_", help="own_ or official.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--activation", is_flag=True, help="Write 10.03.O (activation) instead of 10.01.O (the whole version).")
def send(number: int, source: str, out: Path, activation: bool) -> None:
    """Write the distribution message of a version."""
    open_database()
    from kazna.contexts.egisso import public as egisso

    out.write_bytes(egisso.classifier_message(number=number, source=source, activation=activation))
    click.echo(str(out))
