"""`kazna law check`: is every document sound."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import click

from kazna.cli.law.folder import edition_of, law_folder
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar
from kazna.rules import Problem, RuleProblems, load_library
from kazna.rules.check import check_library

KEYS = ("severity", "file", "line", "column", "what", "why", "what_to_do")


@click.command()
@click.option("--measure", help="Only this measure.")
@law_folder
@as_json
def check(measure: str | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Check all documents: names, types, units, citations, dates, tests. Exit code 1 on errors."""
    problems, count = _found(measure, folder, base, quiet=as_json)
    errors = [problem for problem in problems if problem.severity == "error"]

    def human() -> None:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{count}Ошибок {len(errors)}, замечаний {len(problems) - len(errors)}.")

    say([_plain(problem) for problem in problems], human, as_json)
    sys.exit(1 if errors else 0)


def _found(measure: str | None, folder: Path, base: Path | None, *, quiet: bool) -> tuple[list[Problem], str]:
    """The problems, and how much was checked in words; of a folder that extends another only its own measures."""
    with progress_bar("Проверка", hidden=quiet, after=2.0) as advance:
        try:
            library = load_library(folder, base=base)
        except RuleProblems as refusal:
            return refusal.problems, ""
        gc.freeze()  # a thousand documents stay as they are: no need to look through them again and again
        names = {edition_of(library, measure, None).id} if measure else set(library.own)
        problems = check_library(library, measures=names, advance=advance)
    editions = [edition for name in names for edition in library.measures.get(name, ())]
    examples = sum(len(edition.measure.tests) for edition in editions)
    return problems, f"Мер {len(names & library.measures.keys())}, редакций {len(editions)}, примеров {examples}. "


def _plain(problem: Problem) -> dict[str, Any]:
    return {key: getattr(problem, key) for key in KEYS}
