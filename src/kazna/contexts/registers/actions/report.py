"""Record facts that come from inside: an award, a consent, an officer's finding."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.contracts import AccountRefused, NewFact, UnknownFactKind
from kazna.contexts.registers.entries import Entry
from kazna.contexts.registers.load_book import load_book
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.pages import close_page
from kazna.contexts.registers.precedence import kinds_and_precedences
from kazna.contexts.registers.save_book import Changes
from kazna.events.cause import Cause
from kazna.plumbing.outbox import publish_many


def report(facts: Sequence[NewFact], *, source: str, on: date, cause: Cause) -> list[UUID]:
    """Record facts from inside the platform and publish one FactsChanged; return fact ids in the order given.

    A fact that repeats the current one word for word changes nothing; one that another source contradicts is settled
    by the precedence of its kind or waits for an officer (ConflictFound). Raises UnknownFactKind, AccountRefused.
    """
    return report_pages([(facts, cause)], source=source, on=on)[0]


@transaction.atomic
def report_pages(pages: Sequence[tuple[Sequence[NewFact], Cause]], *, source: str, on: date) -> list[list[UUID]]:
    """Like `report` for many causes at once: one FactsChanged per page that says something new.

    One reading and one writing for all pages; facts of a page see those of the pages before.
    """
    kinds, precedences = kinds_and_precedences()
    _check_kinds({fact.kind for facts, _ in pages for fact in facts}, kinds)
    _check_accounts(fact.value for facts, _ in pages for fact in facts if fact.kind == "person.account")
    people = {p for facts, _ in pages for f in facts for p in (f.subject_id, f.object_id) if p}
    book, changes = load_book(Mentions(person_ids=people), precedences), Changes()
    ids = [_write_page(book, changes, facts, source=source, on=on, cause=cause) for facts, cause in pages]
    publish_many(changes.save())
    return ids


def _write_page(
    book: Book, changes: Changes, facts: Sequence[NewFact], *, source: str, on: date, cause: Cause
) -> list[UUID]:
    book.begin()
    entries = [
        Entry(f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, dict(f.value), source)
        for f in facts
    ]
    for entry in entries:
        known = book.facts[entry.subject_id].get(entry.key)
        if known != entry:
            book.put(entry)
    seed = f"{source}/{cause.document_id}/{cause.received_at.isoformat()}"
    close_page(book, changes, on=on, cause=cause, seed=seed)
    ids = [book.facts[entry.subject_id][entry.key].fact_id for entry in entries]
    return [fact_id for fact_id in ids if fact_id]


def _check_accounts(values: Iterable[Mapping[str, Any]]) -> None:
    """Money is sent by these two fields: under another name they would be kept and never read."""
    for value in values:
        for field, digits, title in (("bik", 9, "БИК"), ("account", 20, "номер счёта")):
            given = value.get(field)
            if not (isinstance(given, str) and re.fullmatch(rf"[0-9]{{{digits}}}", given)):
                known = ", ".join(sorted(value)) or "ничего"
                raise AccountRefused(reason=f"{title} — {digits} цифр в поле «{field}»; названы поля: {known}")


def _check_kinds(kinds: set[str], known: Collection[str]) -> None:
    if known:
        for kind in sorted(kinds - known):
            raise UnknownFactKind(kind=kind)
