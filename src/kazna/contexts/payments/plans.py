"""What waits for people: help in kind to be given, money of the dead, what the post brings on which day, recalls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, Sum

from kazna.contexts.payments.certificates import Provision
from kazna.contexts.payments.debts import Recall
from kazna.contexts.payments.models import Order, Payee, RegisterLine


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


def provisions(*, given: bool, limit: int, after: tuple[date, UUID] | None = None) -> list[ProvisionView]:
    """The oldest first; `after`: (first_day, award_id) of the last shown."""
    found = Provision.objects.filter(given_on__isnull=not given)
    if after:
        found = found.filter(Q(first_day__gt=after[0]) | Q(first_day=after[0], award_id__gt=after[1]))
    names = tuple(ProvisionView.__slots__)
    return [ProvisionView(*row) for row in found.order_by("first_day", "award_id").values_list(*names)[:limit]]


def inheritances(*, limit: int = 200) -> list[Inheritance]:
    """Dead people whose payments wait, the earliest death first."""
    waiting = Order.objects.filter(state__in=["held", "returned"]).values("recipient_id")
    sums = {row["recipient_id"]: row for row in waiting.annotate(n=Count("id"), kopecks=Sum("amount_kopecks"))}
    dead = Payee.objects.filter(person_id__in=list(sums), died_on__isnull=False).order_by("died_on", "person_id")
    return [
        Inheritance(one.person_id, one.died_on, sums[one.person_id]["n"], sums[one.person_id]["kopecks"])
        for one in dead[:limit]
        if one.died_on
    ]


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


def recalls(*, limit: int = 200) -> list[RecallView]:
    """Asked back after a death, the newest first."""
    rows = Recall.objects.select_related("order").order_by("-made_on", "order_id")[:limit]
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
