"""The door of payments: what was paid to whom, where the money is, whether all records agree."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from kazna.contexts.payments import queries
from kazna.contexts.payments.adapters.credit_register import RegisterChanged, payload_of
from kazna.contexts.payments.contracts import (
    Decided,
    Discrepancy,
    HoldReason,
    Obligation,
    OrderState,
    PaymentView,
    RegisterView,
    StatementRefused,
    Totals,
)
from kazna.contexts.payments.lifecycle import TITLES, mermaid
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.reconciliation import discrepancies
from kazna.contexts.registers import public as people
from kazna.contexts.registers.public import Receipt

__all__ = [
    "TITLES",
    "Decided",
    "Discrepancy",
    "HoldReason",
    "Obligation",
    "OrderState",
    "PaymentView",
    "RegisterChanged",
    "RegisterView",
    "StatementRefused",
    "Totals",
    "accept_statement",
    "counts",
    "export",
    "mermaid",
    "obligations_of",
    "orders_of",
    "payments_of",
    "quarantined_lines",
    "registers",
    "totals",
    "verify",
]


def payments_of(*, person_id: UUID, limit: int = 100, after: tuple[date, UUID] | None = None) -> list[PaymentView]:
    """Payments to or about a person, newest month first; `after` is (month, order_id) of the last shown."""
    return queries.payments_of(person_id, limit, after)


def orders_of(*, award_id: UUID) -> list[PaymentView]:
    """Payments of one award, by month and attempt."""
    return queries.orders_of(award_id)


def obligations_of(*, person_id: UUID) -> list[Obligation]:
    """What is owed to a person by each award: the next payment day and what was paid so far."""
    return queries.obligations_of(person_id)


def registers(*, limit: int = 50, after: str = "") -> list[RegisterView]:
    """Registers of credits, newest first; `after` is the number of the last one shown."""
    return queries.registers(limit, after)


def quarantined_lines(*, limit: int = 100) -> list[dict[str, object]]:
    """Statement lines that matched nothing of ours, newest first, each with its problem."""
    return queries.quarantined_lines(limit)


def totals() -> dict[str, Totals]:
    """Where the money of each measure is, by the ledger."""
    return queries.totals()


def counts() -> dict[str, dict[str, tuple[int, int]]]:
    """{"orders"/"registers"/"statement_lines": {state: (pieces, kopecks)}}."""
    return queries.counts()


def verify(*, decided: Mapping[str, Decided] | None = None) -> list[Discrepancy]:
    """Compare obligations, orders, ledger, registers and statements; empty when all agree.

    `decided`: cash awards by measure as cases count them, to compare decisions with obligations too.
    """
    return list(discrepancies(decided))


def export(*, folder: Path) -> list[Path]:
    """Write every register as `register-<number>.xml`; the same registers give the same bytes.

    Raises RegisterChanged when one differs from what was sent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for register in Register.objects.order_by("number"):
        path = folder / f"register-{register.number}.xml"
        path.write_bytes(payload_of(register))
        written.append(path)
    return written


def accept_statement(*, path: Path, on: date, received_at: datetime) -> list[Receipt]:
    """Take a bank statement from a file as if the bank had sent it; what it says is applied by the worker.

    Raises StatementRefused when the file cannot be read.
    """
    try:
        payload = path.read_bytes()
    except OSError as problem:
        raise StatementRefused(reason=f"файл {path} не читается ({problem.strerror}).") from problem
    content_type = "application/zip" if path.suffix == ".zip" else "application/xml"
    return people.take_in(
        payload=payload, agency="bank", file_name=path.name, content_type=content_type, on=on, received_at=received_at
    )
