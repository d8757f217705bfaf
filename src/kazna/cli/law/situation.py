"""Where a command takes its situation from: a file, or an example of the measure."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from kazna.cli.law.folder import complain, edition_of
from kazna.kernel.errors import DomainError
from kazna.rules import Edition, Library, Outcome, RuleProblems, Situation
from kazna.rules.documents.situation_file import read_situation
from kazna.rules.examples import read_examples
from kazna.rules.problems import near_miss


def from_file(library: Library, path: Path, on: datetime | None) -> tuple[Situation, date]:
    """The situation of a file and its day, which `--on` may replace; exit code 1 with every mistake."""
    try:
        situation, day = read_situation(path, library.facts, library.relations)
    except RuleProblems as refusal:
        return complain(refusal.problems)
    if on is None and day is None:
        raise click.UsageError("Не сказано, на какой день решать: напишите on: в файле или дайте --on.")
    return situation, on.date() if on is not None else day or date.min


def from_example(library: Library, measure: str, name: str) -> tuple[Edition, Situation, date]:
    """The example of any edition whose name is or begins with `name`; exit code 1 with what names there are."""
    edition_of(library, measure, None)
    examples = [(edition, one) for edition in library.measures[measure] for one in read_examples(library, edition)[0]]
    found = [pair for pair in examples if pair[1].name == name] or [
        pair for pair in examples if pair[1].name.startswith(name)
    ]
    if len(found) == 1:
        edition, example = found[0]
        return edition, example.situation, example.on
    names = [example.name for _, example in found or examples]
    advice = near_miss(name, names) if not found else f"Подходят: {'; '.join(names)}."
    click.echo(f"Примера «{name}» нет или он не один. {advice}".rstrip(), err=True)
    sys.exit(1)


def determined(edition: Edition, situation: Situation, on: date, library: Library) -> Outcome:
    """The outcome; a situation that cannot be computed is a sentence and exit code 1."""
    try:
        return edition.determine(situation, on=on, parameters=library.parameters)
    except DomainError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)


def plain_error() -> Any:
    """Nothing was named to be explained."""
    raise click.UsageError("Назовите файл ситуации или пример: --example «имя примера».")
