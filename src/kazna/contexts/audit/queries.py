"""Reads of the journal, newest first, by key and never by offset."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kazna.contexts.audit.contracts import Entry
from kazna.contexts.audit.models import AuditEntry

BY_RULES = "rules"  # the role under which decisions without an officer are journalled


def looks_at(person_id: UUID, *, limit: int = 50, before: int | None = None) -> list[Entry]:
    """Which people touched this person's data, newest first; `before` is the seq of the last row already shown.

    Decisions by the rules are no looks: the person finds them among the decisions.
    """
    return _page(AuditEntry.objects.exclude(role=BY_RULES).filter(person_id=person_id), limit, before)


def entries(
    *,
    limit: int = 100,
    before: int | None = None,
    login: str = "",
    act: str = "",
    person_id: UUID | None = None,
    thing: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Entry]:
    """The journal, newest first: of one account, kind of act, person, thing, within moments `[since, until)`."""
    wanted: dict[str, object] = {
        "login": login, "act": act, "person_id": person_id, "thing": thing, "recorded_at__gte": since,
        "recorded_at__lt": until,
    }  # fmt: skip
    return _page(AuditEntry.objects.filter(**{name: value for name, value in wanted.items() if value}), limit, before)


def acts() -> list[str]:
    """Kinds of acts that ever happened, by skipping through the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE seen AS ((SELECT min(act) AS act FROM audit_entry) UNION ALL"
            " SELECT (SELECT min(act) FROM audit_entry e WHERE e.act > seen.act) FROM seen WHERE seen.act IS NOT NULL)"
            " SELECT act FROM seen WHERE act IS NOT NULL"
        )
        return [act for (act,) in cursor.fetchall()]


def _page(rows: QuerySet[AuditEntry], limit: int, before: int | None) -> list[Entry]:
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return [_contract(row) for row in rows.order_by("-seq")[:limit]]


def _contract(row: AuditEntry) -> Entry:
    return Entry(
        seq=row.seq,
        recorded_at=row.recorded_at,
        act=row.act,
        login=row.login,
        role=row.role,
        body=row.body,
        person_id=row.person_id,
        screen=row.screen,
        purpose=row.purpose,
        thing=row.thing,
    )
