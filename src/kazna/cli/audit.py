"""`kazna audit`: the journal of actions and looks."""

import sys

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.group()
def audit() -> None:
    """The journal of actions and of looks at personal data."""


@audit.command()
@as_json
def verify(as_json: bool) -> None:
    """Check the hash chain of the journal. Exit code 1 when it is broken."""
    open_database()
    from kazna.contexts.audit import public as journal

    report = journal.verify()

    def human() -> None:
        if report.broken_at is None:
            click.echo(f"Журнал цел: {report.rows} записей.")
        else:
            click.echo(f"Цепочка нарушена на записи {report.broken_at}: запись изменена, удалена или вставлена.")

    say({"rows": report.rows, "broken_at": report.broken_at}, human, as_json)
    sys.exit(0 if report.broken_at is None else 1)
