"""A decision as a sealed PDF with its machine-readable part inside."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from kazna.contexts.cases.contracts import DecisionKind
from kazna.contexts.cases.documents import HEADINGS
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.spelling import canonical
from kazna.contexts.cases.wording import long_day
from kazna.contexts.measures import public as measures
from kazna.plumbing.declension import in_genitive
from kazna.plumbing.paper.seal import WHO, seal
from kazna.plumbing.paper.typeset import typeset

TEMPLATE = Path(__file__).with_suffix(".typ")
MACHINE = "decision.json"
CODE_LENGTH = 12
HEAD_LINES = 3  # number, body, heading: they stand in the head of the page


def code_of(sha256: str) -> str:
    """What is printed beside the number: with it a stranger may ask whether the paper is true."""
    return sha256[:CODE_LENGTH].upper()


def sealed_pdf(decision: Decision) -> bytes:
    """The paper of a decision: its text, a code and a QR to verify it, `decision.json` attached, sealed."""
    address = f"{settings.KAZNA_ADDRESS}/verify/"
    pdf = typeset(TEMPLATE, _data(decision, address), files={"qr.svg": _qr(decision, address)})
    return seal(pdf, reason=f"Решение № {decision.number}")


def _data(decision: Decision, address: str) -> dict[str, Any]:
    document = decision.document
    return {
        "title": f"Решение № {decision.number}",
        "body": document["body"]["title"],
        "heading": _heading(decision),
        "number": f"Решение № {decision.number} от {long_day(decision.on)}",
        "lines": document["lines"][HEAD_LINES:],
        "machine": canonical(document).decode(),
        "signer": WHO,
        "digest": decision.sha256,
        "address": address,
        "code": code_of(decision.sha256),
    }


def _heading(decision: Decision) -> str:
    """«О назначении пособия на погребение»; the machine-readable part keeps the title as the law has it."""
    law = measures.law_in_force()
    editions = law.measures.get(decision.measure)
    texts = law.passport(editions[-1]).get("texts") if editions else None
    link = " в размере или сроке" if decision.kind == DecisionKind.CORRECT else ""
    return f"{HEADINGS[DecisionKind(decision.kind)]}{link} {in_genitive(decision.title, texts)}"


def _qr(decision: Decision, address: str) -> bytes:
    import segno

    told = urlencode({"number": decision.number, "code": code_of(decision.sha256)})
    out = io.BytesIO()
    segno.make(f"{address}?{told}", error="m").save(out, kind="svg", border=0)
    return out.getvalue()


def machine_part(pdf: bytes) -> dict[str, Any] | None:
    """The document attached to a PDF; None when there is none or it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = PdfReader(io.BytesIO(pdf)).attachments.get(MACHINE)
        told = json.loads(found[0]) if found else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
