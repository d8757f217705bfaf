"""The bank's statement on a register of credits, own format own_statement/1 (root Выписка, no namespace)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from kazna.kernel.money import decimal_roubles
from kazna.standins.documents.bank_register import Credit, CreditRegister
from kazna.standins.documents.tree import to_bytes, write_attributes

FORMAT = "own_statement/1"
CREDITED = "зачислено"
REFUSED = "отказ"


@dataclass(frozen=True, slots=True)
class CreditOutcome:
    """`refusal` is the bank's reason in words; None means the money is on the account."""

    credit: Credit
    refusal: str | None


def write_bank_statement(register: CreditRegister, outcomes: list[CreditOutcome], *, dated: date) -> bytes:
    """One Зачисление per line of the register, in its order; Сумма in roubles with kopecks."""
    statement = etree.Element("Выписка")
    write_attributes(
        statement,
        {
            "Формат": FORMAT,
            "НомерРеестра": register.number,
            "ДатаРеестра": register.dated,
            "ДатаВыписки": dated,
        },
    )
    for outcome in outcomes:
        credit = outcome.credit
        write_attributes(
            etree.SubElement(statement, "Зачисление"),
            {
                "Нпп": credit.line,
                "ЛицевойСчет": credit.account,
                "Сумма": decimal_roubles(credit.amount.kopecks),
                "Результат": REFUSED if outcome.refusal else CREDITED,
                "Причина": outcome.refusal,
            },
        )
    return to_bytes(statement)
