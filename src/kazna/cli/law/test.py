"""`kazna law test`: do the examples hold, and do they try every condition."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kazna.cli.law.folder import law_folder, loaded
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar
from kazna.rules import Edition, ExampleResult, Library
from kazna.rules.coverage import Covered, coverage
from kazna.rules.examples import run_edition


@click.command()
@click.option("--measure", help="Only this measure, with its conditions one by one.")
@law_folder
@as_json
def test(measure: str | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Run the examples written in the documents; say which conditions they try. Exit code 1 when one fails."""
    ran = _run(loaded(folder, base), measure, quiet=as_json)
    results = [result for _, found in ran for result in found]
    failed = [result for result in results if not result.ok]
    covered = [(edition, coverage(edition, found)) for edition, found in ran]

    def human() -> None:
        for result in failed:
            click.echo(f"{result.measure} «{result.name}»: {'; '.join(result.differences)}")
        for edition, rows in covered:
            _tell(edition, rows, every=measure is not None)
        tried, total = _share([row for _, rows in covered for row in rows])
        click.echo(f"Покрытие условий: {tried} из {total}, {100 * tried // total if total else 0} %.")
        click.echo(f"Примеров {len(results)}, не сошлось {len(failed)}.")

    say([_plain(result) for result in results], human, as_json)
    sys.exit(1 if failed or not results else 0)


def _run(library: Library, measure: str | None, *, quiet: bool) -> list[tuple[Edition, list[ExampleResult]]]:
    names = [measure] if measure else sorted(library.own)
    editions = [edition for name in names for edition in library.measures.get(name, ())]
    found = []
    with progress_bar("Примеры", hidden=quiet, after=2.0) as advance:
        for done, edition in enumerate(editions, start=1):
            found.append((edition, list(run_edition(library, edition))))
            advance(done, len(editions))
    return found


def _tell(edition: Edition, rows: list[Covered], *, every: bool) -> None:
    """Each condition, or only those no example tries."""
    if every:
        tried, total = _share(rows)
        click.echo(f"{edition.id}, редакция с {edition.start:%d.%m.%Y}: {tried} из {total} условий")
    for row in rows:
        if every or not row.is_tried:
            where = "  " if every else f"{edition.id}, редакция с {edition.start:%d.%m.%Y}: "
            mark = "✓" if row.is_tried else "нет примера, где отказ только из-за него"
            click.echo(f"{where}«{row.id}» {row.title} — да {row.yes}, нет {row.no}, неизвестно {row.unknown}; {mark}")


def _share(rows: list[Covered]) -> tuple[int, int]:
    return sum(row.is_tried for row in rows), len(rows)


def _plain(result: ExampleResult) -> dict[str, Any]:
    return {
        "measure": result.measure,
        "edition_from": result.edition_from.isoformat(),
        "name": result.name,
        "ok": result.ok,
        "differences": list(result.differences),
    }
