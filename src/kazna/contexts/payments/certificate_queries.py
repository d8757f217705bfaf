"""Reads of electronic certificates: as sellers are told of them, and as people see their lives."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID

from kazna.contexts.integration.public import CertificateState
from kazna.contexts.payments.certificates import Certificate, CertificateUse
from kazna.contexts.payments.contracts import CertificateEnding, CertificateStage, CertificateStep, CertificateView
from kazna.plumbing.session.prepared import planned_once

# Statuses of our own, of the official shape.
WAITS, HOLDS, SPENT, LAPSED, BLOCKED, REVOKED = (f"OWNS000{n}" for n in range(6))
ENDINGS = {
    CertificateEnding.LAPSED: LAPSED,
    CertificateEnding.SPENT: SPENT,
    CertificateEnding.BLOCKED: BLOCKED,
    CertificateEnding.DIED: BLOCKED,
    CertificateEnding.REVOKED: REVOKED,
}
UNUSED, USED = "OWNU0000", "OWNU0001"


def certificate_state(number: str, award_id: UUID | None, on: date) -> CertificateState | None:
    """One that was issued; for sellers there is no other."""
    found = Certificate.objects.filter(issued_on__isnull=False)
    row = (found.filter(pk=number) if number else found.filter(award_id=award_id)).first()
    return _told(row, on) if row else None


@planned_once()
def certificates_of(person_id: UUID, on: date) -> list[CertificateState]:
    found = Certificate.objects.filter(recipient_id=person_id).order_by("-first_day", "-number")
    return [_told(row, on) for row in found]


def certificate(number: str, award_id: UUID | None) -> CertificateView | None:
    found = Certificate.objects.filter(pk=number) if number else Certificate.objects.filter(award_id=award_id)
    row = found.first()
    return _view(row, steps=True) if row else None


def certificates(*, body: str, state: str, limit: int, after: tuple[date, str] | None) -> list[CertificateView]:
    found = Certificate.objects.filter(body=body)
    if state:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(granted_on__lte=after[0]).exclude(granted_on=after[0], number__gte=after[1])
    return [_view(row, steps=False) for row in found.order_by("-granted_on", "-number")[:limit]]


def _told(row: Certificate, on: date) -> CertificateState:
    """A day that has passed, or an award that has ended, closes it before the work of the day did."""
    left = _left(row)
    if row.state == CertificateStage.CLOSED:
        status, since = ENDINGS[CertificateEnding(row.ending)], row.closed_on
    elif row.state == CertificateStage.WAITING:
        status, since = WAITS, row.granted_on
    elif row.stops_on is not None and on >= row.stops_on:
        status, since = BLOCKED, row.stops_on
    elif on > row.last_day:
        status, since = LAPSED, row.last_day
    elif left == 0:
        status, since = SPENT, max((use.taken_on for use in row.uses.all()), default=row.first_day)
    else:
        status, since = HOLDS, row.first_day
    return CertificateState(
        award_id=row.award_id,
        number=row.number,
        first_day=row.first_day,
        last_day=row.last_day,
        program=row.program,
        amount_kopecks=row.amount_kopecks,
        left_kopecks=left,
        goods=row.goods,
        usage=USED if row.used_kopecks else UNUSED,
        status=status,
        status_at=datetime.combine(since, time(), UTC),
        is_closed=row.state == CertificateStage.CLOSED,
    )


def _left(row: Certificate) -> int:
    return 0 if row.issued_on is None else row.amount_kopecks - row.used_kopecks - row.returned_kopecks


def _view(row: Certificate, *, steps: bool) -> CertificateView:
    return CertificateView(
        number=row.number,
        award_id=row.award_id,
        measure=row.measure,
        body=row.body,
        recipient_id=row.recipient_id,
        goods=row.goods,
        state=CertificateStage(row.state),
        ending=row.ending,
        granted_on=row.granted_on,
        first_day=row.first_day,
        last_day=row.last_day,
        amount_kopecks=row.amount_kopecks,
        used_kopecks=row.used_kopecks,
        left_kopecks=_left(row),
        returned_kopecks=row.returned_kopecks,
        steps=tuple(_steps(row)) if steps else (),
    )


def _steps(row: Certificate) -> list[CertificateStep]:
    """The latest first; on one day in the order in which they can only have been."""
    uses = list(row.uses.order_by("taken_on", "happened_at", "transaction_number"))
    late = [use for use in uses if use.kopecks < 0 and row.closed_on is not None and use.taken_on > row.closed_on]
    told = [CertificateStep(row.granted_on, "granted", row.amount_kopecks)]
    if row.issued_on is not None:
        told.append(CertificateStep(row.issued_on, "issued", row.amount_kopecks))
    told += [_use(row, use, "used" if use.kopecks > 0 else "back") for use in uses if use not in late]
    if row.closed_on is not None:
        told.append(CertificateStep(row.closed_on, row.ending, row.returned_kopecks + sum(use.kopecks for use in late)))
    told += [_use(row, use, "back_late") for use in late]
    return told[::-1]


def _use(row: Certificate, use: CertificateUse, kind: str) -> CertificateStep:
    return CertificateStep(
        use.taken_on, kind, abs(use.kopecks), row.goods.get(use.goods_code, use.goods_code), use.seller_name,
        use.full_kopecks - abs(use.kopecks),
    )  # fmt: skip
