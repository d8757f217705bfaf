"""Applications that came as 10.11.I: they join the queue of the operator, and what was decided is answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kazna.contexts.egisso import public as egisso
from kazna.contexts.suppliers.actions.apply import submit
from kazna.contexts.suppliers.models import Application
from kazna.kernel.errors import DomainError

SOURCE = "10.11.I"


class OnlyNewBodies(DomainError):
    sentence = "Сообщением принимается только новый участник; изменить карточку или закрыть её просите отделение."


def take_in_messages(*, now: datetime, region_of: dict[str, str]) -> int:
    """Those not seen before are submitted or refused with a reason; return how many were submitted.

    `region_of`: region by the first two digits of ОКТМО. For the powers of the intake: it sees all regions.
    """
    known = set(Application.objects.filter(source=SOURCE).values_list("id", flat=True))
    count = 0
    for record in egisso.participants.applications(besides=known):
        info = record.card["OSZinfo"]
        told = _submitted(info.get("insertion") or info.get("modification") or info["exclusion"], region_of)
        try:
            if "insertion" not in info:
                raise OnlyNewBodies
            submit(**told, source=SOURCE, number=record.id, now=now)
            count += 1
        except DomainError as refusal:  # the sender reads the reason in its answer
            Application.objects.create(
                **told, id=record.id, source=SOURCE, submitted_at=now, state="refused", answer=str(refusal),
                decided_at=now,
            )  # fmt: skip
    return count


def message_answers() -> Iterator[tuple[Application, bytes]]:
    """The response of 10.11.I for every application that came as a message and is decided, by the day of decision."""
    decided = Application.objects.filter(source=SOURCE, decided_at__isnull=False).order_by("decided_at", "id")
    for one in decided.iterator():
        yield one, message_answer(one)


def message_answer(decided: Application) -> bytes:
    """The response of 10.11.I: accepted with the code given, or refused with the reason."""
    assert decided.decided_at is not None
    return egisso.participants.application_answer(
        decided.id, code=decided.code, reason=decided.answer, submitted_at=decided.submitted_at,
        decided_at=decided.decided_at,
    )  # fmt: skip


def _submitted(body: dict[str, Any], region_of: dict[str, str]) -> dict[str, str]:
    """What an application keeps of the message; a change or a closing tells less."""
    title = body.get("title") or body.get("OSZCode", "")
    oktmo = body.get("territories", {}).get("OKTMOcode", [""])[0]
    return {
        "title": title, "inn": body.get("inn", ""), "ogrn": body.get("ogrn", ""), "oktmo": oktmo,
        "region": region_of.get(oktmo[:2], ""), "contact": (body.get("shortitle") or title)[:200],
        "email": body.get("EMail", ""), "address": body.get("address", ""),
    }  # fmt: skip
