"""Write what the documents of a delivery changed: one statement per table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.book import Book
from kazna.contexts.registers.disputes import kinds_told
from kazna.contexts.registers.entries import Act, Card, Claim, Doubt, Entry
from kazna.contexts.registers.keys import content_id
from kazna.contexts.registers.linkage import meeting_sql
from kazna.contexts.registers.models import Conflict, Suspect
from kazna.contexts.registers.vitrines import withhold
from kazna.events.cause import Cause
from kazna.events.registers import ConflictFound, FactsChanged

FACTS = """
    INSERT INTO registers_fact
        (id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on, annulled)
    SELECT id, kind, subject_id, object_id, thing, valid_from, valid_to, value, source, document_id, known_on, annulled
    FROM jsonb_to_recordset(%s::jsonb) AS r(
        n int, id uuid, kind text, subject_id uuid, object_id uuid, thing text, valid_from date, valid_to date,
        value jsonb, source text, document_id uuid, known_on date, annulled bool)
    ORDER BY n
"""
CARD_COLUMNS = (
    "person_id uuid, snils text, birth_act text, surname text, forename text, patronymic text, birth_date date,"
    " sex text, died_on date, territory text, address text, merged_into uuid"
)
RELEASE_SNILS = "UPDATE registers_person SET snils = NULL WHERE id = ANY(%s)"
CARDS = f"""
    INSERT INTO registers_person
        (id, snils, birth_act, surname, forename, patronymic, birth_date, sex, died_on, territory, address, merged_into)
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r({CARD_COLUMNS})
    ON CONFLICT (id) DO UPDATE SET
        snils = EXCLUDED.snils, birth_act = EXCLUDED.birth_act, surname = EXCLUDED.surname,
        forename = EXCLUDED.forename, patronymic = EXCLUDED.patronymic, birth_date = EXCLUDED.birth_date,
        sex = EXCLUDED.sex, died_on = EXCLUDED.died_on, territory = EXCLUDED.territory,
        address = EXCLUDED.address, merged_into = EXCLUDED.merged_into
"""
NAMES = """
    INSERT INTO registers_known_name (person_id, sort_key, birth_date)
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(person_id uuid, sort_key text, birth_date date)
    ON CONFLICT DO NOTHING
"""
DROP_NAMES = "DELETE FROM registers_known_name WHERE person_id = ANY(%s)"
ACTS = """
    INSERT INTO registers_known_act (key, version, person_ids)
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS r(key text, version bigint, person_ids jsonb)
    ON CONFLICT (key) DO UPDATE SET version = EXCLUDED.version, person_ids = EXCLUDED.person_ids
