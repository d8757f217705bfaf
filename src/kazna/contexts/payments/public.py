"""The door of payments: what was paid to whom, where the money is, whether all records agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from kazna.contexts.integration.public import CertificateState, UseTold
from kazna.contexts.payments import budget, certificate_queries, of_person, plans, queries, writ_views
from kazna.contexts.payments.actions.decide_overpayment import OverpaymentRefused
from kazna.contexts.payments.actions.decide_overpayment import decide_overpayment as _decide_overpayment
from kazna.contexts.payments.actions.decide_overpayment import record_repayment as _record_repayment
from kazna.contexts.payments.actions.decide_overpayment import write_off as _write_off
from kazna.contexts.payments.actions.issue_certificates import ProvisionRefused
from kazna.contexts.payments.actions.issue_certificates import give_in_kind as _give_in_kind
from kazna.contexts.payments.actions.keep_to_limits import LimitRefused
from kazna.contexts.payments.actions.keep_to_limits import change_limit as _change_limit
from kazna.contexts.payments.actions.keep_writs import FORMS as WRIT_FORMS
from kazna.contexts.payments.actions.keep_writs import NewWrit, WritRefused, ask_minimum, enter_writ
from kazna.contexts.payments.actions.keep_writs import propose_act as propose_writ_act
from kazna.contexts.payments.actions.keep_writs import settle_proposal as _settle_writ
from kazna.contexts.payments.actions.pay_heirs import HeirsRefused, name_heirs, share_out
from kazna.contexts.payments.actions.pay_heirs import pay_heirs as _pay_heirs
from kazna.contexts.payments.actions.propose_debt import (
    propose_decision,
    propose_write_off,
    settle_debt_proposal,
)
from kazna.contexts.payments.actions.use_certificate import CertificateRefused, Purchase
from kazna.contexts.payments.actions.use_certificate import use_certificate as _use_certificate
from kazna.contexts.payments.adapters.credit_register import RegisterChanged, payload_of
from kazna.contexts.payments.adapters.signature import signature_of
from kazna.contexts.payments.adapters.writ_table import Entered
from kazna.contexts.payments.adapters.writ_table import enter_table as _enter_table
from kazna.contexts.payments.contracts import (
    BudgetLine,
    CertificateStep,
    CertificateView,
    Decided,
    Discrepancy,
    Fault,
    HoldReason,
    Inherited,
    Means,
    MonthOfBudget,
    Obligation,
    OrderState,
    OverpaymentState,
    OverpaymentView,
    PaymentView,
    RegisterView,
    StatementRefused,
    Totals,
    TransferState,
    WritState,
)
from kazna.contexts.payments.levy_rules import rules as levy_rules
from kazna.contexts.payments.lifecycle import TITLES, mermaid
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.reconciliation import discrepancies
from kazna.contexts.payments.sources import Doors
from kazna.contexts.payments.treasury import Compared, compare
from kazna.contexts.payments.writ_views import Unlevied, WithheldByWrit, WritView
from kazna.contexts.registers import public as people
from kazna.contexts.registers.public import Receipt
from kazna.events.cause import Cause

__all__ = [
    "TITLES",
    "WRIT_FORMS",
    "BudgetLine",
    "CertificateRefused",
    "CertificateStep",
    "CertificateView",
    "Compared",
    "Decided",
    "Discrepancy",
    "Entered",
    "Fault",
    "HeirsRefused",
    "HoldReason",
    "Inherited",
    "LimitRefused",
    "Means",
    "MonthOfBudget",
    "NewWrit",
    "Obligation",
    "OrderState",
    "OverpaymentRefused",
    "OverpaymentState",
    "OverpaymentView",
    "PaymentView",
    "ProvisionRefused",
    "RegisterChanged",
    "RegisterView",
    "StatementRefused",
    "Totals",
    "TransferState",
    "Unlevied",
    "WithheldByWrit",
    "WritRefused",
    "WritState",
    "WritView",
    "accept_statement",
    "ask_minimum",
    "budget_lines",
    "certificate",
    "certificate_state",
    "certificates",
    "certificates_of",
    "change_limit",
    "count_forecast",
    "counts",
    "decide_overpayment",
    "enter_writ",
    "enter_writs",
    "export",
    "forecast_counted_on",
    "give_in_kind",
    "inherited",
    "levy_rules",
    "mermaid",
    "months_of_budget",
    "name_heirs",
    "obligations_of",
    "orders_by_state",
    "orders_of",
    "overpayment",
    "overpayments",
    "overpayments_of",
    "pay_heirs",
    "payments_of",
    "plans",
    "propose_decision",
    "propose_writ_act",
    "propose_write_off",
    "quarantined_lines",
    "reconcile",
    "record_repayment",
    "registers",
    "returned",
    "settle_debt_proposal",
    "settle_writ",
    "share_out",
    "spending",
    "totals",
    "unlevied",
    "use_certificate",
    "verify",
    "withheld_of",
    "writ",
    "write_off",
    "writs",
    "writs_of",
]


def payments_of(*, person_id: UUID, limit: int = 100, after: tuple[date, UUID] | None = None) -> list[PaymentView]:
    """Payments to or about a person, newest month first; `after` is (month, order_id) of the last shown."""
    return of_person.payments_of(person_id, limit, after)


def returned(*, body: str, limit: int = 20) -> list[PaymentView]:
    """Payments of a body that came back and were not repeated, the latest first."""
    return queries.returned(body, limit)


def orders_of(*, award_id: UUID) -> list[PaymentView]:
    """Payments of one award, by month and attempt."""
    return queries.orders_of(award_id)


def obligations_of(*, person_id: UUID) -> list[Obligation]:
    """What is owed to a person by each award: the next payment day and what was paid so far."""
    return of_person.obligations_of(person_id)


def inherited(*, person_id: UUID) -> list[Inherited]:
    """Payments credited to a person for dead ones, the earliest first; told only to a viewer acting for the person."""
    return queries.inherited(person_id)


def registers(*, limit: int = 50, after: str = "") -> list[RegisterView]:
    """Registers of credits, newest first; `after` is the number of the last one shown."""
    return queries.registers(limit, after)


def quarantined_lines(*, limit: int = 100) -> list[dict[str, object]]:
    """Statement lines that matched nothing of ours, newest first, each with its problem."""
    return queries.quarantined_lines(limit)


def totals() -> dict[str, Totals]:
    """Where the money of each measure is, by the ledger."""
    return queries.totals()


def orders_by_state() -> dict[str, int]:
    """Orders of all bodies by state, from kept sums."""
    return queries.orders_by_state()


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
        payload = payload_of(register)
        path.write_bytes(payload)
        if signature := signature_of(payload):
            path.with_suffix(".xml.p7s").write_bytes(signature)
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


def overpayments_of(*, person_id: UUID) -> list[OverpaymentView]:
    """What a person was paid beyond the right, with months and what came back, oldest first."""
    return queries.overpayments(person_id=person_id, state="", limit=500, after=None)


def overpayments(
    *, state: str = "", limit: int = 50, after: tuple[date, UUID] | None = None, body: str = ""
) -> list[OverpaymentView]:
    """Overpayments the viewer may see, oldest first, without months; `after` is (found_on, id) of the last shown.

    `body` of the officer who looks: found among its own.
    """
    return queries.overpayments(person_id=None, state=state, limit=limit, after=after, body=body)


def overpayment(*, overpayment_id: UUID) -> OverpaymentView | None:
    """One overpayment with its months and recoveries; None when there is none or it is not for the viewer."""
    return queries.overpayment(overpayment_id)


def decide_overpayment(
    *,
    overpayment_id: UUID,
    fault: str,
    means: str,
    percent: int,
    monthly_kopecks: int | None,
    explanation: str,
    by: str,
    confirmed_by: str,
    on: date,
    cause: Cause,
) -> None:
    """Claim an overpayment or let the person keep it; the person is told. Raises OverpaymentRefused.

    `percent` of each payment to withhold, whole; `monthly_kopecks` at most a month (instalments), None unbound.
    """
    _decide_overpayment(
        overpayment_id=overpayment_id,
        fault=Fault(fault),
        means=Means(means),
        percent=percent,
        monthly_kopecks=monthly_kopecks,
        explanation=explanation,
        by=by,
        confirmed_by=confirmed_by,
        on=on,
        cause=cause,
    )


def record_repayment(*, overpayment_id: UUID, kopecks: int, document: str, by: str, on: date) -> None:
    """The person gave kopecks back by a bank document; the same document counts once. Raises OverpaymentRefused."""
    _record_repayment(overpayment_id=overpayment_id, kopecks=kopecks, document=document, by=by, on=on)


def write_off(*, overpayment_id: UUID, document: str, by: str, confirmed_by: str, on: date) -> None:
    """Give up what is left of a claimed overpayment on the ground of a document. Raises OverpaymentRefused."""
    _write_off(overpayment_id=overpayment_id, document=document, by=by, confirmed_by=confirmed_by, on=on)


def budget_lines(*, year: int) -> list[BudgetLine]:
    """Limits of a year against what was paid, waits and will be needed, one row per measure and body."""
    return budget.lines(year)


def change_limit(*, measure: str, body: str, year: int, change_kopecks: int, document: str, by: str, on: date) -> None:
    """Bring limits (above zero) or take them away by a document; the same document counts once.

    What waited and fits now is let go. Raises LimitRefused.
    """
    _change_limit(measure=measure, body=body, year=year, change_kopecks=change_kopecks, document=document, by=by, on=on)


def count_forecast(*, on: date) -> int:
    """Count anew what payments of the rest of the year will need; returns the number of months of measures."""
    return budget.count_forecast(on)


def forecast_counted_on(*, year: int) -> date | None:
    """The day on which the need of a year was last counted, None: not yet."""
    return budget.counted_on(year)


def months_of_budget(*, year: int, measure: str = "") -> list[MonthOfBudget]:
    """Paid and needed by month of a year, of one measure or of all."""
    return budget.months(year, measure)


def spending(*, first: date, last: date, measure: str = "") -> list[tuple[date, int]]:
    """(day, kopecks credited less returned) from first to last inclusive, days without money left out."""
    return budget.days(first, last, measure)


def reconcile(*, path: Path) -> Compared:
    """Compare registers with the Treasury's statement in a file (own_treasury/1). Raises StatementRefused."""
    return compare(path)


