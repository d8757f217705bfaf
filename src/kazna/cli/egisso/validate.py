"""`kazna egisso validate`: check packages as the state system would, with its rule codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kazna.cli.database import SETTINGS, open_database
from kazna.cli.egisso.paths import files_of, from_body, given_day, plain_day
from kazna.cli.egisso.workers import check_beside
from kazna.cli.output import as_json, notes, print_json
from kazna.config.database import FOLDER

if TYPE_CHECKING:
    from kazna.contexts.egisso.public import Known

NO_DATABASE = (
    "База ещё не создана: проверка идёт по собственному классификатору (own_) и мерам из law/. "
    "Чтобы проверять по своему состоянию, создайте базу и загрузите его: kazna egisso classifier load …"
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@given_day
@from_body
@click.option("--without-database", is_flag=True, help="Check by our own lists, whatever the database holds.")
@click.option("--workers", default=1, show_default=True, help="Processes for many files.")
@as_json
def validate(
    files: tuple[Path, ...], on: Any, provider: str, without_database: bool, workers: int, as_json: bool
) -> None:
    """Check messages (XML files, zip archives or folders of them) by the rules of the state system.

    Prints a record per line: accepted or not, with rule codes. Exit code 1 when something is rejected.
    """
    known, paths = state_for(plain_day(on), without_database), files_of(files)
    if workers > 1 and len(paths) > 1:
        given_on, offline = plain_day(on), without_database or not _has_database()
        found = check_beside(paths, provider=provider, on=given_on, without_database=offline, workers=workers)
        plain = [record for file in found for record in file]
    else:
        plain = [record for path in paths for record in check_file(path, known, provider)]
    if as_json:
        print_json(plain)
    else:
        _show(plain)
    sys.exit(0 if plain and all(record["accepted"] for record in plain) else 1)


def state_for(on: date | None, without_database: bool) -> Known:
    """The state of the database, or our own where none was ever made: a check must not need a server."""
    if without_database or not _has_database():
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        django.setup()
        from kazna.contexts.egisso import public as egisso

        if not without_database:
            notes.print(NO_DATABASE)
        return egisso.known_without_database(on or date.today())
    open_database()
    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    return egisso.known(on or today())


def _has_database() -> bool:
    return bool(os.environ.get("KAZNA_DATABASE_URL")) or FOLDER.is_dir()


def check_file(path: Path, known: Known, provider: str) -> Iterator[dict[str, Any]]:
    """A plain verdict per record; one with no record id for a file refused as a whole."""
    from kazna.contexts.egisso import public as egisso

    return egisso.check_upload(path.name, path, known=known, provider=provider)


def _show(plain: list[dict[str, Any]]) -> None:
    name = ""
    for record in plain:
        if record["file"] != name:
            name = record["file"]
            click.echo(f"{name}: {record['message'] or 'не сообщение ЕГИССО'}")
        what = f"запись {record['number']} {record['record_id'] or ''}" if record["number"] else "пакет"
        click.echo(f"  {what}: {'принята' if record['accepted'] else 'отклонена' if record['number'] else 'отклонён'}")
        for remark in record["remarks"]:
            word = "ошибка" if remark["severity"] == "error" else "предупреждение"
            place = f", строка {remark['line']}" if remark["line"] else ""
            click.echo(f"    {remark['rule_code']} {word}{place}: {remark['message']}. {remark['what_to_do']}")
    good = sum(record["accepted"] for record in plain)
    click.echo(f"Принято {good} из {len(plain)}." if plain else "Файлов для проверки нет.")
