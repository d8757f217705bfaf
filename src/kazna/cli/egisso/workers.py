"""Packages by several processes: each reads the state once and takes one package at a time."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kazna.cli.database import SETTINGS

if TYPE_CHECKING:
    from kazna.contexts.egisso.public import Known, Receipt

CHANGES = (b"assignmentFactUuid>", b"factModificationUuid>", b"assignmentFactId>")
LARGEST = 64 * 1024 * 1024
_state: dict[str, Any] = {}


def is_alone(path: Path) -> bool:
    """True for a package that may be taken beside others: new facts only, so no other package has to come before it."""
    if path.suffix != ".xml" or path.stat().st_size > LARGEST:
        return False
    payload = path.read_bytes()
    is_of_facts = b"urn://egisso-ru/msg/10.06.S/" in payload[:4000] or b"urn://egisso-ru/msg/10.36.S/" in payload[:4000]
    return is_of_facts and not any(word in payload for word in CHANGES)


def begin(on: date | None, without_database: bool, to_record: bool) -> None:
    """Once per process: Django, and the state of the day."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # records are trees of dicts that die with their package
    if without_database:
        _state["known"] = egisso.known_without_database(on or date.today())
    else:
        _state["known"] = egisso.known(on or today(), to_record=to_record)


def known() -> Known:
    found: Known = _state["known"]
    return found


def take_one(path: Path, *, provider: str, on: date | None) -> Receipt:
    """Take one package in this process; its records are not carried back, only the rejected ones."""
    from django.utils import timezone

    from kazna.contexts.egisso import public as egisso
    from kazna.plumbing.clock import today

    return egisso.take_package(
        path, known=known(), provider=provider, on=on or today(), received_at=timezone.now(), file_name=path.name
    )


def take_beside(paths: list[Path], *, provider: str, on: date | None, workers: int) -> Iterator[Receipt]:
    """Receipts in the order of the files, taken by several processes."""
    with pool(workers, on, without_database=False, to_record=True) as processes:
        yield from processes.map(partial(take_one, provider=provider, on=on), paths)


def check_file(path: Path, known: Known, provider: str) -> Iterator[dict[str, Any]]:
    """A plain verdict per record; one with no record id for a file refused as a whole."""
    from kazna.contexts.egisso import public as egisso

    return egisso.check_upload(path.name, path, known=known, provider=provider)


def check_one(path: Path, *, provider: str) -> list[dict[str, Any]]:
    return list(check_file(path, known(), provider))


def check_beside(
    paths: list[Path], *, provider: str, on: date | None, without_database: bool, workers: int
) -> Iterator[list[dict[str, Any]]]:
    """Verdicts of each file, in their order."""
    with pool(workers, on, without_database=without_database, to_record=False) as processes:
        yield from processes.map(partial(check_one, provider=provider), paths)


def pool(workers: int, on: date | None, *, without_database: bool, to_record: bool) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=begin, initargs=(on, without_database, to_record)
    )
