"""`kazna determine`: rights of everybody on a day."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
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
@click.option(
    "--changed", is_flag=True, help="Ask only people of whom something changed since the latest run, or whose day came."
)
@click.option("--propose", is_flag=True, help="Keep what would change as a proposal for people to approve.")
@click.option(
    "--limit-awards",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    help="Hold the proposal when more awards in force would change or be lost, %.",
)
@click.option(
    "--limit-people",
    type=click.IntRange(0, 100),
    default=30,
    show_default=True,
    help="Hold it when a measure would begin to pay more of the people, %.",
)
@click.option("--by", help="Login of who proposes; with --propose.")
@click.option("--report", type=click.Path(path_type=Path), help="Write the report as a page (HTML) into this file.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write counts by measure into this file.")
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
    changed: bool,
    propose: bool,
    limit_awards: int,
    limit_people: int,
    by: str | None,
    report: Path | None,
    table: Path | None,
    as_json: bool,
) -> None:
    """Determine the rights of everybody and compare them with awards in force. Nothing is awarded by this."""
    if propose and not by:
        raise click.UsageError("say who proposes: --by LOGIN")
    open_database()
    from kazna.contexts.determination import public as determination
    from kazna.contexts.measures import public as law
    from kazna.plumbing import clock

    with stage_bars(hidden=as_json) as progress:
        found = determination.determine_everyone(
            on=on.date() if on else clock.today(),
            now=datetime.now(UTC),
            progress=progress,
            territories=territories,
            measures=[name for name in (measures or "").split(",") if name],
            engine=engine,
            master=master,
            processes=processes,
            check=against == "online",
            changed=changed,
        )
    titles = {card.measure: card.short_title for card in law.measures_list()}
    plain = determination.plain_report(found, titles)
    if report:
        report.write_text(determination.report_page(plain), "utf-8")
    if table:
        table.write_text(determination.report_csv(plain), "utf-8-sig")
    if by and propose and not found.differences:
        limits = determination.Limits(awards=limit_awards, people=limit_people)
        plain["proposal"] = str(determination.propose(report=found, limits=limits, made_on=clock.today(), by=by))
    say(plain, lambda: _human(found, plain), as_json)
    sys.exit(1 if found.differences else 0)


def _human(report: Any, plain: dict[str, Any]) -> None:
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
        f"Людей {report.people} (спрошено {report.anew}), сведений {report.facts}, вопросов {report.questions}."
        f" Снимок {report.seconds['snapshot']:.1f} с, права {report.seconds['rights']:.1f} с. Папка: {report.folder}"
    )
    if report.checked is not None:
        for text in report.shown:
            click.echo(text)
        click.echo(f"Сверено по одному: {report.checked}, расхождений {report.differences}.")
    if "proposal" in plain:
        click.echo(f"Предложение {plain['proposal']}; посмотреть: kazna determinations show {plain['proposal']}")
