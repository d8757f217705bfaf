"""Facts of assignment → files of 10.06.S 1.1.0 packages, at most 1000 records each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

from lxml import etree

from kazna.contexts.integration.contracts import AssignmentFact
from kazna.contexts.integration.egisso.fact_xml import (
    BASIC,
    FACT,
    PACKAGE,
    PERSON,
    SMEV,
    FactRefused,
    add_fact,
)
from kazna.contexts.integration.egisso.validate import MESSAGE, package_remarks
from kazna.contexts.integration.writers.elements import add, to_bytes

MOST_RECORDS = 1000
PACKAGES = UUID("6b3f0b0e-53a5-5c0b-9a55-0a6d7d1f2c10")  # own namespace of package ids
NOT_SENT = "not-sent.json"


def write_packages(facts: Iterable[AssignmentFact], out_dir: Path) -> list[Path]:
    """Write the facts in their order and return the package files; equal facts give equal bytes.

    Each package passes the official schema before it is written, and only one is held in memory.
    A fact that cannot be sent yet (a newborn without СНИЛС) does not hold the others: it is listed
    with its reason in not-sent.json beside the packages, which is written every time.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    not_sent: list[dict[str, str]] = []
    paths: list[Path] = []
    for chunk in _chunks(facts):
        if sendable := list(_sendable(chunk, not_sent)):
            path = out_dir / f"10.06.S-1.1.0-{len(paths) + 1:05d}.xml"
            paths.append(_write(to_bytes(package(sendable)), path))
    _write(json.dumps(not_sent, ensure_ascii=False, indent=1).encode(), out_dir / NOT_SENT)
    return paths


def package(facts: list[AssignmentFact]) -> etree._Element:
    """One package; its id follows from its facts. Raises FactRefused."""
    root = etree.Element(
        f"{{{MESSAGE}}}data",
        nsmap={"ns": MESSAGE, "pac": PACKAGE, "af": FACT, "prsn": PERSON, "basic": BASIC, "smev": SMEV},
    )
    block = add(root, PACKAGE, "package")
    add(block, PACKAGE, "packageId", str(uuid5(PACKAGES, " ".join(str(fact.award_id) for fact in facts))))
    elements = add(block, PACKAGE, "elements")
    for fact in facts:
        add_fact(elements, fact)
    return root


def _sendable(facts: list[AssignmentFact], not_sent: list[dict[str, str]]) -> Iterator[AssignmentFact]:
    """The facts that pass; when the whole chunk does, none is checked on its own."""
    if _refusal(facts) is None:
        yield from facts
        return
    for fact in facts:
        if reason := _refusal([fact]):
            not_sent.append({"award": str(fact.award_id), "reason": reason})
        else:
            yield fact


def _refusal(facts: list[AssignmentFact]) -> str | None:
    try:
        found = package_remarks(package(facts))
    except FactRefused as refusal:
        return str(refusal)
    return str(found[0]) if found else None


def _chunks(facts: Iterable[AssignmentFact]) -> Iterator[list[AssignmentFact]]:
    rest = iter(facts)
    while chunk := list(islice(rest, MOST_RECORDS)):
        yield chunk


def _write(payload: bytes, path: Path) -> Path:
    """A reader never sees half a file."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(payload)
    os.replace(fresh, path)
    return path
