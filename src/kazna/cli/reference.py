"""`kazna reference`: classifiers and their editions."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kazna.cli.output import as_json, print_table, say
from kazna.contexts.reference import public as door

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def reference() -> None:
    """Classifiers: list, show, load a dated file, compare editions."""


@reference.command("list")
@as_json
def list_(as_json: bool) -> None:
    """Print every classifier with the edition in force today."""
    rows = []
    for one in door.classifiers_list():
        edition = door.edition_in_force(kind=one.kind, on=date.today())
        count = len(door.classifier_rows(edition=edition))
        rows.append((one.kind, one.title, edition.start, count, "наши коды" if one.is_own else one.holder))
    plain = [dict(zip(("kind", "title", "in_force_from", "rows", "holder"), row, strict=True)) for row in rows]
    columns = ("вид", "название", "действует с", "строк", "держатель")
    say(plain, lambda: print_table("Классификаторы", columns, rows), as_json)


@reference.command()
@click.argument("kind")
@click.option("--on", type=DAY, help="The edition in force on this day; today by default.")
@click.option("--find", default="", help="Only rows whose code begins with or whose name holds this.")
@as_json
def show(kind: str, on: datetime | None, find: str, as_json: bool) -> None:
    """Print rows of one classifier."""
    edition = door.edition_in_force(kind=kind, on=on.date() if on else date.today())
    described = door.classifier(kind=kind)
    wanted = find.casefold()
    found = [
        row
        for row in door.classifier_rows(edition=edition)
        if row[described.key].casefold().startswith(wanted) or wanted in row[described.label].casefold()
    ]
    table = [tuple(row[name] for name in described.all_columns) for row in found]
    title = f"{described.title}, редакция с {edition.start}"
    say(found, lambda: print_table(title, described.all_columns, table), as_json)


@reference.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", help="The classifier, when the file's name does not say it.")
@click.option("--from", "start", type=DAY, help="The first day in force, when the file's name does not say it.")
def load(files: tuple[Path, ...], kind: str | None, start: datetime | None) -> None:
    """Check dated files and keep them as editions; a file with mistakes does not stop the others."""
    refused = False
    for path in files:
        try:
            loaded = door.load_edition(path=path, kind=kind, start=start.date() if start else None)
        except (door.EditionRefused, door.NoClassifier) as refusal:
            refused = True
            click.echo(str(refusal), err=True)
            continue
        word = "принята" if loaded.is_new else "уже была"
        click.echo(f"{path.name}: {word}, действует с {loaded.edition.start}, строк {loaded.rows}")
    if refused:
        raise click.exceptions.Exit(1)


@reference.command()
@click.argument("kind")
@click.argument("before", type=DAY)
@click.argument("after", type=DAY)
@as_json
def diff(kind: str, before: datetime, after: datetime, as_json: bool) -> None:
    """Say in words what changed between the editions in force on two days."""
    first, second = (door.edition_in_force(kind=kind, on=day.date()) for day in (before, after))
    found = door.compare_editions(before=first, after=second)
    plain = {"added": found.added, "removed": found.removed, "changed": found.changed}
    say(plain, lambda: _print_difference(kind, first, second, found), as_json)


def _print_difference(kind: str, first: door.Edition, second: door.Edition, found: door.Difference) -> None:
    if found.is_empty:
        click.echo(f"Редакции с {first.start} и с {second.start} не различаются.")
        return
    described = door.classifier(kind=kind)
    rows = [("добавлено", row[described.key], "", row[described.label]) for row in found.added]
    rows += [("исключено", row[described.key], row[described.label], "") for row in found.removed]
    rows += [
        ("изменено", old[described.key], _told(old, new), _told(new, old)) for old, new in found.changed
    ]  # fmt: skip
    title = f"{described.title}: с {first.start} → с {second.start}"
    print_table(title, ("что", "код", "было", "стало"), rows)


def _told(row: dict[str, str], other: dict[str, str]) -> str:
    return "; ".join(value for name, value in row.items() if other.get(name) != value)
