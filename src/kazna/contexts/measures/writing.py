"""Rights and standings as rows: thousands enter by COPY, what is the same for many is spelt once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from kazna.contexts.measures.contracts import Missing
from kazna.contexts.measures.determine import Found
from kazna.contexts.measures.subjects import recipient_of, subject_of
from kazna.contexts.measures.withholding import asked_on_demand, without_answers
from kazna.plumbing.bulk import copy_rows, plain_json
from kazna.rules import Library

RIGHT = (
    "id", "measure", "edition_digest", "release_id", "roles", "subject_id", "recipient_id", "state", "amount_kopecks",
    "first_day", "last_day", "mode", "body", "applied_on", "as_of", "governing_date", "missing", "summary", "sentences",
    "trace", "trace_sha256", "fact_ids", "trigger", "on", "answer_id",
)  # fmt: skip
STANDING = (
    "measure", "subject_id", "recipient_id", "right_id", "roles", "state", "people", "awaits", "as_of", "ask_again_on",
)  # fmt: skip
SAID = slice(RIGHT.index("sentences"), RIGHT.index("trace") + 1)
RENEWED = ", ".join(f"{name} = EXCLUDED.{name}" for name in STANDING[3:])
RENEW = f"ON CONFLICT (measure, subject_id, recipient_id) DO UPDATE SET {RENEWED}"


def right_row(
    library: Library, found: Found, on: date, release: str, right_id: UUID, *, trigger: str, as_of: date | None = None
) -> tuple[Any, ...]:
    """What was found, in the order of `RIGHT`."""
    answer, outcome = found.answer, found.outcome
    lent = {fact.kind for fact in asked_on_demand(found)}
    trace = plain_json(without_answers(library, answer.trace, lent)) if lent else answer.trace_text
    return (
        right_id, found.edition.id, found.edition.digest, release, plain_roles(found.roles), subject_of(found.roles),
        recipient_of(found.roles), outcome.state, outcome.amount_kopecks, outcome.term_from, outcome.term_to,
        answer.mode, answer.body, found.applied_on, as_of, outcome.governing_date,
        plain_json([_plain(missing) for missing in found.missing]) if found.missing else "[]", answer.summary,
        answer.sentences_text, trace, answer.trace_sha256, list(found.fact_ids), trigger, on, None,
    )  # fmt: skip


def write_rights(rows: Iterable[tuple[Any, ...]]) -> None:
    """What several of them were answered in the same words is written once, and they point to it.

    Each batch writes its own: to look for an answer among all would make the batches wait for one another.
    """
    told = list(rows)
    times = Counter(row[SAID] for row in told)
    shared = {said: uuid4() for said, count in times.items() if count > 1}
    copy_rows("measures_answer", ("id", "sentences", "trace"), [(one, *said) for said, one in shared.items()])
    copy_rows("measures_right", RIGHT, [_pointing(row, shared.get(row[SAID])) for row in told])


def _pointing(row: tuple[Any, ...], answer: UUID | None) -> tuple[Any, ...]:
    return (*row[: SAID.start], None, None, *row[SAID.stop : -1], answer) if answer else row


def write_standings(rows: Iterable[tuple[Any, ...]]) -> None:
    """Each in place of what stood there before."""
    copy_rows("measures_standing", STANDING, rows, on_conflict=RENEW)


def plain_roles(roles: Mapping[str, UUID]) -> dict[str, str]:
    return {role: str(person) for role, person in roles.items()}


def _plain(missing: Missing) -> dict[str, Any]:
    return {
        "fact": missing.fact,
        "title": missing.title,
        "holder": missing.holder,
        "cost": missing.cost,
        "person_id": str(missing.person_id) if missing.person_id else None,
        "question": missing.question,
        "kind": missing.kind,
        "path": missing.path,
    }
