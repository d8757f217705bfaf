"""Take packages in from the command line and show how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kazna.cli.egisso.paths import is_archive, uploads_of
from kazna.cli.output import say

if TYPE_CHECKING:
    from kazna.contexts.egisso.public import Finding, Known, Receipt

CHANGES_STATE = ("10.05.I", "10.01.O", "10.03.O")


def take(
    paths: Iterable[Path],
    *,
    provider: str,
    on: date | None,
    only: tuple[str, ...] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> Iterator[Receipt]:
    """A receipt per package, in the order of the files. `only` names the messages that the command takes."""
    from django.utils import timezone

    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    day = on or today()
    known: Known | None = None
    for path in paths:
        for name, payload, said in _sources(path, provider, day):
            if said:
                yield egisso.refused(name, said)
                continue
            known = known or egisso.known(day, to_record=True)
            if only and (refused := egisso.not_of(payload, only, name)):
                yield refused
                continue
            receipt = egisso.take_package(
                payload, known=known, provider=provider, on=day, received_at=timezone.now(), file_name=name
            )
            if receipt.message.startswith(CHANGES_STATE):
                known = None
            yield receipt
        progress(1)


def _sources(path: Path, provider: str, on: date) -> Iterator[tuple[str, bytes | Path, Finding | None]]:
    """Packages of a file, each with what already speaks against it."""
    from kazna.contexts.egisso import public as egisso

    if not is_archive(path):
        yield path.name, path, egisso.unsigned(provider, on=on)
        return
    try:
        uploads = uploads_of(path)
    except egisso.ArchiveRefused as refusal:
        yield path.name, b"", refusal.finding
        return
    for upload in uploads:
        said = upload.refusal
        said = said or egisso.signature_of(upload, provider=provider, on=on)
        yield upload.name, upload.payload, said


def show(receipts: list[Receipt], protocols: Path | None, as_json: bool) -> None:
    """Print the outcome, write the protocols, leave with 1 when something was rejected."""
    if protocols:
        protocols.mkdir(parents=True, exist_ok=True)
        for receipt in receipts:
            if receipt.protocol:
                (protocols / f"{Path(receipt.file_name).stem}.protocol.xml").write_bytes(receipt.protocol)
    say([plain(receipt) for receipt in receipts], lambda: _human(receipts), as_json)
    sys.exit(1 if any(receipt.is_refused or receipt.rejected for receipt in receipts) else 0)


def plain(receipt: Receipt) -> dict[str, Any]:
    return {
        "file": receipt.file_name, "message": receipt.message or None, "package_id": receipt.package_id or None,
        "records": receipt.records, "accepted": receipt.accepted,
        "refusals": [one.plain() for one in receipt.refusals],
        "rejected": [one.plain() for one in receipt.rejected],
    }  # fmt: skip


def _human(receipts: list[Receipt]) -> None:
    for receipt in receipts:
        click.echo(f"{receipt.file_name} {receipt.message}: принято {receipt.accepted} из {receipt.records}")
        for said in receipt.refusals:
            click.echo(f"  пакет отклонён, {said.rule_code}: {said.message}. {said.what_to_do}")
        for record in receipt.rejected[:20]:
            for said in record.findings:
                click.echo(f"  запись {record.number} {record.record_id or ''}, {said.rule_code}: {said.message}")
        if len(receipt.rejected) > 20:
            click.echo(f"  … и ещё отклонено {len(receipt.rejected) - 20}; все в протоколе")
