"""`kazna law agree`: the same answers from every back end, person by person, for every measure."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar
from kazna.kernel.places import LAW, VAR
from kazna.rules import RuleProblems, load_library
from kazna.rules.compile.agreement import BACKENDS, DATABASES
from kazna.rules.compile.proof import Agreement, Proof


@click.command()
@click.option("--people", type=click.IntRange(1), default=1000, show_default=True, help="People of each measure.")
@click.option("--measures", help="Only these measures, separated by commas.")
@click.option(
    "--backends", default=",".join((*BACKENDS, *DATABASES)), show_default=True, help="Back ends, separated by commas."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other people.")
@click.option(
    "--processes", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes; all cores unless said."
)
@click.option("--law", "folder", type=click.Path(path_type=Path), default=LAW, help="Folder of documents.")
@as_json
def agree(
    people: int, measures: str | None, backends: str, seed: int, processes: int, folder: Path, as_json: bool
) -> None:
    """Compare every back end with the exact interpreter on trial people. Exit code 1 on any difference.

    A back end that cannot say a rule refuses the edition: it is named, with the reason, and differs in nothing.

    What has been proven for an edition, its parameters and these settings is kept and not computed again.
    """
    wanted = tuple(backends.split(","))
    strange = [name for name in wanted if name not in {**BACKENDS, **DATABASES}]
    if strange:
        raise click.UsageError(f"Исполнителя «{strange[0]}» нет. Есть: {', '.join((*BACKENDS, *DATABASES))}.")
    try:
        library = load_library(folder)
    except RuleProblems as refusal:
        for problem in refusal.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    chosen = [edition for rows in library.measures.values() for edition in rows]
    if measures is not None:
        names = set(measures.split(","))
        lacking = sorted(names - library.measures.keys())
        if lacking:
            raise click.UsageError(f"Меры «{lacking[0]}» нет; список мер: kazna law list.")
        chosen = [edition for edition in chosen if edition.id in names]
    agreement = Agreement(library, folder, people, seed, wanted, VAR / "agree", processes)
    with progress_bar("сверка исполнителей", hidden=as_json) as advance:
        proofs = list(agreement.prove(chosen, advance))
    _show(proofs, people, as_json)
    sys.exit(1 if any(proof.differences for proof in proofs) else 0)


def _show(proofs: list[Proof], people: int, as_json: bool) -> None:
    def human() -> None:
        rows = [
            (proof.measure, proof.states.get("granted", 0), proof.states.get("refused", 0),
             proof.states.get("unknown", 0), proof.differences)
            for proof in proofs
        ]  # fmt: skip
        print_table("Сверка исполнителей", ["мера", "положено", "отказ", "неизвестно", "расхождений"], rows)
        for proof in proofs:
            for text in (*proof.shown, *proof.refused.values()):
                click.echo(text)
        count = sum(proof.differences for proof in proofs)
        click.echo(f"Мер {len(proofs)}, людей на каждую {people}, расхождений {count}.")

    plain = [
        {"measure": p.measure, "edition": p.digest, "people": p.people, "states": p.states,
         "differences": p.differences, "shown": p.shown, "refused": p.refused}
        for p in proofs
    ]  # fmt: skip
    say(plain, human, as_json)
