"""`kazna egisso`: the state information system of social security: check, import, export, classifiers."""

from __future__ import annotations

import click

from kazna.cli.egisso.applications import applications
from kazna.cli.egisso.classifier import classifier
from kazna.cli.egisso.doubles import doubles, withdraw
from kazna.cli.egisso.exchange import answer, export, import_packages
from kazna.cli.egisso.load import measures, minimums, organisations, points, rights
from kazna.cli.egisso.offer import offer
from kazna.cli.egisso.sheet import sheet
from kazna.cli.egisso.system import system
from kazna.cli.egisso.validate import validate


@click.group()
def egisso() -> None:
    """ЕГИССО: check, import and export packages; classifiers and registers they are checked by."""


for command in (
    validate, import_packages, export, answer, applications, offer, classifier, measures, organisations, points,
    minimums, rights, sheet, system, doubles, withdraw,
):  # fmt: skip
    egisso.add_command(command)
