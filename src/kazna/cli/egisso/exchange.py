"""`kazna egisso import|export`: packages in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kazna.cli.database import open_database
from kazna.cli.egisso.paths import files_of, from_body, given_day, plain_day
from kazna.cli.egisso.taking import show, take
from kazna.cli.egisso.workers import is_alone, take_beside
from kazna.cli.output import as_json, say
from kazna.cli.progress import progress_bar


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@given_day
@from_body
@click.option("--protocols", type=click.Path(file_okay=False, path_type=Path), help="Folder for official answers.")
@click.option("--workers", default=1, show_default=True, help="Processes for packages that only bring new facts.")
@as_json
def import_packages(
    files: tuple[Path, ...], on: Any, provider: str, protocols: Path | None, workers: int, as_json: bool
) -> None:
    """Take messages in (XML files, zip archives or folders of them): check, record what passes, answer.

    With several workers packages of new facts go first, beside each other; the others follow in the order of files.

    Exit code 1 when something is rejected. Packages taken before change nothing.
    """
    open_database()
    paths = files_of(files)
    with progress_bar("Приём пакетов", hidden=as_json) as advance:
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            advance(done, len(paths))

        receipts = []
        beside = [path for path in paths if is_alone(path)] if workers > 1 else []
        for receipt in take_beside(beside, provider=provider, on=plain_day(on), workers=workers) if beside else ():
            receipts.append(receipt)
            step(1)
        rest = [path for path in paths if path not in set(beside)]
        receipts += take(rest, provider=provider, on=plain_day(on), progress=step)
    show(receipts, protocols, as_json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@given_day
def answer(file: Path, out: Path, on: Any) -> None:
    """Answer a question: the subsistence minimum (10.23.I), a classifier (10.02.I), a person's measures (10.18.I)."""
    open_database()
    from kazna.contexts.egisso import public as egisso
    from kazna.kernel.errors import DomainError
    from kazna.plumbing.clock import today

    try:
        out.write_bytes(egisso.answer_question(file, on=plain_day(on) or today()))
    except DomainError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(str(out))


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for packages.")
@as_json
def export(out: Path, as_json: bool) -> None:
    """Write facts of assignment and their changes as packages of at most 1000 records of a kind each."""
    open_database()
    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    written = egisso.export(out, on=today())

    def human() -> None:
        click.echo(f"Пакетов {len(written)} в {out}.")

    say({"packages": [str(path) for path in written]}, human, as_json)
