"""`kazna egisso offer`: measures that life events of a day may bring, told to the portal of public services."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.egisso.paths import given_day, plain_day
from kazna.cli.output import as_json, say


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for messages.")
@click.option("--event", default="", help="Code of one kind of event, CHILD_BORN for one.")
@given_day
@as_json
def offer(out: Path, event: str, on: Any, as_json: bool) -> None:
    """Write 10.33.O for every life event found on the day: one message per event and citizen.

    What cannot be told is listed with its reason in not-sent.json. The same day again writes the same files.
    """
    open_database()
    from django.utils import timezone

    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    day = plain_day(on) or today()
    out.mkdir(parents=True, exist_ok=True)
    written, not_sent = 0, []
    for one in egisso.offers(day, on=day, now=timezone.now(), code=event):
        if one.reason:
            not_sent.append({"event": str(one.event_id), "person": str(one.person_id), "reason": one.reason})
            continue
        (out / f"10.33.O-1.0.1-{one.event_id}-{str(one.person_id)[:8]}.xml").write_bytes(one.message)
        written += 1
    (out / "not-sent.json").write_text(json.dumps(not_sent, ensure_ascii=False, indent=1))

    def human() -> None:
        click.echo(f"Сообщений {written} в {out}, не отправлено {len(not_sent)}: причины в not-sent.json.")

    say({"written": written, "not_sent": not_sent}, human, as_json)