def use_certificate(*, number: str, use: UseTold, on: date) -> int:
    """Take a purchase told by a seller off a certificate; returns the kopecks left. Raises CertificateRefused."""
    purchase = Purchase(
        use.transaction_number, use.goods_code, use.kopecks, use.full_kopecks, use.seller_inn, use.seller_name,
        use.happened_at,
    )  # fmt: skip
    return _use_certificate(number, purchase, on)


def certificate_state(*, number: str, award_id: UUID | None, on: date) -> CertificateState | None:
    """An issued certificate by its number or its award as it stands on a day; None when there is none."""
    return certificate_queries.certificate_state(number, award_id, on)


def certificates_of(*, person_id: UUID, on: date) -> list[CertificateState]:
    """A person's certificates, the newest first."""
    return certificate_queries.certificates_of(person_id, on)


def certificate(*, number: str = "", award_id: UUID | None = None) -> CertificateView | None:
    """A certificate with its life, by its number or its award; None when there is none or it is not for the viewer."""
    return certificate_queries.certificate(number, award_id)


def certificates(
    *, body: str, state: str = "", limit: int = 50, after: tuple[date, str] | None = None
) -> list[CertificateView]:
    """Certificates of a body, the latest first, without their lives; `after` is (granted_on, number) of the last."""
    return certificate_queries.certificates(body=body, state=state, limit=limit, after=after)


