"""Reads: rights as contracts, cards of measures."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.measures import library as law
from kazna.contexts.measures.contracts import EditionCard, MeasureCard, Missing, Right
from kazna.contexts.measures.models import FoundRight
from kazna.kernel.places import LAW
from kazna.kernel.quick_json import read_json
from kazna.plumbing.codec import uuid_of
from kazna.plumbing.session.prepared import Prepared
from kazna.rules import Edition

RIGHT = ", ".join(
    f'r."{name}"'
    for name in (
        "id", "measure", "release_id", "edition_digest", "subject_id", "recipient_id", "state", "amount_kopecks",
        "first_day", "last_day", "mode", "body", "applied_on", "governing_date", "summary", "fact_ids", "trigger", "on",
        "roles", "missing", "sentences", "trace", "answer_id",
    )
)  # fmt: skip
RIGHTS = f"SELECT {RIGHT} FROM measures_right r WHERE r.id = ANY(%s)"
STANDINGS = Prepared(f"""
    SELECT {RIGHT} FROM measures_standing s JOIN measures_right r ON r.id = s.right_id
    WHERE s.recipient_id = $1 OR (s.subject_id = $1 AND s.subject_id <> s.recipient_id) ORDER BY s.measure, s.id
""")
ANSWERS = "SELECT id, sentences, trace FROM measures_answer WHERE id = ANY(%s)"


def rights(right_ids: Iterable[UUID]) -> dict[UUID, Right]:
    """Rights by id. Thousands at a time: rows as they come, what they have in common made once."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [list(right_ids)])
        return {right.id: right for right in _rights(cursor.fetchall())}


def rights_of(person_id: UUID) -> list[Right]:
    """Where a person stands with each measure, as subject or recipient: the last evaluation of each."""
    return _rights(STANDINGS.rows(person_id))


def _rights(rows: Sequence[tuple[Any, ...]]) -> list[Right]:
    """`rows` as RIGHT has them, with what many share."""
    answers: dict[UUID | None, tuple[str, str]] = {}
    if shared := list({row[-1] for row in rows if row[-1]}):
        with connection.cursor() as cursor:
            cursor.execute(ANSWERS, [shared])
            answers = {answer: said for answer, *said in cursor.fetchall()}
    return [_right(*row[:-3], *answers.get(row[-1], row[-3:-1])) for row in rows]


def _right(  # type: ignore[no-untyped-def]
    id, measure, release_id, edition_digest, subject_id, recipient_id, state, amount_kopecks, first_day, last_day,
    mode, body, applied_on, governing_date, summary, fact_ids, trigger, on, roles, missing, sentences, trace,
) -> Right:  # fmt: skip
    told, conditions = _trace(trace)
    return Right(
        **_of_edition(release_id, edition_digest),
        id=id,
        measure=measure,
        edition_digest=edition_digest,
        release_digest=release_id,
        roles={role: uuid_of(person) for role, person in read_json(roles).items()},
        subject_id=subject_id,
        recipient_id=recipient_id,
        state=state,
        amount_kopecks=amount_kopecks,
        first_day=first_day,
        last_day=last_day,
        mode=mode,
        body=body,
        applied_on=applied_on,
        governing_date=governing_date,
        missing=tuple(
            Missing(**{**item, "person_id": UUID(item["person_id"]) if item["person_id"] else None})
            for item in (json.loads(missing) if missing != "[]" else ())
        ),
        summary=summary,
        sentences=_sentences(sentences),
        conditions=conditions,
        trace=told,
        fact_ids=tuple(fact_ids),
        trigger=trigger,
        on=on,
    )


@lru_cache(maxsize=256)
def _trace(text: str) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """With its conditions. Many people's traces are letter for letter the same; nobody writes into them."""
    trace = json.loads(text)
    return trace, tuple(trace.get("conditions", ()))


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=512)
def _of_edition(release_id: str, digest: str) -> dict[str, Any]:
    """What a right has of its edition."""
    release = law.release(release_id)
    edition = release.edition_by_digest(digest)
    document = edition.document
    return {
        "code": document["code"],
        "title": document["title"],
        "short_title": document["short_title"],
        "kind": document["kind"],
        "level": document["level"],
        "edition_from": document["edition"]["from"],
        "form": document["form"],
        "period": document["period"],
        "law": tuple(citations(edition)),
        "passport": {**release.passport(edition), "exclusions": document.get("exclusions", [])},
    }


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
