"""`kazna ingest`: take in messages from files, folders and archives."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kazna.cli.database import open_database
from kazna.cli.output import as_json, print_table, say
from kazna.cli.progress import progress_bar

if TYPE_CHECKING:
    from kazna.contexts.registers.contracts import Receipt

CONTENT_TYPES = {".xml": "application/xml", ".zip": "application/zip", ".json": "application/json"}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--agency", help="Who sent them: zags, fri, sfr, mvd, fns, szn, bank, epgu. By default by the kind.")
@click.option("--quarantined", is_flag=True, help="List what is in quarantine instead.")
@click.option("--resubmit", type=click.UUID, help="Put the one file given in place of this quarantined document.")
@as_json
def ingest(paths: tuple[Path, ...], agency: str | None, quarantined: bool, resubmit, as_json: bool) -> None:
    """Take in XML documents, folders of them and zip archives.

    Each document is stored, checked and turned into facts, or quarantined with a readable reason;
    one bad document does not hold the others. Exit code: 0 all accepted, 1 something in quarantine.
    """
    if quarantined:
        _list_quarantine(as_json)
        return
    if not paths:
        raise click.UsageError("name at least one file or folder")
    if resubmit:
        receipts = _resubmit(resubmit, paths)
    else:
        with progress_bar("Приём документов", hidden=as_json) as advance:
            receipts = take_in_files(_files(paths), agency=agency, progress=advance)
    say([asdict(receipt) for receipt in receipts], lambda: _show(receipts), as_json)
    sys.exit(1 if any(receipt.status == "quarantined" for receipt in receipts) else 0)


def take_in_files(files: Sequence[Path], *, agency: str | None, progress=None) -> list[Receipt]:
    """Take in files one delivery each; a baseline of the legacy register goes its own, bulk way."""
    open_database()
    from kazna.cli.baseline import is_baseline, load_baseline
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock

    receipts: list[Receipt] = []
    for done, path in enumerate(files, 1):
        if is_baseline(path):
            receipts.append(load_baseline(path))
        else:
            receipts += registers.take_in(
                payload=path.read_bytes(),
                agency=agency,
                file_name=path.name,
                content_type=CONTENT_TYPES.get(path.suffix.lower(), "application/octet-stream"),
                on=clock.today(),
                received_at=datetime.now(UTC),
            )
        if progress:
            progress(done, len(files))
    return receipts


def _files(paths: Iterable[Path]) -> list[Path]:
    return [
        file
        for path in paths
        for file in (sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path])
    ]


def _resubmit(document_id, paths: Sequence[Path]) -> list[Receipt]:
    if len(paths) != 1:
        raise click.UsageError("--resubmit takes exactly one corrected file")
    open_database()
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock

    return registers.take_in_again(
        document_id=document_id,
        payload=paths[0].read_bytes(),
        file_name=paths[0].name,
        on=clock.today(),
        received_at=datetime.now(UTC),
    )


def _list_quarantine(as_json: bool) -> None:
    open_database()
    from kazna.contexts.integration import public as integration

    found = list(integration.quarantined(limit=1000))

    def human() -> None:
        for document in found:
            click.echo(f"{document.document_id} {document.agency} {document.file_name}")
            for remark in document.remarks:
                click.echo(f"  {remark.where}: {remark.what} {remark.why} {remark.what_to_do}")
        click.echo(f"В карантине: {len(found)}.")

    say([document.plain() for document in found], human, as_json)


def _show(receipts: Sequence[Receipt]) -> None:
    for receipt in receipts:
        for remark in receipt.remarks:
            click.echo(f"{receipt.file} — {remark['where']}: {remark['what']} {remark['why']} {remark['what_to_do']}")
    print_table("Итог", ["состояние", "документов"], sorted(Counter(r.status for r in receipts).items()))
