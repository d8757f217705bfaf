"""`kazna payments`: registers to the bank, statements back, and the proof that all sums agree."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.kernel.money import roubles_and_kopecks

SUMS = (
    "начислено", "к выплате", "в пути", "выплачено", "выплачено без права", "долг", "возвращено", "списано",
    "на сертификатах",
)  # fmt: skip


@click.group()
def payments() -> None:
    """Money: registers of credits, statements, reconciliation."""


@payments.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for registers.")
@as_json
def export(out: Path, as_json: bool) -> None:
    """Write the bank registers of credits that were made, one file each."""
    open_database()
    from kazna.contexts.payments import public as money

    written = money.export(folder=out)
    say({"registers": [str(p) for p in written]}, lambda: click.echo(f"Реестров {len(written)} в {out}."), as_json)


@payments.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def statement(files: tuple[Path, ...], as_json: bool) -> None:
    """Take in statements of the bank from files. Exit code 1 when one was not accepted."""
    from kazna.cli.ingest import take_in_files

    receipts = take_in_files(files, agency="bank")

    def human() -> None:
        for receipt in receipts:
            click.echo(f"{receipt.file}: {receipt.status}")

    say([asdict(receipt) for receipt in receipts], human, as_json)
    sys.exit(1 if any(receipt.status == "quarantined" for receipt in receipts) else 0)


@payments.command()
@as_json
def verify(as_json: bool) -> None:
    """Decisions = obligations = orders = ledger = registers = statements. Exit code 1 on any difference."""
    open_database()
    from kazna.contexts.cases import public as cases
    from kazna.contexts.payments import public as money

    decided = {
        measure: money.Decided(row.awards, row.amount_kopecks, row.stopped)
        for measure, row in cases.cash_totals().items()
    }
    found = money.verify(decided=decided)
    totals = {measure: asdict(row) for measure, row in money.totals().items()}

    def human() -> None:
        rows = [(name, *map(roubles_and_kopecks, row.values())) for name, row in totals.items()]
        print_table("Деньги по мерам", ["мера", *SUMS], rows)
        for discrepancy in found:
            click.echo(str(discrepancy))
        click.echo("Все суммы сходятся до копейки." if not found else f"Расхождений: {len(found)}.")

    say({"totals": totals, "discrepancies": [asdict(discrepancy) for discrepancy in found]}, human, as_json)
    sys.exit(1 if found else 0)


@payments.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def reconcile(file: Path, as_json: bool) -> None:
    """Compare registers with the Treasury's statement, to the kopeck. Exit code 1 on any difference.

    The file: CSV with `;` and columns дата;документ;кбк;сумма (ISO day, number of a register, twenty digits, roubles).
    """
    open_database()
    from kazna.contexts.payments import public as money

    try:
        found = money.reconcile(path=file)
    except money.StatementRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal

    def human() -> None:
        for problem in (*found.refused, *map(str, found.differences)):
            click.echo(problem)
        click.echo(
            f"Строк {found.rows}, не прочитано {len(found.refused)}, расхождений {len(found.differences)}, "
            f"сошлось {roubles_and_kopecks(found.kopecks)}."
        )

    say(asdict(found), human, as_json)
    sys.exit(1 if found.refused or found.differences else 0)


@payments.command()
@click.argument("snils")
@click.option(
    "--share", "shares", nargs=2, type=(str, int), multiple=True, required=True, help="СНИЛС and whole share."
)
@click.option("--by-inheritance", is_flag=True, help="By a certificate of inheritance, after six months.")
@as_json
def heirs(snils: str, shares: tuple[tuple[str, int], ...], by_inheritance: bool, as_json: bool) -> None:
    """Pay what a dead person did not live to receive to the family or the heirs.

    For example: kazna payments heirs 11223344595 --share 22334455600 2 --share 33445566784 1
    """
    open_database()
    from kazna.contexts.payments import public as money
    from kazna.contexts.registers import public as people
    from kazna.kernel.identifiers import plain_snils
    from kazna.plumbing import clock

    def person(text: str) -> UUID:
        found = people.person_by_snils(plain_snils(text))
        if found is None:
            raise click.ClickException(f"Человека с номером, который кончается на {text[-2:]}, в регистре нет.")
        return found.person_id

    try:
        made = money.pay_heirs(
            recipient_id=person(snils),
            shares={person(heir): part for heir, part in shares},
            by_inheritance=by_inheritance,
            on=clock.today(),
        )
    except money.HeirsRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    say({"orders": made}, lambda: click.echo(f"Выплат наследникам: {made}."), as_json)


@payments.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", required=True, help="Who pays and executes, for example sfr-77.")
@as_json
def writs(file: Path, body: str, as_json: bool) -> None:
    """Enter enforcement documents from a table; officers confirm each. Exit code 1 when a row was not entered.

    The file: CSV with `;` and columns снилс;требование;вид;номер;выдан;кем;взыскатель;бик;счёт, then any of
    инн;доля;в месяц;долг;процент;с;по;минимум (ISO days, roubles, a share as 1/4; claims by codes of law/levy.yaml).
    """
    open_database()
    from kazna.contexts.payments import public as money
    from kazna.plumbing import clock

    try:
        found = money.enter_writs(path=file, body=body, by=f"файл {file.name}"[:150], on=clock.today())
    except money.StatementRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal

    def human() -> None:
        for problem in found.refused:
            click.echo(problem)
        click.echo(f"Строк {found.rows}, введено документов {found.entered}, не принято {len(found.refused)}.")

    say(asdict(found), human, as_json)
    sys.exit(1 if found.refused else 0)
