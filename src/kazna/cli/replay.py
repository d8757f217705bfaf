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
        result = cases.replay_all(only=list(decision_ids) or None, progress=advance)

    def human() -> None:
        for difference in result.differences:
            click.echo(f"{difference.decision_id}: {difference.what}")
        click.echo(f"Решений {result.total}, расхождений {len(result.differences)}.")

    plain = {
        "total": result.total,
        "differences": [{"decision_id": d.decision_id, "what": d.what} for d in result.differences],
    }
    say(plain, human, as_json)
    sys.exit(1 if result.differences else 0)
