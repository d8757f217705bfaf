"""`kazna law`: write, check, test, read and compare the law as documents. Needs no database."""

from __future__ import annotations

import click

from kazna.cli.law import (
    check,
    diff,
    explain,
    graph,
    language_server,
    listing,
    new,
    parameter,
    passport,
    plan,
    schema,
    show,
    test,
    variants,
)


@click.group()
def law() -> None:
    """The law as data: measures, parameters, facts."""


for command in (
    check.check,
    test.test,
    listing.list_measures,
    show.show,
    diff.diff,
    explain.explain,
    passport.passport,
    plan.plan,
    graph.graph,
    new.new,
    parameter.parameter,
    variants.variants,
    schema.schema,
    language_server.language_server,
):
    law.add_command(command)
