"""`kazna law check`: is every document sound."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kazna.cli.law.folder import edition_of, law_folder
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar
from kazna.rules import Edition, Place, Problem, RuleProblems, load_library
from kazna.rules.check import check_library

BACKENDS = ("python", "planes", "duckdb", "spark")
KEYS = ("severity", "file", "line", "column", "what", "why", "what_to_do")


@click.command()
@click.option("--measure", help="Only this measure.")
@click.option("--backend", type=click.Choice(BACKENDS), help="Name what this back end refuses as well.")
@law_folder
@as_json
def check(measure: str | None, backend: str | None, folder: Path, base: Path | None, as_json: bool) -> None:
    """Check all documents: names, types, units, citations, dates, tests. Exit code 1 on errors."""
    problems, count = _found(measure, backend, folder, base, quiet=as_json)
    errors = [problem for problem in problems if problem.severity == "error"]

    def human() -> None:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{count}Ошибок {len(errors)}, замечаний {len(problems) - len(errors)}.")

    say([_plain(problem) for problem in problems], human, as_json)
    sys.exit(1 if errors else 0)


def _found(
    measure: str | None, backend: str | None, folder: Path, base: Path | None, *, quiet: bool
) -> tuple[list[Problem], str]:
    """The problems, and how much was checked in words; of a folder that extends another only its own measures."""
    with progress_bar("Проверка", hidden=quiet, after=2.0) as advance:
        try:
            library = load_library(folder, base=base)
        except RuleProblems as refusal:
            return refusal.problems, ""
        gc.freeze()  # a thousand documents stay as they are: no need to look through them again and again
        names = {edition_of(library, measure, None).id} if measure else set(library.own)
        problems = check_library(library, measures=names, advance=advance)
        problems = [problem for problem in problems if _is_own(folder, problem)]
    editions = [edition for name in names for edition in library.measures.get(name, ())]
    if backend is not None:
        problems += _refused(editions, backend)
    examples = sum(len(edition.measure.tests) for edition in editions)
    return problems, f"Мер {len(names & library.measures.keys())}, редакций {len(editions)}, примеров {examples}. "


def _refused(editions: Sequence[Edition], backend: str) -> list[Problem]:
    """What the back end cannot say exactly: it refuses the edition, it never guesses."""
    from kazna.rules.compile.publication import refusals  # wakes the compilers: only when asked

    return [
        Problem(
            _place(refusal.place) or edition.measure.place,
            "cannot_compile", f"{refusal.backend} не исполнит «{edition.id}»: {refusal.what}", refusal.why,
            refusal.what_to_do, "warning",
        )
        for edition in editions
        for refusal in refusals(edition, backend)
    ]  # fmt: skip


def _place(told: str) -> Place | None:
    """«file:line:column» as a place."""
    file, _, rest = told.partition(".yaml:")
    line, _, column = rest.partition(":")
    return Place(f"{file}.yaml", int(line), int(column)) if column else None


def _is_own(folder: Path, problem: Problem) -> bool:
    """Whether the document stands in the folder itself, not in a law it extends."""
    path = folder.parent / problem.file
    return path.exists() and path.resolve().is_relative_to(folder.resolve())


def _plain(problem: Problem) -> dict[str, Any]:
    return {key: getattr(problem, key) for key in KEYS}
