"""`kazna worker`: the spine at work."""

import gc

import click

from kazna.cli.database import open_database

FEW_COLLECTIONS = 50_000  # batches make many short-lived objects; they go by counting references


@click.command()
@click.option("--until-idle", is_flag=True, help="Stop when nothing is left to do.")
def worker(until_idle: bool) -> None:
    """Find life events, determine rights, decide, pay and tell people, until stopped."""
    open_database()
    from kazna.plumbing import work

    settle()
    if until_idle:
        work.work_until_idle()
    else:
        work.work(work.stop_on_signals())


def settle() -> None:
    """The law and the code stay for ever: the collector need not walk them in the midst of a decision."""
    from kazna.contexts.measures import public as measures

    for editions in measures.law_in_force().measures.values():
        for edition in editions:
            _ = edition.determiner, edition.quick
    gc.collect()
    gc.freeze()
    gc.set_threshold(FEW_COLLECTIONS)
