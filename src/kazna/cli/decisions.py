"""`kazna decisions`: check a decision's file, write one."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, say


@click.group()
def decisions() -> None:
    """Decisions as sealed files."""


@decisions.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@as_json
def verify(file: Path, as_json: bool) -> None:
    """Check the seal of a PDF and its machine-readable part against the register. Exit code 1 when it does not hold."""
    open_database()
    from kazna.contexts.cases import public as cases

    checked = cases.check_paper(file.read_bytes())
    known = cases.paper_known(checked.number, checked.sha256[:12]) if checked.document else None
    is_same = known is not None and known.sha256 == checked.sha256

    def human() -> None:
        click.echo(_verdict(checked.is_sealed, checked.is_whole, checked.is_trusted, is_same))
        if checked.document:
            click.echo(f"Решение № {checked.number}, отпечаток {checked.sha256}")
        if checked.signed_at:
            click.echo(f"Подписал: {checked.signer}, {checked.signed_at:%d.%m.%Y %H:%M %Z}")
        if known and known.is_replaced:
            click.echo("Позже это решение заменено или прекращено другим.")

    plain = {
        "number": checked.number,
        "sha256": checked.sha256,
        "sealed": checked.is_sealed,
        "whole": checked.is_whole,
        "trusted": checked.is_trusted,
        "in_register": is_same,
        "replaced": bool(known and known.is_replaced),
    }
    say(plain, human, as_json)
    sys.exit(0 if checked.holds and is_same else 1)


@decisions.command()
@click.argument("decision_id", type=click.UUID)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write the PDF.")
def paper(decision_id: UUID, out: Path) -> None:
    """Write a decision as a sealed PDF with decision.json inside."""
    open_database()
    from kazna.contexts.cases import public as cases

    out.write_bytes(cases.sealed(decision_id=decision_id))
    click.echo(f"Записано: {out}")


def _verdict(is_sealed: bool, is_whole: bool, is_trusted: bool, is_same: bool) -> str:
    if not is_sealed:
        return "В файле нет подписи: это не электронное решение. Попросите исходный файл."
    if not is_whole:
        return "Файл изменён после подписания: верить ему нельзя."
    if not is_trusted:
        return "Файл подписан не печатью этой системы: верить ему нельзя."
    if not is_same:
        return "Подпись верна, но такого решения в реестре нет: сверьте, та ли это база."
    return "Подпись верна, решение есть в реестре."