def give_in_kind(*, award_id: UUID, document: str, on: date) -> None:
    """Goods, a service or a privilege of an award were given by a document. Raises ProvisionRefused."""
    _give_in_kind(award_id=award_id, document=document, on=on)


def pay_heirs(*, recipient_id: UUID, shares: Mapping[UUID, int], by_inheritance: bool, on: date) -> int:
    """What a dead person did not live to receive goes to others by whole shares. Raises HeirsRefused."""
    return _pay_heirs(recipient_id=recipient_id, shares=shares, by_inheritance=by_inheritance, on=on, sources=Doors())


def enter_writs(*, path: Path, body: str, by: str, on: date) -> Entered:
    """Enter enforcement documents from a table (own_writs/1); officers confirm them. Raises StatementRefused."""

    def person(snils: str) -> UUID | None:
        card = people.person_by_snils(snils) if snils else None
        return card.person_id if card else None

    return _enter_table(path, body=body, by=by, on=on, person=person)


def settle_writ(*, writ_id: UUID, act: str, agrees: bool, remark: str, by: str, on: date, cause: Cause) -> None:
    """Confirm what another officer wants of an enforcement document, or give it back. Raises WritRefused."""
    _settle_writ(writ_id=writ_id, act=act, agrees=agrees, remark=remark, by=by, on=on, cause=cause, sources=Doors())


def writs(*, state: str = "", limit: int = 50, after: tuple[date, UUID] | None = None) -> list[WritView]:
    """Enforcement documents the viewer may see, the newest first, without transfers and changes.

    `state`: in_force, waiting (for the second officer), returned (money came back from the creditor), over or all.
    `after` is (entered_on, id) of the last shown.
    """
    return writ_views.writs(state=state, limit=limit, after=after)


def writs_of(*, person_id: UUID) -> list[WritView]:
    """Enforcement documents against a person that were confirmed, those in force first."""
    return writ_views.writs_of(person_id)


def writ(*, writ_id: UUID) -> WritView | None:
    """One document with its history; None when there is none or it is not for the viewer."""
    return writ_views.writ(writ_id)


def withheld_of(*, order_ids: Collection[UUID]) -> dict[UUID, list[WithheldByWrit]]:
    """By payment: which enforcement documents took how much of it, and by which law."""
    return writ_views.withheld_of(order_ids)


def unlevied(*, person_id: UUID) -> list[Unlevied]:
    """Measures a person is paid that are not levied, and why; those the law file does not name come first."""
    return writ_views.unlevied(person_id)
