"""`kazna replay`: derive decisions anew from their stored facts and rule editions."""

from __future__ import annotations

import sys
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar


@click.command()
@click.argument("decision_ids", nargs=-1, type=click.UUID)
@click.option("--all", "every", is_flag=True, help="Every decision there is.")
@as_json
def replay(decision_ids: tuple[UUID, ...], every: bool, as_json: bool) -> None:
    """Re-derive decisions and compare them byte for byte. Exit code 1 when one differs."""
    if not decision_ids and not every:
        raise click.UsageError("name decisions or say --all")
    open_database()
    from kazna.contexts.cases import public as cases

    with progress_bar("Повтор решений", hidden=as_json) as advance:
        done = [cases.replay(decision_id=one) for one in decision_ids] or [cases.replay_all(progress=advance)]
    total = sum(result.total for result in done)
    differences = [difference for result in done for difference in result.differences]

    def human() -> None:
        for difference in differences:
            click.echo(f"{difference.number}: {'; '.join(difference.differences)}")
        click.echo(f"Решений {total}, расхождений {len(differences)}.")

    plain = {
        "total": total,
        "differences": [
            {"decision_id": d.decision_id, "number": d.number, "differences": d.differences} for d in differences
        ],
    }
    say(plain, human, as_json)
    sys.exit(1 if differences else 0)
