"""Enforcement documents for tests: entered by one officer, confirmed by another."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.contexts.payments.below import Below, cause

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments.actions.give_back import give_back
from kazna.contexts.payments.actions.keep_writs import NewWrit, enter_writ, follow_time, propose_act, settle_proposal
from kazna.contexts.payments.actions.pay_creditors import pay_creditors
from kazna.contexts.payments.actions.take_statement import take_statement
from kazna.contexts.payments.models import Register
from kazna.contexts.payments.writs import Writ, WritPart

ENTERED = date(2025, 3, 3)
CREDITOR = {"creditor_name": "Лебедева Мария Ивановна", "creditor_bik": "044525225"}
ACCOUNT, OTHER_ACCOUNT = "40817810938160925982", "03212643000000019500"


def new(debtor: UUID, claim: str = "other", **fields: Any) -> NewWrit:
    """A document of a court; a debt of 100 000 roubles unless told otherwise."""
    number = f"ФС {Writ.objects.count() + 1:09d}"
    given: dict[str, Any] = {
        **CREDITOR, "body": "sfr-77", "debtor_id": debtor, "claim": claim, "form": "writ", "number": number,
        "issued_on": date(2025, 2, 1), "issued_by": "Тверской районный суд", "creditor_account": ACCOUNT,
        "first_day": date(2025, 2, 1),
    }  # fmt: skip
    if not {"share_top", "monthly_kopecks", "debt_kopecks"} & set(fields):
        given["debt_kopecks"] = 10_000_000
    if claim == "minor_alimony":
        given["last_day"] = date(2030, 1, 1)
    return NewWrit(**{**given, **fields})


def confirmed(below: Below, debtor: UUID, claim: str = "other", *, on: date = ENTERED, **fields: Any) -> UUID:
    writ_id = enter_writ(new(debtor, claim, **fields), by="officer", on=on)
    settle(below, writ_id, "enter", on=on)
    return writ_id


def settle(below: Below, writ_id: UUID, act: str, *, on: date, agrees: bool = True) -> None:
    settle_proposal(
        writ_id=writ_id, act=act, agrees=agrees, remark="" if agrees else "Нет оснований", by="second", on=on,
        cause=cause(), sources=below,
    )  # fmt: skip


def done(below: Below, writ_id: UUID, act: str, *, on: date, **terms: Any) -> None:
    """Wanted by one, confirmed by another."""
    propose_act(writ_id=writ_id, act=act, terms=terms, paper="Постановление 1", by="officer", on=on)
    settle(below, writ_id, act, on=on)


def day_of_writs(below: Below, on: date) -> list[Register]:
    """What the day does besides payments; returns registers of transfers made."""
    follow_time(on, below)
    give_back(on)
    pay_creditors(on, below)
    return list(Register.objects.filter(is_for_creditors=True, date=on).order_by("number"))


def answer_transfers(below: Below, register: Register, on: date, refused: str | None = None) -> None:
    """The bank's statement about a register of transfers."""
    lines = tuple(
        CreditLine(one.number, one.account, one.amount_kopecks, not refused, refused)
        for one in register.transfers.order_by("number")
    )
    take_statement(below.states(CreditStatement(register.number, register.date, on, lines), on), below)


def taken(writ_id: UUID) -> int:
    """Kopecks withheld by a document, less what was given back."""
    return sum(part.current_kopecks + part.debt_kopecks for part in WritPart.objects.filter(writ_id=writ_id))
