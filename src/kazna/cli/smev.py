"""`kazna smev`: what waits in the exchange, what died and why; ask again; exchange now."""

from __future__ import annotations

import sys
from dataclasses import asdict
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, notes, print_table, say

STATES = ("failed", "overdue", "waiting", "answered")
COLUMNS = ["запрос", "кому", "о чём", "спросили", "срок", "попыток", "почему"]


@click.group()
def smev() -> None:
    """Requests to other agencies and СМЭВ."""


@smev.command("list")
@click.argument("state", type=click.Choice(STATES), default="failed")
@click.option("--agency", help="Only this agency: fns, szn…")
@click.option("--limit", default=50, show_default=True, help="So many, oldest first.")
@as_json
def list_requests(state: str, agency: str | None, limit: int, as_json: bool) -> None:
    """Requests in a state: failed, overdue, waiting or answered."""
    open_database()
    from kazna.contexts.integration import public as integration
    from kazna.plumbing import clock

    rows = integration.requests(state=state, on=clock.today(), agency=agency, limit=limit)

    def human() -> None:
        shown = [
            (str(row.request_id), row.agency, row.about, str(row.asked_on), str(row.answer_by or ""), row.attempts,
             row.reason or row.told)
            for row in rows
        ]  # fmt: skip
        print_table(f"Запросы: {state}", COLUMNS, shown) if shown else click.echo("Таких запросов нет.")

    say([asdict(row) for row in rows], human, as_json)


@smev.command()
@click.argument("request_ids", nargs=-1, type=click.UUID)
@click.option("--all", "is_all", type=click.Choice(("failed", "overdue")), help="All requests in this state.")
@as_json
def retry(request_ids: tuple[UUID, ...], is_all: str | None, as_json: bool) -> None:
    """Ask again what died or is overdue. Exit code 1 when one could not be repeated."""
    open_database()
    from kazna.contexts.integration import public as integration
    from kazna.contexts.reference import public as reference
    from kazna.kernel.errors import DomainError
    from kazna.plumbing import clock

    if not request_ids and not is_all:
        raise click.UsageError("Назовите запросы или --all failed|overdue.")
    today = clock.today()
    deadline = reference.add_working_days(today, integration.answer_days())
    wanted = list(request_ids) or [
        row.request_id for row in integration.requests(state=is_all or "failed", on=today, limit=100_000)
    ]
    refused: dict[str, str] = {}
    for request_id in wanted:
        try:
            integration.retry_request(request_id=request_id, on=today, answer_by=deadline)
        except DomainError as refusal:
            refused[str(request_id)] = str(refusal)
            notes.print(f"{request_id}: {refusal}")
    repeated = len(wanted) - len(refused)
    say({"repeated": repeated, "refused": refused}, lambda: click.echo(f"Задано заново: {repeated}."), as_json)
    sys.exit(1 if refused else 0)


@smev.command()
@as_json
def status(as_json: bool) -> None:
    """How the exchange stands: questions by state, messages by outcome. Exit code 1 when something is dead or late."""
    open_database()
    from kazna.contexts.integration import public as integration
    from kazna.plumbing import clock

    found = integration.smev_counts(on=clock.today())
    agencies = integration.smev_agencies()

    def human() -> None:
        click.echo("Через СМЭВ: " + (", ".join(f"{code} ({name})" for code, name in agencies.items()) or "никого"))
        print_table("Запросы", ["состояние", "сколько"], sorted(found.questions.items()))
        print_table("Сообщения СМЭВ", ["итог", "сколько"], sorted(found.deliveries.items()))
        click.echo(f"Получено и не подтверждено: {found.unacknowledged}.")

    say({"agencies": agencies, **asdict(found)}, human, as_json)
    sys.exit(1 if found.questions.get("failed") or found.questions.get("overdue") else 0)


@smev.command()
@as_json
def exchange(as_json: bool) -> None:
    """Send what waits and take what came, once. Exit code 1 when СМЭВ did not let it finish."""
    open_database()
    from kazna.contexts.integration import public as integration
    from kazna.plumbing import clock

    sent = integration.send_requests()
    report = integration.poll_smev(on=clock.today())

    def human() -> None:
        taken = ", ".join(f"{outcome} {count}" for outcome, count in sorted(report.taken.items())) or "ничего"
        click.echo(f"Отправлено {sent.sent}, не удалось {sent.failed}, ждут {sent.waiting}. Получено: {taken}.")
        if report.trouble:
            click.echo(report.trouble)

    say({"sent": asdict(sent), "taken": asdict(report)}, human, as_json)
    sys.exit(1 if report.trouble else 0)
