"""`kazna egisso validate`: check packages as the state system would, with its rule codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kazna.cli.database import SETTINGS, open_database
from kazna.cli.egisso.paths import files_of, from_body, given_day, plain_day
from kazna.cli.egisso.workers import check_beside, check_file
from kazna.cli.output import as_json, notes
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
    paths = files_of(files)
    if workers > 1 and len(paths) > 1:
        given_on, offline = plain_day(on), without_database or not _has_database()
        state_for(given_on, offline)
        found = check_beside(paths, provider=provider, on=given_on, without_database=offline, workers=workers)
    else:
        known = state_for(plain_day(on), without_database)
        found = (check_file(path, known, provider) for path in paths)
    records = (record for file in found for record in file)
    everything, good = (_print_json if as_json else _show)(records)
    sys.exit(0 if everything and good == everything else 1)


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


def _print_json(records: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """A JSON list, written as the records come: a file of any size is answered."""
    count = good = 0
    for record in records:
        click.echo("[\n" if not count else ",\n", nl=False)
        click.echo(json.dumps(record, ensure_ascii=False, indent=1), nl=False)
        count += 1
        good += record["accepted"]
    click.echo("\n]" if count else "[]")
    return count, good


def _show(records: Iterable[dict[str, Any]]) -> tuple[int, int]:
    name, count, good = "", 0, 0
    for record in records:
        count += 1
        good += record["accepted"]
        if record["file"] != name:
            name = record["file"]
            click.echo(f"{name}: {record['message'] or 'не сообщение ЕГИССО'}")
        what = f"запись {record['number']} {record['record_id'] or ''}" if record["number"] else "пакет"
        click.echo(f"  {what}: {'принята' if record['accepted'] else 'отклонена' if record['number'] else 'отклонён'}")
        for remark in record["remarks"]:
            word = "ошибка" if remark["severity"] == "error" else "предупреждение"
            place = f", строка {remark['line']}" if remark["line"] else ""
            click.echo(f"    {remark['rule_code']} {word}{place}: {remark['message']}. {remark['what_to_do']}")
    click.echo(f"Принято {good} из {count}." if count else "Файлов для проверки нет.")
    return count, good
