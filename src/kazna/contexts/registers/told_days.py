"""As of which day the statements of a source were told: what is sent unasked may come late and out of order."""

from __future__ import annotations

from collections.abc import Collection

from kazna.contexts.integration import public as integration
from kazna.contexts.registers.book import Book
from kazna.contexts.registers.models import Fact


def load_told_days(book: Book, sources: Collection[str]) -> None:
    """Fill the days of all that these sources told about the people in the book. Two queries."""
    statements = {
        entry.fact_id: (person_id, key)
        for person_id, told in book.facts.items()
        for key, entry in told.items()
        if entry.fact_id and entry.source in sources
    }
    if not statements:
        return
    found = Fact.objects.filter(fact_id__in=statements, document_id__isnull=False)
    documents = dict(found.values_list("fact_id", "document_id"))
    days = integration.told_days(document_ids=set(documents.values()))
    for fact_id, document_id in documents.items():
        if document_id in days:
            book.told_on[statements[fact_id]] = days[document_id]
