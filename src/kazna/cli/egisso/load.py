"""`kazna egisso measures|points|minimums|rights|organisations load`: the registers that packages are checked by."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.egisso.paths import files_of, from_body, given_day, plain_day
from kazna.cli.egisso.taking import show, take
from kazna.cli.output import as_json, say

some_files = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


def _register(name: str, title: str, messages: tuple[str, ...]) -> click.Group:
    """A register that is loaded by official messages, through the same control as any package."""

    @click.group(name=name, help=title)
    def group() -> None: ...

    @group.command(help=f"Load {' or '.join(messages)} messages. Exit code 1 when something is rejected.")
    @some_files
    @given_day
    @from_body
    @as_json
    def load(files: tuple[Path, ...], on: Any, provider: str, as_json: bool) -> None:
        open_database()
        receipts = list(take(files_of(files), provider=provider, on=plain_day(on), only=messages))
        show(receipts, None, as_json)

    return group


measures = _register("measures", "Local measures of bodies.", ("10.05.I", "10.14.I"))
points = _register("points", "Presence points of bodies.", ("10.15.I",))
minimums = _register("minimums", "Subsistence minimum by region and quarter.", ("10.22.I",))
rights = _register("rights", "People in categories entitled to measures.", ("10.24.S", "10.21.S"))


@click.group()
def organisations() -> None:
    """Participants of the exchange and organisations."""


@organisations.command(name="load")
@some_files
@given_day
@from_body
@as_json
def load_organisations(files: tuple[Path, ...], on: Any, provider: str, as_json: bool) -> None:
    """Load participants from CSV (code, title, oktmo, territory, point_id…) or organisations from 10.07.I."""
    open_database()
    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    tables = [path for path in files if path.suffix == ".csv"]
    day, counts = plain_day(on) or today(), {}
    for path in tables:
        try:
            counts[path.name] = egisso.load_bodies(path, on=day)
        except egisso.ListRefused as refusal:
            raise click.ClickException(str(refusal)) from refusal
    if tables:
        say(counts, lambda: [click.echo(f"{name}: органов {count}") for name, count in counts.items()], as_json)  # type: ignore[func-returns-value,arg-type]
    if messages := [path for path in files if path.suffix != ".csv"]:
        show(list(take(messages, provider=provider, on=day, only=("10.07.I",))), None, as_json)
    sys.exit(0)
