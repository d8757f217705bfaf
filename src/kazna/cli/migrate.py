"""`kazna migrate`: take over a legacy register by a mapping file."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.facts import DAY
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar
from kazna.kernel.money import roubles_and_kopecks

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
file = click.argument("file", type=FILE)
mapping_file = click.option("--mapping", required=True, type=FILE, help="The mapping, own_legacy/1 in YAML.")
login = click.option("--by", required=True, help="Login of the person who answers for it.")
run_argument = click.argument("run_id", type=click.UUID)
TITLES = {
    "accepted": "принято", "rejected": "отклонено", "duplicate_in_file": "повторы в файле",
    "in_base": "уже в реестре", "conflict": "расхождения",
}  # fmt: skip


@click.group()
def migrate() -> None:
    """Take over a legacy register: plan, check, approve by a second person, load."""


@migrate.command()
@file
@mapping_file
@click.option("--rows", default=5, show_default=True, type=click.IntRange(1, 100))
@as_json
def plan(file: Path, mapping: Path, rows: int, as_json: bool) -> None:
    """Show what the mapping makes of the first rows; nothing is written."""
    legacy = _door()
    made = legacy.preview(file, legacy.mapping(mapping.read_bytes(), mapping.name), rows)
    lines = [
        (one.number, one.key, one.people[0].get("surname", "") if one.people else "", len(one.facts),
         "; ".join(one.remarks) or "подходит")
        for one in made
    ]  # fmt: skip
    plain = [asdict(one) for one in made]
    columns = ("строка", "номер дела", "фамилия", "сведений", "что с ней")
    say(plain, lambda: print_table(file.name, columns, lines), as_json)


@migrate.command()
@file
@mapping_file
@login
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the row report: .csv or .xlsx.")
@click.option("--on", type=DAY, help="The operating day; the platform's by default.")
@as_json
def check(file: Path, mapping: Path, by: str, report: Path | None, on: datetime | None, as_json: bool) -> None:
    """Judge every row against the register and the file; a cut-off check goes on where it stopped."""
    legacy = _door()
    from kazna.plumbing import clock

    read = legacy.mapping(mapping.read_bytes(), mapping.name)
    with progress_bar(file.name, hidden=as_json, after=2.0) as advance:
        run = legacy.check(
            file, read, by=by, on=on.date() if on else clock.today(), progress=lambda stage, done: advance(done, done)
        )
    if report:
        legacy.write_report(run.id, report)
    _say(legacy, run, as_json)


@migrate.command()
@run_argument
@login
def approve(run_id: UUID, by: str) -> None:
    """Let the accepted rows in; who checked them may not."""
    legacy = _door()
    from django.utils import timezone

    legacy.approve(run_id, by=by, now=timezone.now())
    click.echo(f"Утверждено. Загрузить: kazna migrate load {run_id}")


@migrate.command()
@run_argument
@click.option("--on", type=DAY, help="The operating day; the platform's by default.")
@as_json
def load(run_id: UUID, on: datetime | None, as_json: bool) -> None:
    """Enter the accepted rows of an approved run; exit code 1 when the totals do not agree."""
    legacy = _door()
    from kazna.plumbing import clock

    with progress_bar("Загрузка", hidden=as_json, after=2.0) as advance:
        found = legacy.load(
            run_id, on=on.date() if on else clock.today(), progress=lambda stage, done: advance(done, done)
        )
    _say(legacy, legacy.run_of(run_id), as_json)
    if not found.agrees:
        raise click.exceptions.Exit(1)


@migrate.command()
@click.argument("run_id", type=click.UUID, required=False)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the row report: .csv or .xlsx.")
@as_json
def status(run_id: UUID | None, report: Path | None, as_json: bool) -> None:
    """Print runs, or one with its totals: source against loaded, in rows, facts and kopecks."""
    legacy = _door()
    if run_id is None:
        rows = [
            (str(one.id), one.file_name, one.source, one.rows_staged, one.checked_by, one.approved_by)
            for one in legacy.runs()
        ]
        columns = ("перенос", "файл", "источник", "строк", "проверил", "утвердил")
        say(
            [dict(zip(columns, row, strict=True)) for row in rows],
            lambda: print_table("Переносы", columns, rows),
            as_json,
        )
        return
    if report:
        legacy.write_report(run_id, report)
    _say(legacy, legacy.run_of(run_id), as_json)


def _door() -> Any:
    open_database()
    from kazna.contexts.registers import public as registers

    return registers.legacy


def _say(legacy: Any, run: Any, as_json: bool) -> None:
    found = legacy.totals(run.id)
    plain = {"run_id": run.id, "file": run.file_name, "checked_by": run.checked_by, "approved_by": run.approved_by,
             **asdict(found), "agrees": found.agrees}  # fmt: skip

    def human() -> None:
        rows: list[tuple[str, int, str]] = [
            (title, found.rows[verdict], roubles_and_kopecks(found.kopecks[verdict]))
            for verdict, title in TITLES.items()
        ]
        rows.append(("всего в файле", sum(found.rows.values()), roubles_and_kopecks(sum(found.kopecks.values()))))
        rows.append(("загружено", found.loaded_rows, roubles_and_kopecks(found.loaded_kopecks)))
        print_table(f"Перенос {run.id}", ("что", "строк", "сумма"), rows)
        word = "сходится" if found.agrees else "НЕ СХОДИТСЯ"
        click.echo(
            f"Сверка: {word}. Сведений загружено {found.loaded_facts}, в реестре {found.found_facts};"
            f" сумма в реестре {roubles_and_kopecks(found.found_kopecks)}."
        )

    say(plain, human, as_json)
