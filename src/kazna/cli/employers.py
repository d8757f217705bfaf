"""`kazna employers`: who pays premiums, by ЕГРЮЛ and ЕГРИП."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from kazna.cli.database import open_database
from kazna.cli.facts import DAY
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar

SHOWN = 20


@click.group()
def employers() -> None:
    """Employers by ЕГРЮЛ and ЕГРИП."""


@employers.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def load(files: tuple[Path, ...], as_json: bool) -> None:
    """Take in files of extracts; records with mistakes are told and left out."""
    open_database()
    from kazna.contexts.employers import public as door

    told, refused = [], False
    for path in files:
        try:
            with progress_bar(path.name, hidden=as_json, after=2.0) as advance:
                loaded = door.load_employers(path, progress=lambda done: advance(done, done))
        except door.EmployersRefused as refusal:
            refused = True
            click.echo(str(refusal), err=True)
            continue
        told.append({"file": path.name, **loaded.plain(), "wrong": [asdict(one) for one in loaded.wrong]})
        for one in loaded.wrong[:SHOWN]:
            click.echo(f"{path.name}, запись {one.number} ({one.ogrn}): {'; '.join(one.remarks)}.", err=True)
    columns = ("файл", "записей", "новых", "изменено", "прошлое", "без изменений", "с ошибками")
    rows = [
        (one["file"], one["records"], one["new"], one["changed"], one["older"], one["same"], len(one["wrong"]))
        for one in told
    ]
    say(told, lambda: print_table("Загружено", columns, rows), as_json)
    if refused:
        raise click.exceptions.Exit(1)


@employers.command()
@click.argument("text")
@click.option("--on", type=DAY, help="Only those registered on this day.")
@as_json
def find(text: str, on: datetime | None, as_json: bool) -> None:
    """Find by ИНН, ОГРН or the beginning of the name."""
    open_database()
    from kazna.contexts.employers import public as door

    found = door.find(text, registered_on=on.date() if on else None, limit=100)
    rows = [(one.ogrn, one.inn, one.name, one.okved, one.registered_on, one.removed_on or "") for one in found]
    columns = ("ОГРН", "ИНН", "наименование", "ОКВЭД", "с", "прекращён")
    say([asdict(one) for one in found], lambda: print_table(f"Найдено: {len(rows)}", columns, rows), as_json)


@employers.command()
@click.argument("number")
@click.option("--on", type=DAY, help="As the extract of this day or before told.")
@as_json
def show(number: str, on: datetime | None, as_json: bool) -> None:
    """Print one employer with its branches and history."""
    open_database()
    from kazna.contexts.employers import public as door

    found = door.employer(number, on=on.date() if on else None).record
    history = door.history(found.ogrn)

    def human() -> None:
        plain = asdict(found) | {"okveds": ", ".join(found.okveds), "branches": len(found.branches)}
        print_table(found.name, ("поле", "значение"), [(name, item) for name, item in plain.items()])
        print_table("Выписки", ("на день", "наименование"), [(one.record.as_of, one.record.name) for one in history])

    say(asdict(found), human, as_json)
