"""The options that say which law is meant, and how it is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kazna.kernel.places import LAW
from kazna.rules import Edition, Library, RuleProblems, load_library
from kazna.rules.documents.folders import FILE
from kazna.rules.problems import Problem, near_miss

DAY = click.DateTime(["%Y-%m-%d", "%d.%m.%Y"])


def default_folder() -> Path:
    """The current folder when it is one of law (it holds law.yaml), else the law that came with the program."""
    return Path() if Path(FILE).exists() else LAW


def law_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--law` and `--base`; the command gets `folder` and `base`."""

    @click.option(
        "--law",
        "folder",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder of documents; by default the current one if it holds law.yaml, else the installed law.",
    )
    @click.option(
        "--base",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder whose vocabulary and parameters are used too, when law.yaml names none.",
    )
    @wraps(command)
    def wrapped(*, folder: Path | None, base: Path | None, **rest: Any) -> Any:
        return command(folder=folder or default_folder(), base=base, **rest)

    return wrapped


def loaded(folder: Path, base: Path | None) -> Library:
    """The library, or exit code 1 with every problem named by file and line."""
    try:
        return load_library(folder, base=base)
    except RuleProblems as refusal:
        complain(refusal.problems)


def complain(problems: list[Problem]) -> Any:
    """Every problem on stderr, exit code 1."""
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(1)


def edition_of(library: Library, measure: str, on: date | None) -> Edition:
    """The edition in force on the day; without a day the one in force last. Exit code 1 when there is none."""
    editions = library.measures.get(measure)
    if not editions:
        click.echo(f"Меры «{measure}» нет. {near_miss(measure, library.measures)}".rstrip(), err=True)
        sys.exit(1)
    return library.edition(measure, on) if on is not None else editions[-1]


def day_of(given: datetime | None) -> date | None:
    return given.date() if given is not None else None
