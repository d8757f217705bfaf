"""`kazna law plan`: what to request and what to ask so that open measures are decided."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kazna.cli.law.folder import DAY, law_folder, loaded
from kazna.cli.law.situation import determined, from_file
from kazna.cli.output import as_json, say
from kazna.rules import Edition, Library, Outcome, Situation
from kazna.rules.explain import summary
from kazna.rules.plan import Plan, make_plan

AT_HAND = {"own": "есть у нас", "vitrine": "витрина", "request": "запрос"}


@click.command()
@click.argument("situation", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--measure", "measures", multiple=True, help="Only these measures; all in force by default.")
@click.option("--on", type=DAY, help="The day of the decision, when the file does not say it.")
@law_folder
@as_json
def plan(
    situation: Path, measures: tuple[str, ...], on: datetime | None, folder: Path, base: Path | None, as_json: bool
) -> None:
    """Requests to agencies by holder, then questions to the citizen, for a situation and all measures open in it."""
    library = loaded(folder, base)
    told, day = from_file(library, situation, on)
    outcomes = _outcomes(library, told, day, measures)
    found = make_plan(outcomes)

    def human() -> None:
        for edition, outcome in outcomes:
            click.echo(summary(outcome, edition))
        _tell(found)

    plain = {
        "outcomes": [{"measure": edition.id, "state": outcome.state} for edition, outcome in outcomes],
        "plan": found.as_json(),
    }
    say(plain, human, as_json)


def _outcomes(
    library: Library, situation: Situation, on: date, measures: tuple[str, ...]
) -> list[tuple[Edition, Outcome]]:
    editions = [
        edition
        for name, found in library.measures.items()
        if not measures or name in measures
        for edition in found
        if edition.holds(on)
    ]
    return [(edition, determined(edition, situation, on, library)) for edition in editions]


def _tell(found: Plan) -> None:
    for request in found.requests:
        days = f", дней {request.days}" if request.days else ""
        titles = "; ".join(f"{title} ({name})" for name, title in request.facts)
        click.echo(f"  → {request.holder} [{AT_HAND[request.cost]}{days}]: {titles}")
    for number, question in enumerate(found.questions, start=1):
        click.echo(f"  {number}. {question.text} ({question.help}) — для мер: {', '.join(question.measures)}")
    for figure in found.lacking:
        click.echo(f"  ! В законе не хватает: {figure}")
    if not (found.requests or found.questions or found.lacking):
        click.echo("Спрашивать нечего: всё решено.")
