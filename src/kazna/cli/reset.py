"""`kazna reset`: start over."""

import shutil

import click

from kazna.cli.demo.processes import stop_leftovers
from kazna.config.database import FOLDER
from kazna.kernel.places import VAR
from kazna.plumbing import postgres


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Stop everything and remove all run-time data of this checkout."""
    if not yes:
        click.confirm(f"Удалить все данные в {VAR.name}/ ?", abort=True)
    stop_leftovers()
    postgres.stop(FOLDER, mode="immediate")
    shutil.rmtree(VAR, ignore_errors=True)
    click.echo("Данные удалены. Начните заново: make demo")
