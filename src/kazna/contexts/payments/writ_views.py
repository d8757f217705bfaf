"""Enforcement documents as officers and debtors see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum

from kazna.contexts.payments.actions.keep_writs import left_of_debt
from kazna.contexts.payments.contracts import TransferState, WritState
from kazna.contexts.payments.levy_rules import rules
from kazna.contexts.payments.models import Obligation
from kazna.contexts.payments.writ_words import law_of, takes
from kazna.contexts.payments.writs import Transfer, Writ, WritPart, WritProposal
from kazna.plumbing.session.prepared import planned_once

SAME = (
    *("body", "debtor_id", "claim", "form", "number", "issued_on", "issued_by", "creditor_name", "creditor_inn"),
    *("creditor_bik", "creditor_account", "first_day", "last_day", "ended_from", "minimum_group", "minimum_kopecks"),
    *("source", "entered_by", "confirmed_by", "entered_on", "debt_kopecks"),
)


@dataclass(frozen=True, slots=True)
class TransferView:
    """A payment to a creditor; `account_end`: the last four digits it went to."""

    made_on: date
    register_number: str
    amount_kopecks: int
    account_end: str
    state: TransferState
    settled_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class WritChangeView:
    """What happened to a document; `by` kazna: time did it."""

    act: str
    after: WritState
    terms: Mapping[str, Any]
    paper: str
    by: str
    confirmed_by: str
    on: date


@dataclass(frozen=True, slots=True)
class WritProposalView:
    """What waits for the second officer."""

    act: str
    terms: Mapping[str, Any]
    paper: str
    proposed_by: str
    proposed_on: date


@dataclass(frozen=True, slots=True)
class WritView:
    """An enforcement document. `left_kopecks` None: no debt is named, or its creditor is paid currently only.

    `withheld_kopecks`: by it in all; `paid_kopecks`: credited to the creditor. `takes` and `law` are words.
    `last_day`: the first day on which nothing is claimed currently any more.
    """

    writ_id: UUID
    body: str
    debtor_id: UUID
    claim: str
    claim_title: str
    queue: int
    form: str
    number: str
    issued_on: date
    issued_by: str
    creditor_name: str
    creditor_inn: str
    creditor_bik: str
    creditor_account: str
    takes: str
    law: str
    first_day: date
    last_day: date | None
    state: WritState
    ended_from: date | None
    minimum_group: str
    minimum_kopecks: int | None
    may_keep_minimum: bool
    source: str
    entered_by: str
    confirmed_by: str
    entered_on: date
    debt_kopecks: int | None
    left_kopecks: int | None
    withheld_kopecks: int
    paid_kopecks: int
    has_returned: bool
    proposals: tuple[WritProposalView, ...] = ()
    transfers: tuple[TransferView, ...] = ()
    changes: tuple[WritChangeView, ...] = ()


@dataclass(frozen=True, slots=True)
class Unlevied:
    """A measure a debtor is paid that is not levied, and why not."""

    measure: str
    reason: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class WithheldByWrit:
    """What one document took from one payment."""

    order_id: UUID
    writ_id: UUID
    number: str
    kopecks: int
    law: str


def writs(*, state: str, limit: int, after: tuple[date, UUID] | None) -> list[WritView]:
    """The newest first; `waiting`: something is to be confirmed; `returned`: money came back from the creditor."""
    found = Writ.objects.all()
    if state == "waiting":
        found = found.filter(pk__in=WritProposal.objects.filter(state="open").values("writ_id"))
    elif state == "returned":
        found = found.filter(pk__in=Transfer.objects.filter(state="returned").values("writ_id"))
    elif state == "over":
        found = found.filter(state__in=["paid", "ended", "withdrawn", "refused"])
    elif state:
        found = found.filter(state__in=["confirmed", "active", "suspended"])
    if after is not None:
        found = found.filter(Q(entered_on__lt=after[0]) | Q(entered_on=after[0], id__gt=after[1]))
    return _views(list(found.order_by("-entered_on", "id")[:limit]), whole=False)


@planned_once()
def writs_of(debtor_id: UUID) -> list[WritView]:
    """Of one person: in force first, then the newest."""
    rows = Writ.objects.filter(debtor_id=debtor_id).exclude(state__in=["entered", "refused"])
    views = _views(list(rows.order_by("-issued_on", "id")), whole=True)
    return sorted(views, key=lambda one: one.state not in ("active", "confirmed", "suspended"))


def writ(writ_id: UUID) -> WritView | None:
    rows = list(Writ.objects.filter(pk=writ_id))
    return _views(rows, whole=True)[0] if rows else None


def withheld_of(order_ids: Collection[UUID]) -> dict[UUID, list[WithheldByWrit]]:
    """By order: which documents took how much of it; what was given back is left out."""
    found: dict[UUID, list[WithheldByWrit]] = {}
    if not order_ids:
        return found
    parts = (
        WritPart.objects.filter(order_id__in=list(order_ids))
        .values("order_id", "writ_id")
        .annotate(current=Sum("current_kopecks"), debt=Sum("debt_kopecks"))
        .order_by("order_id", "writ_id")
    )
    rows = list(parts)
    documents = {one.pk: one for one in Writ.objects.filter(pk__in={row["writ_id"] for row in rows})}
    for row in rows:
        kopecks, document = row["current"] + row["debt"], documents[row["writ_id"]]
        if kopecks:
            told = WithheldByWrit(row["order_id"], document.pk, document.number, kopecks, law_of(document))
            found.setdefault(row["order_id"], []).append(told)
    return found


def unlevied(debtor_id: UUID) -> list[Unlevied]:
    """Measures of a debtor that are not levied, those nobody named first."""
    law = rules()
    measures = Obligation.objects.filter(recipient_id=debtor_id).values_list("measure", flat=True).distinct()
    rows = [Unlevied(one, law.why_not(one), one in law.protected) for one in sorted(measures) if law.why_not(one)]
    return sorted(rows, key=lambda one: one.is_named)


def _views(rows: list[Writ], *, whole: bool) -> list[WritView]:
    if not rows:
        return []
    ids = [row.pk for row in rows]
    left, sums = left_of_debt(ids), _sums(ids)
    views = []
    for row in rows:
        claim = rules().claims[row.claim]
        withheld, paid, returned = sums.get(row.pk, (0, 0, False))
        same = {name: getattr(row, name) for name in SAME}
        views.append(
            WritView(
                writ_id=row.pk,
                claim_title=claim.title,
                queue=claim.queue,
                takes=takes(row),
                law=law_of(row),
                state=WritState(row.state),
                may_keep_minimum=claim.keeps_minimum,
                left_kopecks=left.get(row.pk),
                withheld_kopecks=withheld,
                paid_kopecks=paid,
                has_returned=returned,
                **same,
                **(_whole(row) if whole else {}),
            )
        )
    return views


def _whole(row: Writ) -> dict[str, Any]:
    return {
        "proposals": tuple(
            WritProposalView(one.act, one.terms, one.paper, one.proposed_by, one.proposed_on)
            for one in row.proposals.filter(state="open").order_by("id")
        ),
        "transfers": tuple(
            TransferView(
                one.made_on, one.register.number, one.amount_kopecks, one.account[-4:], TransferState(one.state),
                one.settled_on, one.return_reason,
            )
            for one in row.transfers.select_related("register").order_by("made_on", "id")
        ),
        "changes": tuple(
            WritChangeView(one.act, WritState(one.after), one.terms, one.paper, one.by, one.confirmed_by, one.on)
            for one in row.changes.order_by("id")
        ),
    }  # fmt: skip


def _sums(ids: list[UUID]) -> dict[UUID, tuple[int, int, bool]]:
    """Withheld, credited to the creditor, whether money of it came back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id, coalesce(p.kopecks, 0)::bigint, coalesce(t.credited, 0)::bigint, coalesce(t.returned, false)"
            " FROM payments_writ w LEFT JOIN LATERAL (SELECT sum(current_kopecks + debt_kopecks) AS kopecks"
            " FROM payments_writ_part WHERE writ_id = w.id) p ON true"
            " LEFT JOIN LATERAL (SELECT sum(amount_kopecks) FILTER (WHERE state = 'credited') AS credited,"
            " bool_or(state = 'returned') AS returned FROM payments_transfer WHERE writ_id = w.id) t ON true"
            " WHERE w.id = ANY(%s)",
            [ids],
        )
        return {row[0]: (int(row[1]), int(row[2]), bool(row[3])) for row in cursor.fetchall()}
