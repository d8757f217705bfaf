"""The response of 10.11.I: what became of an application to the register of participants."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from kazna.contexts.egisso.messages.protocol import moment
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.egisso.messages.write import answer_root, document, to_bytes
from kazna.contexts.egisso.models import RegisterRecord

MESSAGE = "10.11.I/1.0.3"
ACCEPTED, REFUSED = "1", "2"  # appResult
SPACE = UUID("2f0d5a1c-7a0e-5a55-9a55-0a6d7d1f10b1")  # own namespace of ids of bodies
LONGEST_NUMBER = 10**9


def application_answer(ident: UUID, *, code: str, reason: str, submitted_at: datetime, decided_at: datetime) -> bytes:
    """Accepted when `code` was given, else refused with the reason; the same decision gives the same bytes.

    The number of an application is ours (own_): its year and digits of its id.
    """
    told: Plain = {
        "appID": str(ident), "appNum": f"{submitted_at:%Y}.{ident.int % LONGEST_NUMBER}",
        "appResult": ACCEPTED if code else REFUSED, "appDate": moment(decided_at), "comment": reason[:500] or None,
    }  # fmt: skip
    if code:
        card = RegisterRecord.objects.get(pk=ident, kind="application").card["OSZinfo"]["insertion"]
        told["OSZinfo"] = {**card, "OSZID": str(uuid5(SPACE, code)), "OSZCode": code}
    return to_bytes(document(answer_root(MESSAGE), told))
