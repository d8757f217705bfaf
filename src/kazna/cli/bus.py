"""`kazna bus`: the register of events, what waits, and delivering again."""

from __future__ import annotations

import getpass
from datetime import datetime
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say

MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
TITLES = ("№", "когда", "вид", "о ком", "потребителям", "шина")


@click.group()
def bus() -> None:
    """Events between components: find, count, deliver again."""


@bus.command("list")
@click.option("--kind", help="Kind of event, for example FactsChanged.")
@click.option("--sort", type=click.Choice(["business", "technical"]), help="Only these.")
@click.option("--person", type=click.UUID, help="About this person.")
@click.option("--thing", type=click.UUID, help="About this case, award, decision, document.")
@click.option("--since", type=MOMENT, help="From this moment.")
@click.option("--until", type=MOMENT, help="Before this moment.")
@click.option("--before", type=int, help="Numbers below this one: the next page.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many.")
@as_json
def list_events(
    kind: str | None,
    sort: str | None,
    person: UUID | None,
    thing: UUID | None,
    since: datetime | None,
    until: datetime | None,
    before: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """The register of all events, the newest first; a search about a person is written into the journal."""
    open_database()
    from kazna.contexts.audit import public as audit
    from kazna.plumbing import register

    if person:
        purpose = "Поиск событий оператором системы"
        who = getpass.getuser()
        audit.record([audit.NewEntry(act="search", login=who, role="operator", person_id=person, purpose=purpose)])
    found = register.events(
        register.Wanted(kind, sort, person, thing, _aware(since), _aware(until), before), limit=limit
    )

    def human() -> None:
        rows = [
            (
                one.number, f"{one.recorded_at:%d.%m.%Y %H:%M:%S}", one.kind, len(one.persons) or "",
                f"{one.handled}/{one.deliveries}", "ушло" if one.sent_at else "ждёт",
            )
            for one in found
        ]  # fmt: skip
        print_table("События", TITLES, rows)
        if len(found) == limit:
            click.echo(f"Дальше: --before {found[-1].number}")

    plain = [
        {"number": one.number, "kind": one.kind, "sort": one.sort, "recorded_at": one.recorded_at,
         "persons": list(one.persons), "things": list(one.things), "event": one.payload, "sent_at": one.sent_at,
         "deliveries": one.deliveries, "handled": one.handled}
        for one in found
    ]  # fmt: skip
    say(plain, human, as_json)


@bus.command()
@as_json
def status(as_json: bool) -> None:
    """How many events wait for the bus and for consumers, and how many are stuck."""
    open_database()
    from kazna.plumbing.bus.relay import unsent
    from kazna.plumbing.deliver import stuck, waiting

    count, seconds = unsent()
    told = {"unsent": count, "oldest_unsent_seconds": seconds, "waiting": waiting(), "stuck": stuck()}
    say(told, lambda: click.echo("\n".join(f"{name}: {value:g}" for name, value in told.items())), as_json)


@bus.command()
@click.option("--from", "since", required=True, help="Number of an event, or a moment 2026-11-29T10:00.")
@click.option("--consumer", "only", multiple=True, help="Only this consumer; repeat for several.")
@click.option("--again", is_flag=True, help="Also what was handled already; name the consumers.")
@as_json
def replay(since: str, only: tuple[str, ...], again: bool, as_json: bool) -> None:
    """Deliver events again from a point. Without --again only what a consumer has not got: safe at any time."""
    open_database()
    from kazna.plumbing.bus.replay import replay as deliver_again
    from kazna.plumbing.outbox import consumers

    if unknown := sorted(set(only) - set(consumers)):
        raise click.UsageError(f"Нет потребителя {', '.join(unknown)}. Есть: {', '.join(sorted(consumers))}.")
    if again and not only:
        raise click.UsageError("С --again назовите потребителей (--consumer): повторять всё и всем не нужно.")
    try:
        point = int(since) if since.isdecimal() else _aware(datetime.fromisoformat(since))
    except ValueError:
        raise click.UsageError("--from — номер события или момент, например 2026-11-29T10:00.") from None
    events, deliveries = deliver_again(since=point, only=only, again=again)
    told = {"events": events, "deliveries": deliveries}
    say(told, lambda: click.echo(f"Отправлено заново: {events}; обработают ещё раз: {deliveries}."), as_json)


@bus.command()
@click.option("--id", "ids", multiple=True, type=int, help="Only this delivery; all stuck ones otherwise.")
@as_json
def retry(ids: tuple[int, ...], as_json: bool) -> None:
    """Try stuck events again, after what broke them is mended."""
    open_database()
    from kazna.plumbing.deliver import retry_stuck

    count = retry_stuck(delivery_ids=list(ids) or None)
    say({"retried": count}, lambda: click.echo(f"Попробуем ещё раз: {count}."), as_json)


def _aware(moment: datetime | None) -> datetime | None:
    from django.utils import timezone

    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
