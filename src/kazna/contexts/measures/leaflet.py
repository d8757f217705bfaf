"""The decision page of a measure: what an ordinary person asks, answered from the document and passport alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import Holder, Leaflet, LeafletSum
from kazna.rules import Edition, Library
from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.examples import read_examples

MOST_SUMS, MOST_EXAMPLES = 12, 3
KEPT = 10_000  # leaflets: 150 measures × the regions people look from


def leaflet(*, measure: str, region: str, on: date) -> Leaflet:
    """For a day and a region («» when not chosen). Raises NoEdition."""
    return _leaflet(law.folder(), measure, region, on)


@lru_cache(maxsize=KEPT)
def _leaflet(folder: Path, measure: str, region: str, on: date) -> Leaflet:
    """The same for everybody who looks, until the law changes: written once a process."""
    library = law.load(folder)
    edition = library.edition(measure, on)
    document, passport = edition.document, library.passport(edition)
    return Leaflet(
        measure=measure,
        title=edition.title,
        short_title=edition.short_title,
        level=document["level"],
        region=str(document.get("region") or ""),
        period=document["period"],
        body=passport["body"] if isinstance(passport["body"], str) else "",
        modes=tuple(_modes(passport["mode"])),
        decides=passport.get("decides", "rule"),
        conditions=tuple((one.title, edition.cite(one.citation)) for one in edition.measure.conditions),
        holders=tuple(_holders(edition)),
        questions=tuple(dict.fromkeys(one.question or one.title for one in _told_by_citizen(edition))),
        documents=tuple(passport.get("documents") or ()),
        decision_days=passport.get("decision_days"),
        payment_days=(passport.get("payment") or {}).get("first_within_working_days"),
        claim_within=str(passport.get("claim_within") or ""),
        sums=tuple(_sums(edition, region, on))[:MOST_SUMS],
        examples=tuple(_examples(library, edition, on))[:MOST_EXAMPLES],
        law=tuple(
            (", ".join(filter(None, (one["act"], one.get("place")))), bool(one.get("verified")))
            for one in document["law"].values()
        ),
        related=tuple(
            (one["note"], tuple(name for name in one.get("measures", ()) if name in library.measures))
            for one in passport.get("relations") or ()
        ),
    )


def _modes(mode: str | list[Mapping[str, Any]]) -> Iterator[str]:
    """Ways in which the measure is given, each once, the easiest first as the passport lists them."""
    yield from dict.fromkeys([mode] if isinstance(mode, str) else [one["mode"] for one in mode])


def _read(edition: Edition) -> Iterator[FactDefinition]:
    yield from edition.facts.values()
    for relation, fields in edition.relation_facts.items():
        for field in fields:
            if field in edition.relations[relation].facts:
                yield edition.relations[relation].facts[field]


def _told_by_citizen(edition: Edition) -> list[FactDefinition]:
    return [one for one in _read(edition) if one.cost == "citizen" or not one.holder]


def _holders(edition: Edition) -> Iterator[Holder]:
    """Who already knows what; the longest lists first."""
    found: dict[str, dict[str, None]] = {}
    for one in _read(edition):
        if one.holder and one.cost != "citizen":
            found.setdefault(one.holder, {})[one.title] = None
    for name, titles in sorted(found.items(), key=lambda pair: -len(pair[1])):
        yield Holder(name, tuple(titles))


def _sums(edition: Edition, region: str, on: date) -> Iterator[LeafletSum]:
    """Figures of money the rule reads that day: for the whole country and for the region chosen."""
    for name in edition.parameter_names:
        parameter = edition.parameters.get(name)
        if parameter is None or parameter.type.kind.name != "MONEY" or parameter.by not in (None, "region"):
            continue
        row = parameter.row(region if parameter.by else None, on)
        if row is not None and row.value is not None:
            yield LeafletSum(parameter.title, int(row.value), row.start, row.law, bool(parameter.by))


def _examples(library: Library, edition: Edition, on: date) -> Iterator[tuple[str, int]]:
    """Worked examples that come to money, the newest first: (in whose case, kopecks)."""
    found, _problems = read_examples(library, edition)
    paid = [one for one in found if one.expect.get("state") == "granted" and one.expect.get("amount")]
    for one in sorted(paid, key=lambda example: example.on, reverse=True):
        yield _plain(one.name), int(one.expect["amount"])


def _plain(name: str) -> str:
    """Without the number that methodologists give to examples: «EX-100 неработавший пенсионер»."""
    return name.partition(" ")[2] if name.startswith("EX-") else name
