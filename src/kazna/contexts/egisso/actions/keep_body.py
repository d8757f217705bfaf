"""The card of a participant: opened, brought in line, closed; its certificates and main presence point."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from kazna.contexts.egisso import state
from kazna.contexts.egisso.actions.take_package import Receipt, take_package
from kazna.contexts.egisso.measures.drafts import clean
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.models import Body, RegisterRecord

POINTS = "10.15.I/1.0.4"


def bodies(*, region: str = "") -> list[Body]:
    """Participants by code; of one region when it is given."""
    found = Body.objects.order_by("code")
    return list(found.filter(territory=region) if region else found)


def body(code: str) -> Body | None:
    return Body.objects.filter(pk=code).first()


def put_body(*, code: str, title: str, region: str, oktmo: str, on: date) -> None:
    """Open a participant or bring its card in line."""
    Body.objects.update_or_create(
        code=code,
        defaults={"title": title, "territory": region, "oktmo": oktmo, "closed_on": None},
        create_defaults={"title": title, "territory": region, "oktmo": oktmo, "recorded_on": on},
    )


def close_body(*, code: str, on: date) -> None:
    """From the day on its packages are refused."""
    Body.objects.filter(pk=code).update(closed_on=on)


def set_certificates(*, code: str, digests: Sequence[str], withdrawn: Sequence[str] = ()) -> None:
    """SHA-256 digests of the certificates the body signs with, and of those it has withdrawn."""
    Body.objects.filter(pk=code).update(certificates=sorted(set(digests)), withdrawn=sorted(set(withdrawn)))


def next_code(region: str) -> str:
    """The first code of a region that nobody has: 00RR.NNNNNN."""
    taken = list(Body.objects.filter(code__startswith=f"00{region}.").values_list("code", flat=True))
    return f"00{region}.{max((int(one[5:]) for one in taken), default=1) + 1:06d}"


def put_point(card: dict[str, Any], *, provider: str, on: date, now: datetime) -> Receipt:
    """Record a presence point as an official 10.15.I package; the first one becomes the main one."""
    known = state.known_in_tables(on, to_record=True)
    ident = str(uuid4())
    whole = clean({**card, "id": ident, "body": provider, "changed_at": f"{now:%Y-%m-%dT%H:%M:%S}Z"})
    message = to_bytes(package(POINTS, str(uuid4()), [("presencePoint", whole)]))
    receipt = take_package(
        message, known=known, provider=provider, on=on, received_at=now, file_name=f"point-{ident}.xml"
    )
    if receipt.accepted:
        Body.objects.filter(pk=provider, point_id__isnull=True).update(point_id=UUID(ident))
    return receipt


def points(code: str) -> list[RegisterRecord]:
    """Presence points of a body, live ones."""
    return list(RegisterRecord.objects.filter(kind="point", key=code, removed_on__isnull=True).order_by("recorded_on"))


def applications(*, besides: Collection[UUID] = ()) -> list[RegisterRecord]:
    """A thousand of the applications that came as 10.11.I, the earliest first, without those known already."""
    fresh = RegisterRecord.objects.filter(kind="application").exclude(pk__in=besides)
    return list(fresh.order_by("recorded_on", "id")[:1000])
