"""`kazna law explain`: why a measure is granted, refused or still open, for a situation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY, edition_of, law_folder, loaded
from kazna.cli.law.situation import determined, from_example, from_file, plain_error
from kazna.cli.output import as_json, say
from kazna.rules import Edition, Library, Outcome
from kazna.rules.explain import machine_explanation, sentences, summary
from kazna.rules.next_change import next_change


@click.command()
@click.argument("measure")
@click.argument("situation", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--example", help="An example of the measure by its name or the beginning of it.")
@click.option("--on", type=DAY, help="The day of the decision, when the file does not say it.")
@click.option("--contrast", is_flag=True, help="Also say what would have to be different, up to two facts.")
@law_folder
@as_json
def explain(
    measure: str, situation: Path | None, example: str | None, on: datetime | None, contrast: bool, folder: Path,
    base: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Explain a situation (a YAML or JSON file: on, given) or an example of the measure in sentences."""
    library = loaded(folder, base)
    if example is not None:
        edition, told, day = from_example(library, measure, example)
    elif situation is not None:
        told, day = from_file(library, situation, on)
        edition = edition_of(library, measure, day)
    else:
        plain_error()
    outcome = determined(edition, told, day, library)

    def human() -> None:
        _tell(outcome, edition, library, contrast)

    say(machine_explanation(outcome, edition, contrast=contrast) if as_json else {}, human, as_json)


def _tell(outcome: Outcome, edition: Edition, library: Library, contrast: bool) -> None:
    click.echo(summary(outcome, edition))
    for line in sentences(outcome, edition, contrast=contrast, pairs=contrast):
        click.echo(f"  • {line}")
    day = next_change(
        edition=edition, situation=outcome.situation, on=outcome.on, parameters=library.parameters, term=False
    )
    again = f"не раньше {day:%d.%m.%Y}" if day is not None else "не может"
    click.echo(f"Без новых сведений ответ измениться {'может ' if day else ''}{again}.")
