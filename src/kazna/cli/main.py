"""The installed command `kazna`: one group, a subcommand per job."""

from __future__ import annotations

import sys

import click

from kazna.cli import (
    audit,
    awards,
    bus,
    decisions,
    demo,
    determinations,
    determine,
    doctor,
    duplicates,
    egisso,
    employers,
    explain,
    facts,
    families,
    files,
    impact,
    ingest,
    law,
    law_agree,
    migrate,
    needy,
    payments,
    reference,
    replay,
    reset,
    serve,
    service_criteria,
    smev,
    what_if,
    worker,
)
from kazna.kernel.errors import DomainError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kazna")
def kazna() -> None:
    """Казна: the state knows, computes and pays; the citizen confirms at most once."""


for command in (
    demo.demo,
    serve.serve,
    worker.worker,
    ingest.ingest,
    explain.explain,
    decisions.decisions,
    files.files,
    needy.needy,
    replay.replay,
    determine.determine,
    what_if.what_if,
    impact.impact,
    determinations.determinations,
    law.law,
    awards.awards,
    payments.payments,
    egisso.egisso,
    reference.reference,
    smev.smev,
    audit.audit,
    bus.bus,
    facts.facts,
    families.families,
    employers.employers,
    migrate.migrate,
    duplicates.duplicates,
    service_criteria.service_criteria,
    doctor.doctor,
    reset.reset,
):
    kazna.add_command(command)
law.law.add_command(law_agree.agree)


def main() -> None:
    """Run; a foreseen refusal is one line on stderr and exit code 2."""
    try:
        kazna(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        click.echo("Прервано. Сделанное сохранено; повторный запуск продолжит.", err=True)
        sys.exit(130)
    except click.ClickException as refusal:
        refusal.show()
        sys.exit(refusal.exit_code)
    except DomainError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