"""

BY_PRECEDENCE = "precedence"  # who settled a conflict that the catalogue settles


@dataclass(frozen=True, slots=True)
class Page:
    """What one document changed, ready to be written."""

    rows: tuple[tuple[UUID, Entry], ...]
    corrects: bool
    on: date
    cause: Cause


class Changes:
    """Pages of the documents recorded so far, and the cards, acts and matters for an officer with them."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.cards: dict[UUID, Card] = {}
        self.acts: dict[str, Act] = {}
        self.claims: list[tuple[Claim, Page]] = []
        self.doubts: list[tuple[Doubt, Page]] = []
        self.names: set[tuple[UUID, str, date]] = set()

    def take_page(self, book: Book, *, on: date, cause: Cause, seed: str) -> Page:
        """Close the document at work in the book. `seed` makes ids of its facts: its digest."""
        rows, corrects = [], False
        for before, now in sorted(book.changed_entries(), key=_reading_order):
            fact_id = content_id(seed, now.subject_id, now.key, now.valid_from, now.valid_to, now.value, now.annulled)
            book.facts[now.subject_id][now.key] = replace(now, fact_id=fact_id)
            rows.append((fact_id, now))
            corrects = corrects or before is not None
        page = Page(tuple(rows), corrects, on, cause)
        self.pages.append(page)
        self.cards |= {person_id: book.cards[person_id] for person_id in book.cards_before}
        self.acts |= {key: book.acts[key] for key in book.acts_before}
        self.names |= book.names_added
        return page

    def open_claims(self, claims: Sequence[Claim], page_of: Cause, on: date) -> list[Claim]:
        """Those of the claims that no officer has settled yet."""
        if not claims:
            return []
        page = Page((), False, on, page_of)
        ids = {_conflict_row((claim, page))[0].id: claim for claim in claims}
        known = set(Conflict.objects.filter(id__in=ids, settled_on__isnull=False).values_list("id", flat=True))
        return [claim for conflict_id, claim in ids.items() if conflict_id not in known and not claim.rule]

    def save(self) -> list[FactsChanged | ConflictFound]:
        """Write everything; return the events to publish, in the order of the documents."""
        with connection.cursor() as cursor:
            self._save_cards(cursor)
            rows = self._fact_rows()
            lent = withhold(rows)
            _insert(cursor, FACTS, rows)
            integration.lend_answers((one.fact_id, one.value, one.keep_until) for one in lent)
            _insert(cursor, ACTS, [_act_row(key, self.acts[key]) for key in sorted(self.acts)])
            self._renew_meeting_keys(cursor)
        found = self._save_matters()
        return [event for page in self.pages if page.rows for event in [_facts_changed(page)]] + found

    def _save_cards(self, cursor: Any) -> None:
        merged = [card.person_id for card in self.cards.values() if card.merged_into]
        if merged:
            cursor.execute(RELEASE_SNILS, [merged])
            cursor.execute(DROP_NAMES, [merged])
        _insert(cursor, CARDS, [asdict(self.cards[person_id]) for person_id in sorted(self.cards, key=str)])
        names = [row for row in sorted(self.names, key=str) if row[0] not in merged]
        _insert(cursor, NAMES, [{"person_id": p, "sort_key": n, "birth_date": b} for p, n, b in names])

    def _renew_meeting_keys(self, cursor: Any) -> None:
        """Those whose card or papers changed are met under new keys."""
        papers = {e.subject_id for page in self.pages for _, e in page.rows if e.kind == "person.document"}
        if people := papers | set(self.cards):
            cursor.execute(meeting_sql.FORGET, {"ids": list(people)})
            cursor.execute(meeting_sql.REFRESH, {"ids": list(people)})

    def _fact_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "n": number, "id": fact_id, "kind": entry.kind, "subject_id": entry.subject_id,
                "object_id": entry.object_id, "thing": entry.thing, "valid_from": entry.valid_from,
                "valid_to": entry.valid_to, "value": entry.value, "source": entry.source,
                "document_id": page.cause.document_id, "known_on": page.on, "annulled": entry.annulled,
            }
            for number, (page, fact_id, entry) in enumerate(
                (page, fact_id, entry) for page in self.pages for fact_id, entry in page.rows
            )
        ]  # fmt: skip

    def _save_matters(self) -> list[ConflictFound]:
        conflicts = {row.id: (row, page) for row, page in map(_conflict_row, self.claims)}
        known = set(Conflict.objects.filter(id__in=conflicts).values_list("id", flat=True)) if conflicts else set()
        fresh = [pair for conflict_id, pair in conflicts.items() if conflict_id not in known]
        _create(Conflict, [row for row, _ in fresh])
        _create(Suspect, list({row.id: row for row in map(_suspect_row, self.doubts)}.values()))
        return [
            ConflictFound(row.id, row.person_id, row.kind, page.on, page.cause)
            for row, page in fresh
            if row.settled_on is None
        ]


def _reading_order(change: tuple[Entry | None, Entry]) -> tuple[str, ...]:
    entry = change[1]
    return entry.kind, str(entry.subject_id), entry.source, entry.thing


def _insert(cursor: Any, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        cursor.execute(statement, [json.dumps(rows, ensure_ascii=False, default=str)])


def _create(model: type[Model], rows: Iterable[Model]) -> None:
    model.objects.bulk_create(rows, ignore_conflicts=True)  # type: ignore[attr-defined]


def _act_row(key: str, act: Act) -> dict[str, Any]:
    return {"key": key, "version": act.version, "person_ids": sorted(map(str, act.person_ids))}


def _facts_changed(page: Page) -> FactsChanged:
    people = dict.fromkeys(p for _, e in page.rows for p in (e.subject_id, e.object_id) if p)
    return FactsChanged(
        person_ids=tuple(people),
        kinds=tuple(sorted(kinds_told(entry for _, entry in page.rows))),
        fact_ids=tuple(fact_id for fact_id, _ in page.rows),
        corrects=page.corrects,
        on=page.on,
        cause=page.cause,
    )


def _conflict_row(found: tuple[Claim, Page]) -> tuple[Conflict, Page]:
    claim, page = found
    entry = claim.entry
    told = json.loads(json.dumps(asdict(entry), ensure_ascii=False, default=str))
    row = Conflict(
        id=content_id("conflict", claim.person_id, claim.known_fact_id, told),
        person_id=claim.person_id,
        kind=entry.kind,
        known_fact_id=claim.known_fact_id,
        claim_fact_id=content_id("claim", claim.known_fact_id, told),
        claim=told,
        source=entry.source,
        document_id=page.cause.document_id,
        found_on=page.on,
    )
    if claim.rule:
        row.settled_on, row.settled_by, row.reason = page.on, BY_PRECEDENCE, claim.rule
    return row, page


def _suspect_row(found: tuple[Doubt, Page]) -> Suspect:
    doubt, page = found
    first, second = sorted((doubt.person_id, doubt.other_id), key=str)
    return Suspect(
        id=content_id("suspect", first, second),
        person_id=first,
        other_id=second,
        reason=doubt.reason,
        document_id=page.cause.document_id,
        found_on=page.on,
    )
