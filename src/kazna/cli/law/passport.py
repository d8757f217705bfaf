"""`kazna law passport`: how a measure is delivered, in words."""

from __future__ import annotations

import textwrap
from datetime import datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY, day_of, edition_of, law_folder, loaded
from kazna.cli.output import as_json, say
from kazna.rules.delivery import delivery

WIDTH = 110


@click.command()
@click.argument("measure")
@click.option("--on", type=DAY, help="The edition of this day.")
@law_folder
@as_json
def passport(measure: str, on: datetime | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Print the passport of a measure: channels, documents, requests to agencies, terms, statuses, who decides."""
    library = loaded(folder, base)
    edition = edition_of(library, measure, day_of(on))
    sections = delivery(library, edition)

    def human() -> None:
        click.echo(edition.title)
        for heading, lines in sections:
            click.echo(f"\n{heading}")
            for line in lines:
                click.echo(textwrap.fill(line, WIDTH, initial_indent="  • ", subsequent_indent="    "))

    say({"measure": edition.id, "from": edition.start, "passport": library.passport(edition)}, human, as_json)
