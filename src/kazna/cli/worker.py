"""`kazna worker`: the spine at work."""

import click

from kazna.cli.database import open_database


@click.command()
@click.option("--until-idle", is_flag=True, help="Stop when nothing is left to do.")
def worker(until_idle: bool) -> None:
    """Find life events, determine rights, decide, pay and tell people, until stopped."""
    open_database()
    from kazna.plumbing import work

    if until_idle:
        while work.work_once():
            pass
    else:
        work.work(work.stop_on_signals())
