"""`kazna egisso applications`: 10.11.I that came with packages join the queue, and decided ones are answered."""

from __future__ import annotations

from pathlib import Path

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for answers.")
@as_json
def applications(out: Path, as_json: bool) -> None:
    """Show applications of 10.11.I to the operator and write the answer to each that is decided.

    The same answers are written again with the same bytes.
    """
    open_database()
    from django.utils import timezone

    from kazna.contexts.egisso import public as egisso
    from kazna.contexts.suppliers import public as suppliers

    taken = suppliers.take_in_messages(now=timezone.now(), region_of=egisso.region_of_oktmo())
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for told, answer in suppliers.message_answers():
        path = out / f"10.11.I-1.0.3-{told.id}.xml"
        path.write_bytes(answer)
        written.append(str(path))

    def human() -> None:
        click.echo(f"Новых заявок {taken}, ответов {len(written)} в {out}.")

    say({"taken": taken, "answers": written}, human, as_json)
