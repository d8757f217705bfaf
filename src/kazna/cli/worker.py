"""`kazna worker`: the spine at work."""

import gc
import os

import click

from kazna.cli.database import open_database

FEW_COLLECTIONS = 50_000  # batches make many short-lived objects; they go by counting references


@click.command()
@click.option("--until-idle", is_flag=True, help="Stop when nothing is left to do.")
@click.option("--hands", type=click.IntRange(min=0), help="Further processes when many events wait; one a core.")
@click.option("--hand", is_flag=True, hidden=True)
def worker(until_idle: bool, hands: int | None, hand: bool) -> None:
    """Find life events, determine rights, decide, pay and tell people, until stopped."""
    parent = os.getppid()
    open_database()
    from kazna.plumbing import work
    from kazna.plumbing.hands import Hands, as_many_as_cores, lend_a_hand

    settle()
    if hand:
        return lend_a_hand(parent)
    others = Hands(as_many_as_cores() if hands is None else hands)
    if until_idle:
        work.work_until_idle(others)
    else:
        work.work(work.stop_on_signals(), others)


def settle() -> None:
    """The law and the code stay for ever: the collector need not walk them in the midst of a decision."""
    from kazna.contexts.measures import public as measures

    for editions in measures.law_in_force().measures.values():
        for edition in editions:
            _ = edition.determiner, edition.quick
    gc.collect()
    gc.freeze()
    gc.set_threshold(FEW_COLLECTIONS)
