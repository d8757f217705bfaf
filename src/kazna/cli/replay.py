"""`kazna replay`: derive decisions anew from their stored facts and rule editions."""

from __future__ import annotations

import sys
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar

SHOWN = 5  # numbers of decisions in a line


@click.command()
@click.argument("decision_ids", nargs=-1, type=click.UUID)
@click.option("--all", "every", is_flag=True, help="Every decision there is.")
@click.option("--ask", is_flag=True, help="Ask agencies again for answers that were asked on demand and not kept.")
@as_json
def replay(decision_ids: tuple[UUID, ...], every: bool, ask: bool, as_json: bool) -> None:
    """Re-derive decisions and compare them byte for byte. Exit code 1 when one differs.

    Decisions that stand on answers asked on demand are named apart: without asking again they cannot be derived.
    """
    if not decision_ids and not every:
        raise click.UsageError("name decisions or say --all")
    open_database()
    from kazna.contexts.cases import public as cases
    from kazna.plumbing import clock

    with progress_bar("Повтор решений", hidden=as_json) as advance:
        done = [cases.replay(decision_id=one) for one in decision_ids] or [cases.replay_all(progress=advance)]
    total = sum(result.total for result in done)
    differences = [difference for result in done for difference in result.differences]
    to_ask = [number for result in done for number in result.to_ask]
    if ask and to_ask:
        questions = cases.ask_again(numbers=to_ask, on=clock.today())
        click.echo(f"Поставлено запросов: {questions}. Повторите решения, когда придут ответы.", err=True)

    def human() -> None:
        for difference in differences:
            click.echo(f"{difference.number}: {'; '.join(difference.differences)}")
        click.echo(f"Решений {total}, расхождений {len(differences)}.")
        if to_ask:
            click.echo(
                f"Ещё {len(to_ask)} приняты по ответам ведомств, которые не хранятся: {', '.join(to_ask[:SHOWN])}"
                f"{'…' if len(to_ask) > SHOWN else ''}. Чтобы повторить их, спросите снова: kazna replay --ask."
            )

    plain = {
        "total": total,
        "to_ask": to_ask,
        "differences": [
            {"decision_id": d.decision_id, "number": d.number, "differences": d.differences} for d in differences
        ],
    }
    say(plain, human, as_json)
    sys.exit(1 if differences else 0)
