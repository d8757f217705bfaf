"""`kazna determinations`: what determinations propose, looked at, approved, let out or taken back."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import Advance, progress_bar
from kazna.kernel.money import roubles_and_kopecks

KINDS = {"new": "новое право", "changed": "другой размер", "lost": "утрачено", "unknown": "не хватает сведений"}
STATES = {
    "proposed": "ждёт утверждения",
    "held": "остановлено",
    "approved": "утверждено",
    "released": "выпущено",
    "withdrawn": "отозвано",
}
BY = click.option("--by", required=True, help="Login of who does it.")
WHICH = click.argument("proposal", type=click.UUID)


@click.group()
def determinations() -> None:
    """Proposals of decisions that a determination of everybody makes."""


@determinations.command("list")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@as_json
def list_(limit: int, as_json: bool) -> None:
    """Proposals, newest first."""
    open_database()
    from kazna.contexts.determination import public as determination

    found = determination.proposals(limit)
    rows = [
        (one.proposal_id, f"{one.on:%d.%m.%Y}", STATES[one.state], ", ".join(one.territories), sum(one.lines.values()),
         one.made_by, one.approved_by) for one in found
    ]  # fmt: skip
    titles = ["предложение", "на день", "состояние", "территории", "решений", "предложил", "утвердил"]
    say([asdict(one) for one in found], lambda: print_table("Предложения", titles, rows), as_json)


@determinations.command()
@WHICH
@click.option("--report", type=click.Path(path_type=Path), help="Write the report as a page (HTML) into this file.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write counts by measure into this file.")
@as_json
def show(proposal: UUID, report: Path | None, table: Path | None, as_json: bool) -> None:
    """A proposal: what it comes to, why it is held, the sample to look at."""
    open_database()
    from kazna.contexts.determination import public as determination

    found = determination.proposal(proposal_id=proposal)
    if report:
        report.write_text(determination.report_page(found.report), "utf-8")
    if table:
        table.write_text(determination.report_csv(found.report), "utf-8-sig")
    looked = determination.sample(proposal_id=proposal)

    def human() -> None:
        _show(found)
        rows = [
            (KINDS[line.kind], line.measure, line.number or line.subject_id, _money(line.amount_kopecks),
             _money(line.due_kopecks)) for line in looked
        ]  # fmt: skip
        print_table("Выборка", ["что", "мера", "назначение или человек", "назначено", "положено"], rows)

    say({**asdict(found), "sample": [asdict(line) for line in looked]}, human, as_json)


def _show(found: Any) -> None:
    click.echo(f"Предложение {found.proposal_id} на {found.on:%d.%m.%Y}: {STATES[found.state]}.")
    for why in found.held_for:
        click.echo(why)
    click.echo(", ".join(f"{KINDS[kind]}: {number}" for kind, number in sorted(found.lines.items())) + ".")
    if found.outcomes.get("decided") or found.outcomes.get("moved"):
        click.echo(f"Решено {found.outcomes.get('decided', 0)}, уже неверно {found.outcomes.get('moved', 0)}.")


def _money(kopecks: int | None) -> str:
    return "" if kopecks is None else roubles_and_kopecks(kopecks)


@determinations.command()
@WHICH
@BY
@as_json
def approve(proposal: UUID, by: str, as_json: bool) -> None:
    """Agree to it: another person than who proposed."""
    open_database()
    from kazna.contexts.determination import public as determination
    from kazna.plumbing import clock

    determination.approve(proposal_id=proposal, by=by, on=clock.today())
    say({"proposal": proposal, "approved_by": by}, lambda: click.echo("Утверждено. Выпуск: release."), as_json)


@determinations.command()
@WHICH
@click.option("--reason", required=True, help="Why; those who proposed will read it.")
@BY
@as_json
def withdraw(proposal: UUID, reason: str, by: str, as_json: bool) -> None:
    """Take it back, before anything of it was decided."""
    open_database()
    from kazna.contexts.determination import public as determination
    from kazna.plumbing import clock

    determination.withdraw(proposal_id=proposal, by=by, reason=reason, on=clock.today())
    say({"proposal": proposal, "withdrawn_by": by}, lambda: click.echo("Отозвано; ничего не решено."), as_json)


@determinations.command()
@WHICH
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@BY
@as_json
def release(proposal: UUID, jobs: int, by: str, as_json: bool) -> None:
    """Decide an approved one: everybody of it is asked again by what is known now. Cut off, it goes on."""
    open_database()
    from kazna.contexts.determination import public as determination

    with progress_bar("Решения", hidden=as_json) as advance:
        if jobs == 1:
            _release(proposal, by, advance)
        else:
            with ProcessPoolExecutor(jobs, get_context("spawn"), open_database) as pool:
                for done in as_completed([pool.submit(_alone, proposal, by) for _ in range(jobs)]):
                    done.result()
    found = determination.proposal(proposal_id=proposal)
    say(asdict(found), lambda: _show(found), as_json)


def _alone(proposal: UUID, by: str) -> None:
    _release(proposal, by, lambda done, total: None)


def _release(proposal: UUID, by: str, advance: Advance) -> None:
    from django.utils import timezone

    from kazna.contexts.determination import public as determination
    from kazna.plumbing import clock

    determination.release(proposal_id=proposal, by=by, on=clock.today(), now=timezone.now(), progress=advance)
