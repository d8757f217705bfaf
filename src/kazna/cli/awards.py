"""`kazna awards`: indexation and reconsideration of all awards of a measure."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from datetime import date, datetime
from multiprocessing import get_context
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar
from kazna.kernel.money import roubles_and_kopecks

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def awards() -> None:
    """Awards in force: new sums by law, and counting anew."""


@awards.command()
@click.option("--on", "day", type=DAY, required=True, help="Day from which the law gives new figures.")
@click.option("--measure", "measures", multiple=True, help="Only this measure; may be repeated.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Most growth of the sum, %.")
@click.option("--dry-run", is_flag=True, help="Count and write nothing.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@as_json
def reindex(day: datetime, measures: tuple[str, ...], limit: int, dry_run: bool, jobs: int, as_json: bool) -> None:
    """New sums for all awards from a day: counted, checked against the limit, written. Cut off, it goes on."""
    open_database()
    from kazna.contexts.cases.public import recounts
    from kazna.plumbing import clock

    run_id = recounts.plan(
        day=day.date(), measures_named=measures, limit_percent=limit, on=clock.today(), by="operator"
    )
    in_processes("count", run_id, jobs, "Подсчёт", hidden=as_json)
    found = recounts.indexation(run_id=run_id)
    if not as_json:
        _show(found)
    if not dry_run:
        recounts.release(run_id=run_id)
        in_processes("write", run_id, jobs, "Запись", hidden=as_json)
        found = recounts.indexation(run_id=run_id)
    say(asdict(found), lambda: _said(found, dry_run), as_json)


def _show(found) -> None:  # type: ignore[no-untyped-def]
    """What the run comes to, before it is written."""
    click.echo(f"Меры: {', '.join(found.measures)}.")
    click.echo(
        f"Назначений {found.awards}: изменятся {found.changed}, без ответа {found.unsure}, "
        f"стало бы меньше {found.lower} (останутся как есть)."
    )
    before, after = roubles_and_kopecks(found.before_kopecks), roubles_and_kopecks(found.after_kopecks)
    click.echo(f"В месяц было {before}, станет {after} ({found.percent:+.1f} %, предел {found.limit_percent} %).")


def _said(found, dry_run: bool) -> None:  # type: ignore[no-untyped-def]
    click.echo("Ничего не записано." if dry_run else f"Решений {found.done} с {found.begins:%d.%m.%Y}.")


def in_processes(what: str, run_id: UUID, jobs: int, title: str, *, hidden: bool) -> None:
    """Count or write a run in so many processes, a bar over it when there is one."""
    with progress_bar(title, hidden=hidden) as advance:
        if jobs == 1:
            _step(what, run_id, advance)
            return
        with ProcessPoolExecutor(jobs, get_context("spawn"), open_database) as pool:
            for done in as_completed([pool.submit(_alone, what, run_id) for _ in range(jobs)]):
                done.result()
        advance(1, 1)


def _alone(what: str, run_id: UUID) -> None:
    _step(what, run_id, lambda done, total: None)


def _step(what: str, run_id: UUID, advance) -> None:  # type: ignore[no-untyped-def]
    from django.utils import timezone

    from kazna.contexts.cases.public import recounts

    if what == "count":
        recounts.count(run_id=run_id, progress=advance)
    else:
        recounts.write(run_id=run_id, now=timezone.now(), progress=advance)


@awards.command()
@click.option("--measure", "measures", multiple=True, help="A measure to count anew; may be repeated.")
@click.option("--parameter", "parameters", multiple=True, help="All measures that read this figure.")
@click.option("--on", "day", type=DAY, default=None, help="Day of the decisions; today unless said.")
@click.option("--dry-run", is_flag=True, help="Count and decide nothing.")
@as_json
def reconsider(
    measures: tuple[str, ...], parameters: tuple[str, ...], day: datetime | None, dry_run: bool, as_json: bool
) -> None:
    """Count awards anew, back to the right day: after a figure or an edition of a rule came late."""
    if not measures and not parameters:
        raise click.UsageError("name a measure or a parameter")
    open_database()
    from django.utils import timezone

    from kazna.contexts.cases.public import recounts
    from kazna.contexts.measures import public as law
    from kazna.plumbing import clock

    named = {*measures, *(m for name in parameters for m in law.measures_reading("parameter", name))}
    on: date = day.date() if day else clock.today()
    with progress_bar("Пересчёт", hidden=as_json, after=2) as advance:
        done = recounts.reconsider(measures_named=named, on=on, now=timezone.now(), dry=dry_run, progress=advance)

    def human() -> None:
        told = ", ".join(f"{kind}: {number}" for kind, number in sorted(done.decisions.items())) or "нет"
        click.echo(f"Спрошено {done.asked}; решений: {told}.")
        added, overpaid = roubles_and_kopecks(done.added_kopecks), roubles_and_kopecks(done.overpaid_kopecks)
        click.echo(f"За прошлые месяцы доплатить {added}, назначено лишнего {overpaid}.")

    say({"measures": sorted(named), **asdict(done)}, human, as_json)
