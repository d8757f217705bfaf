"""Facts of the register and their changes → package files, in the version of the line they were told in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import uuid5

from django.db import connection, transaction
from lxml import etree

from kazna.contexts.egisso.facts.changed import SPACE
from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.integration.public import schema_faults

MOST_RECORDS = 1000
NOT_SENT = "not-sent.json"
NEWEST = {"10.06.S": "10.06.S/1.1.0", "10.36.S": "10.36.S/2.0.0", "10.16.I": "10.16.I/1.0.2"}
FACTS = "SELECT 'fact.create', '', card FROM egisso_assignment WHERE line = %s ORDER BY id"
CHANGES = """
    SELECT action, ground, card FROM (
        SELECT action, ground, card, id, row_number() OVER (
            PARTITION BY assignment_id ORDER BY recorded_on, package_id NULLS FIRST, seq, id) AS round
        FROM egisso_change WHERE line = %s) c
    ORDER BY round, id
"""
Named = tuple[str, Plain]  # element of the album, record in our words


def export_facts(out_dir: Path, not_sent: list[dict[str, str]]) -> list[Path]:
    """Write every fact as it was first told, then its changes; return the files. Equal registers give equal bytes.

    A later change of a fact stands in a later package than an earlier one. What the schema refuses is listed with
    its reason in not-sent.json beside the packages, which is written every time; it does not hold the others.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for line in NEWEST:
        for statement in (FACTS, CHANGES):
            paths += write_packages(_told(statement, line), NEWEST[line], out_dir, not_sent, first=len(paths) + 1)
    _write(json.dumps(not_sent, ensure_ascii=False, indent=1).encode(), out_dir / NOT_SENT)
    return paths


def write_packages(
    records: Iterable[Named], key: str, out_dir: Path, not_sent: list[dict[str, str]], *, first: int = 1
) -> list[Path]:
    """Packages of at most a thousand records; only one is held in memory."""
    paths: list[Path] = []
    rest = iter(records)
    while chunk := list(islice(rest, MOST_RECORDS)):
        root = _sendable(chunk, key, not_sent)
        if root is not None:
            path = out_dir / f"{key.replace('/', '-')}-{first + len(paths):05d}.xml"
            paths.append(_write(to_bytes(root), path))
    return paths


def _told(statement: str, line: str) -> Iterator[Named]:
    """Rows of a statement by a server cursor, each with the name of its element."""
    names = _names(NEWEST[line])
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(statement, [line])
        for action, ground, card in cursor:
            name = names.get((action, ground)) or names[action, ""]
            yield name, json.loads(card) if isinstance(card, str) else card


def _names(key: str) -> dict[tuple[str, str], str]:
    return {(kind.action, kind.ground): name for name, kind in BY_KEY[key].kinds.items()}


def _package(records: list[Named], key: str) -> etree._Element:
    """Its id follows from its records."""
    return package(key, str(uuid5(SPACE, " ".join(str(record["id"]) for _, record in records))), records)


def _sendable(records: list[Named], key: str, not_sent: list[dict[str, str]]) -> etree._Element | None:
    """The package of the records that pass; when all of them do, none is checked on its own."""
    root = _package(records, key)
    if _refusal(root, key) is None:
        return root
    kept = []
    for record in records:
        if reason := _refusal(_package([record], key), key):
            not_sent.append({"award": str(record[1].get("fact_id") or record[1]["id"]), "reason": reason})
        else:
            kept.append(record)
    return _package(kept, key) if kept else None


def _refusal(root: etree._Element, key: str) -> str | None:
    rules = schema(BY_KEY[key].file)
    if rules.validate(root):
        return None
    found = schema_faults(rules.error_log)
    return str(found[0]) if found else "Запись не соответствует схеме."


def _write(payload: bytes, path: Path) -> Path:
    """A reader never sees half a file."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(payload)
    os.replace(fresh, path)
    return path
