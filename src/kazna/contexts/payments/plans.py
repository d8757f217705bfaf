"""What waits for people: help in kind to be given, money of the dead, what the post brings on which day, recalls."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, Sum

from kazna.contexts.payments.certificates import Provision
from kazna.contexts.payments.debts import Recall
from kazna.contexts.payments.models import RegisterLine
from kazna.kernel.periods import month_end

# What waits is found by an index of what waits, not among all orders.
INHERITANCES = """
    SELECT p.person_id, p.died_on, o.payments, o.kopecks
    FROM (SELECT recipient_id, count(*)::int AS payments, sum(amount_kopecks)::bigint AS kopecks FROM payments_order
          WHERE waits IN ('held', 'returned') AND (%(of)s::uuid IS NULL OR recipient_id = %(of)s::uuid)
          GROUP BY recipient_id) o
    JOIN payments_payee p ON p.person_id = o.recipient_id
    WHERE p.died_on IS NOT NULL ORDER BY p.died_on, p.person_id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """Goods, a service or a privilege an award gives; `given_on` None: not given yet."""

    award_id: UUID
    measure: str
    form: str
    recipient_id: UUID
    first_day: date
    last_day: date | None
    given_on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Money a person did not live to receive."""

    recipient_id: UUID
    died_on: date
    payments: int
    kopecks: int


@dataclass(frozen=True, slots=True)
class PostDay:
    """What a post office («101») brings on a day: people and kopecks."""

    day: date
    office: str
    people: int
    kopecks: int


@dataclass(frozen=True, slots=True)
class RecallView:
    """A payment asked back from the bank; `is_back`: it came."""

    recipient_id: UUID
    died_on: date
    month: date
    kopecks: int
    made_on: date
    sent_on: date | None
    is_back: bool
    problem: str


def provisions(
    *, given: bool, limit: int, after: tuple[date, UUID] | None = None, body: str = ""
) -> list[ProvisionView]:
    """The oldest first, of a body or of all; `after`: (first_day, award_id) of the last shown."""
    found = Provision.objects.filter(given_on__isnull=not given, **({"body": body} if body else {}))
    if after:
        found = found.filter(Q(first_day__gt=after[0]) | Q(first_day=after[0], award_id__gt=after[1]))
    names = tuple(ProvisionView.__slots__)
    return [ProvisionView(*row) for row in found.order_by("first_day", "award_id").values_list(*names)[:limit]]


def inheritances(*, limit: int = 200, of: UUID | None = None) -> list[Inheritance]:
    """Dead people whose payments wait, the earliest death first; or `of` one person."""
    with connection.cursor() as cursor:
        cursor.execute(INHERITANCES, {"of": of, "limit": limit})
        return [Inheritance(*row) for row in cursor.fetchall()]


def inheritances_told(_place: tuple[str, str]) -> list[dict[str, Any]]:
    """The same as plain data, as it is kept for the page."""
    return [asdict(one) for one in inheritances()]


def post_plan(*, first: date, last: date) -> list[PostDay]:
    """What the post was told to bring within the days (inclusive), by day and office."""
    lines = RegisterLine.objects.filter(delivery_on__gte=first, delivery_on__lte=last)
    rows = lines.values("delivery_on", "register__bik").annotate(
        people=Count("recipient_id", distinct=True), kopecks=Sum("amount_kopecks")
    )
    return [
        PostDay(row["delivery_on"], row["register__bik"].removeprefix("post-"), row["people"], row["kopecks"])
        for row in rows.order_by("delivery_on", "register__bik")
    ]


def post_month(place: tuple[str, str]) -> list[dict[str, Any]]:
    """The plan of a month («2026-03») as plain data, as it is kept for the page."""
    first = date.fromisoformat(f"{place[1]}-01")
    return [asdict(one) for one in post_plan(first=first, last=month_end(first))]


def recalls(*, limit: int = 200, body: str = "") -> list[RecallView]:
    """Asked back after a death, the newest first, of a body or of all."""
    found = Recall.objects.filter(body=body) if body else Recall.objects.all()
    rows = found.select_related("order").order_by("-made_on", "order_id")[:limit]
    return [
        RecallView(
            row.recipient_id,
            row.died_on,
            row.order.month,
            row.kopecks,
            row.made_on,
            row.sent_on,
            row.order.state == "returned",
            row.problem,
        )
        for row in rows
    ]
