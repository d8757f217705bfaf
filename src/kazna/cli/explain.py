"""`kazna explain`: why a decision came out as it did."""

from __future__ import annotations

import sys
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.kernel.identifiers import plain_snils
from kazna.kernel.money import roubles_and_kopecks


@click.command()
@click.argument("decision_id", required=False, type=click.UUID)
@click.option("--snils", help="List the rights and decisions of this person instead.")
@click.option("--measure", help="With --snils: only this measure.")
@as_json
def explain(decision_id: UUID | None, snils: str | None, measure: str | None, as_json: bool) -> None:
    """Print a decision with its reasons, articles of law and computation."""
    if (decision_id is None) == (snils is None):
        raise click.UsageError("name one decision, or a person with --snils")
    open_database()
    if decision_id:
        _decision(decision_id, as_json)
    else:
        _person(plain_snils(snils or ""), measure, as_json)


def _decision(decision_id: UUID, as_json: bool) -> None:
    from kazna.contexts.cases import public as cases

    document = cases.decision(decision_id=decision_id)
    say(dict(document.document), lambda: click.echo("\n".join(document.lines)), as_json)


def _person(snils: str, measure: str | None, as_json: bool) -> None:
    from kazna.contexts.measures import public as measures
    from kazna.contexts.registers import public as registers

    card = registers.person_by_snils(snils)
    if card is None:
        click.echo("В реестре нет человека с таким СНИЛС.", err=True)
        sys.exit(1)
    rights = [r for r in measures.rights_of(card.person_id) if measure in (None, r.measure)]

    def human() -> None:
        rows = [
            (r.short_title, r.state, "" if r.amount_kopecks is None else roubles_and_kopecks(r.amount_kopecks))
            for r in rights
        ]
        print_table("Права", ["мера", "ответ", "размер"], rows)
        for right in rights:
            click.echo(f"\n{right.title}")
            click.echo("\n".join(f"  {sentence}" for sentence in right.sentences))

    plain = [
        {"measure": r.measure, "state": r.state, "amount_kopecks": r.amount_kopecks, "on": r.on, "why": r.sentences}
        for r in rights
    ]
    say(plain, human, as_json)
