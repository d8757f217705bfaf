"""Reads: rights as contracts, cards of measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import EditionCard, MeasureCard, Missing, Right
from kazna.contexts.measures.models import FoundRight, Standing
from kazna.kernel.places import LAW
from kazna.rules import Edition


def rights(right_ids: Iterable[UUID]) -> dict[UUID, Right]:
    return {row.id: to_right(row) for row in FoundRight.objects.filter(pk__in=list(right_ids))}


def rights_of(person_id: UUID) -> list[Right]:
    """Where a person stands with each measure, as subject or recipient: the last evaluation of each."""
    standings = Standing.objects.filter(recipient_id=person_id) | Standing.objects.filter(subject_id=person_id)
    return [to_right(standing.right) for standing in standings.select_related("right").order_by("measure", "id")]


def to_right(row: FoundRight) -> Right:
    release = law.release(row.release_id)
    edition = release.edition_by_digest(row.edition_digest)
    document = edition.document
    return Right(
        id=row.id,
        measure=row.measure,
        code=document["code"],
        title=document["title"],
        short_title=document["short_title"],
        kind=document["kind"],
        level=document["level"],
        edition_digest=row.edition_digest,
        edition_from=document["edition"]["from"],
        release_digest=row.release_id,
        roles={role: UUID(person) for role, person in row.roles.items()},
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        state=row.state,
        amount_kopecks=row.amount_kopecks,
        first_day=row.first_day,
        last_day=row.last_day,
        form=document["form"],
        period=document["period"],
        mode=row.mode,
        body=row.body,
        applied_on=row.applied_on,
        governing_date=row.governing_date,
        missing=tuple(
            Missing(**{**item, "person_id": UUID(item["person_id"]) if item["person_id"] else None})
            for item in row.missing
        ),
        summary=row.summary,
        sentences=tuple(row.sentences),
        conditions=tuple(row.trace.get("conditions", ())),
        trace=row.trace,
        fact_ids=tuple(row.fact_ids),
        law=tuple(citations(edition)),
        passport={**release.passport(edition), "exclusions": document.get("exclusions", [])},
        trigger=row.trigger,
        on=row.on,
    )


def granted(right_ids: Collection[UUID]) -> set[tuple[str, UUID]]:
    """(measure, subject) of those of these rights that are granted."""
    found = FoundRight.objects.filter(id__in=right_ids, state="granted")
    return set(found.values_list("measure", "subject_id"))


def citations(edition: Edition) -> list[str]:
    """«Федеральный закон … № 81-ФЗ, статьи 11 и 12» for each act the edition cites."""
    entries: Iterable[Mapping[str, Any]] = edition.document["law"].values()
    return [", ".join(filter(None, (entry["act"], entry.get("place")))) for entry in entries]


def measures_list() -> list[MeasureCard]:
    return [_card(editions) for _, editions in sorted(law.current().measures.items())]


def released_measures() -> list[MeasureCard]:
    """As the release has the law, without what was published since; asks no database."""
    return [_card(editions) for _, editions in sorted(law.load(LAW).measures.items())]


def measure(measure_id: str) -> MeasureCard | None:
    editions = law.current().measures.get(measure_id)
    return _card(editions) if editions else None


def _card(editions: list[Edition]) -> MeasureCard:
    newest = editions[-1].document
    return MeasureCard(
        measure=newest["measure"],
        code=newest["code"],
        title=newest["title"],
        short_title=newest["short_title"],
        level=newest["level"],
        editions=tuple(
            EditionCard(e.digest, e.document["edition"]["from"], e.document["edition"].get("to"), e.document)
            for e in reversed(editions)
        ),
    )


def counts() -> dict[str, dict[str, int]]:
    """Rights found last, by measure and state; from a view, so that every role sees the same figures."""
    table: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT measure, state, number FROM measures_counts ORDER BY measure, state")
        for measure_id, state, number in cursor.fetchall():
            table.setdefault(measure_id, {})[state] = number
    return table
