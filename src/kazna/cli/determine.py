"""`kazna determine`: rights of everybody on a day."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import stage_bars

VERDICTS = ("same", "changed", "lost", "unknown")


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; the platform's operating day by default.")
@click.option(
    "--territory", "territories", multiple=True, help="Two-digit region; several may be named. All unless said."
)
@click.option("--measures", help="Only these measures, separated by commas.")
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", default="local[*]", show_default=True, help="Spark master; with --engine spark.")
@click.option(
    "--against",
    type=click.Choice(["current", "online"]),
    default="current",
    show_default=True,
    help="online: also ask everybody one by one; exit code 1 on any difference.",
)
@click.option("--processes", type=click.IntRange(1), help="Processes; all cores unless said.")
@as_json
def determine(
    on: datetime | None,
    territories: tuple[str, ...],
    measures: str | None,
    engine: str,
    master: str,
    against: str,
    processes: int | None,
    as_json: bool,
) -> None:
    """Determine the rights of everybody and compare them with awards in force. Nothing is awarded by this."""
    open_database()
    from kazna.contexts.determination import public as determination
    from kazna.plumbing import clock

    with stage_bars(hidden=as_json) as progress:
        report = determination.determine_everyone(
            on=on.date() if on else clock.today(),
            now=datetime.now(UTC),
            progress=progress,
            territories=territories,
            measures=[name for name in (measures or "").split(",") if name],
            engine=engine,
            master=master,
            processes=processes,
            check=against == "online",
        )
    say(_plain(report), lambda: _human(report), as_json)
    sys.exit(1 if report.differences else 0)


def _plain(report: Any) -> dict[str, Any]:
    return {
        "on": report.on,
        "snapshot": report.taken_at,
        "engine": report.engine,
        "people": report.people,
        "facts": report.facts,
        "questions": report.questions,
        "territories": report.territories,
        "measures": report.measures,
        "awards": report.awards,
        "new": {measure: {"people": n, "kopecks": k} for measure, (n, k) in report.new.items()},
        "folder": str(report.folder),
        "seconds": {stage: round(spent, 3) for stage, spent in report.seconds.items()},
        "checked": report.checked,
        "differences": report.differences,
        "shown": report.shown,
    }


def _human(report: Any) -> None:
    rows = [
        (measure, c["granted"], c["unknown"], c["refused"], c["scalar"], report.new.get(measure, (0, 0))[0])
        for measure, c in report.measures.items()
        if c["granted"] or c["unknown"]
    ]
    print_table(
        f"Права на {report.on:%d.%m.%Y}",
        ["мера", "положено", "не хватает сведений", "отказ", "по одному", "новых"],
        rows,
    )
    if report.awards:
        awards = [(measure, *(v.get(name, 0) for name in VERDICTS)) for measure, v in report.awards.items()]
        print_table("Действующие назначения", ["мера", "без перемен", "другой размер", "утрачено", "неясно"], awards)
    click.echo(
        f"Людей {report.people}, сведений {report.facts}, вопросов {report.questions}."
        f" Снимок {report.seconds['snapshot']:.1f} с, права {report.seconds['rights']:.1f} с. Папка: {report.folder}"
    )
    if report.checked is not None:
        for text in report.shown:
            click.echo(text)
        click.echo(f"Сверено по одному: {report.checked}, расхождений {report.differences}.")
