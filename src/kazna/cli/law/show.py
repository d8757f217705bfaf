"""`kazna law show`: a measure in words."""

from __future__ import annotations

import textwrap
from datetime import datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY, day_of, edition_of, law_folder, loaded
from kazna.cli.output import as_json, say
from kazna.rules.explain.reading import readable

WIDTH = 110


@click.command()
@click.argument("measure")
@click.option("--on", type=DAY, help="The edition and the figures of this day.")
@law_folder
@as_json
def show(measure: str, on: datetime | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Print a measure in words: who, on what conditions, how much, how long, by which articles and figures."""
    edition = edition_of(loaded(folder, base), measure, day_of(on))
    sections = readable(edition, day_of(on))

    def human() -> None:
        for heading, lines in sections:
            click.echo(f"\n{heading}")
            for line in lines:
                click.echo(textwrap.fill(line, WIDTH, initial_indent="  • ", subsequent_indent="    "))

    plain = {
        "measure": edition.id,
        "from": edition.start,
        "sections": [{"heading": heading, "lines": lines} for heading, lines in sections],
    }
    say(plain, human, as_json)
