"""`kazna law`: check, test and list the rule documents. Needs no database."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from kazna.cli.output import as_json, print_table, say
from kazna.kernel.places import LAW
from kazna.rules import Library, Problem, RuleProblems, load_library, run_examples
from kazna.rules.check import check_library

folder = click.option("--law", "folder", type=click.Path(path_type=Path), default=LAW, help="Folder of documents.")


@click.group()
def law() -> None:
    """The law as data: measures, parameters, facts."""


def _library(folder: Path) -> Library:
    """The library, or exit code 1 with every problem named by file and line."""
    try:
        return load_library(folder)
    except RuleProblems as refusal:
        for problem in refusal.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)


@law.command()
@folder
@as_json
def check(folder: Path, as_json: bool) -> None:
    """Check all documents: names, types, units, citations, dates, tests. Exit code 1 on errors."""
    try:
        library = load_library(folder)
        gc.freeze()  # a thousand documents stay as they are: no need to look through them again and again
        problems = check_library(library)
    except RuleProblems as refusal:
        problems = refusal.problems
    errors = [problem for problem in problems if problem.severity == "error"]

    def human() -> None:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"Ошибок {len(errors)}, замечаний {len(problems) - len(errors)}.")

    say([_plain(problem) for problem in problems], human, as_json)
    sys.exit(1 if errors else 0)


def _plain(problem: Problem) -> dict:
    keys = ("severity", "file", "line", "column", "what", "why", "what_to_do")
    return {key: getattr(problem, key) for key in keys}


@law.command()
@click.option("--measure", help="Only this measure.")
@folder
@as_json
def test(measure: str | None, folder: Path, as_json: bool) -> None:
    """Run the examples written in the documents. Exit code 1 when one fails."""
    results = run_examples(_library(folder), measure)
    failed = [result for result in results if not result.ok]

    def human() -> None:
        for result in failed:
            click.echo(f"{result.measure} «{result.name}»: {'; '.join(result.differences)}")
        click.echo(f"Примеров {len(results)}, не сошлось {len(failed)}.")

    plain = [{"measure": r.measure, "name": r.name, "ok": r.ok, "differences": list(r.differences)} for r in results]
    say(plain, human, as_json)
    sys.exit(1 if failed or not results else 0)


@law.command("list")
@folder
@as_json
def list_measures(folder: Path, as_json: bool) -> None:
    """List measures and their editions."""
    editions = [edition for rows in _library(folder).measures.values() for edition in rows]
    rows = [
        (e.id, e.document["code"], e.title, str(e.document["edition"]["from"]), len(e.measure.tests)) for e in editions
    ]

    def human() -> None:
        print_table("Меры", ["мера", "код", "название", "редакция с", "примеров"], rows)

    say([dict(zip(("measure", "code", "title", "from", "tests"), row, strict=True)) for row in rows], human, as_json)
