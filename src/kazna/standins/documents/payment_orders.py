"""Read payment orders of the Bank of Russia's exchange: ED101 with one credit, ED108 with a list of them."""

from __future__ import annotations

import re
from datetime import date

from kazna.kernel.money import Money
from kazna.standins.documents.bank_register import Credit, CreditRegister
from kazna.standins.documents.reading import (
    MessageNotUnderstood,
    attribute,
    element,
    every,
    local_name,
    text_of,
)
from kazna.standins.documents.tree import Element

NUMBER = re.compile(r"№ (\S+)$")


def read_payment_order(root: Element) -> CreditRegister:
    """The order as a register of credits; raise MessageNotUnderstood when the whole is not the sum of its parts."""
    whole = Money(int(attribute(root, "Sum")))
    purpose = NUMBER.search(text_of(root, "Purpose"))
    if not purpose:
        raise MessageNotUnderstood(what="в назначении платежа нет номера реестра")
    if local_name(root) == "ED101":
        payee = element(root, "Payee")
        credits = (_credit(1, attribute(payee, "PersonalAcc"), text_of(payee, "Name"), whole),)
    else:
        credits = tuple(_transaction(block) for block in every(root, "CreditTransferTransactionInfo"))
    total = Money(sum(credit.amount.kopecks for credit in credits))
    if total != whole:
        raise MessageNotUnderstood(what=f"сумма поручения {whole} не равна сумме переводов {total}")
    bank = element(element(root, "Payee"), "Bank")
    return CreditRegister(
        number=purpose.group(1),
        dated=date.fromisoformat(attribute(element(root, "AccDoc"), "AccDocDate")),
        bik=attribute(bank, "BIC"),
        credits=credits,
    )


def _transaction(block: Element) -> Credit:
    payee = element(block, "TransactionPayeeInfo")
    return _credit(
        int(attribute(block, "TransactionID")),
        attribute(payee, "Acc"),
        text_of(payee, "PersonName"),
        Money(int(attribute(block, "TransactionSum"))),
    )


def _credit(line: int, account: str, name: str, amount: Money) -> Credit:
    surname, _, rest = name.partition(" ")
    forename, _, patronymic = rest.partition(" ")
    return Credit(line, surname, forename, patronymic or None, account, amount)
