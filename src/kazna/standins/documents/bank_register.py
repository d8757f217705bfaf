"""Read the register of credits a payer sends to the bank: root СчетаПК of the 1C exchange format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kazna.kernel.money import Money
from kazna.standins.documents.reading import (
    MessageNotUnderstood,
    attribute,
    every,
    local_name,
    read_root,
    text_of,
)
from kazna.standins.documents.tree import Element


@dataclass(frozen=True, slots=True)
class Credit:
    """One line of the register; the names are as the payer knows them."""

    line: int
    surname: str
    forename: str
    patronymic: str | None
    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CreditRegister:
    number: str
    dated: date
    bik: str
    credits: tuple[Credit, ...]


@lru_cache(maxsize=64)
def read_credit_register(body: bytes) -> CreditRegister:
    """Parse and check the control sums; raise MessageNotUnderstood when they disagree with the lines.

    Remembered for a while: a register is read when it comes, when it is answered and for what was refused.
    """
    root = read_root(body, "СчетаПК", "ED101", "ED108")
    if local_name(root) != "СчетаПК":
        from kazna.standins.documents.payment_orders import read_payment_order

        return read_payment_order(root)
    register = CreditRegister(
        number=attribute(root, "НомерРеестра"),
        dated=date.fromisoformat(attribute(root, "ДатаРеестра")[:10]),
        bik=attribute(root, "БИК"),
        credits=tuple(read_credit(line) for line in every(root, "Сотрудник")),
    )
    counted, summed = int(text_of(root, "КоличествоЗаписей")), Money.of_roubles(text_of(root, "СуммаИтого"))
    total = Money(sum(credit.amount.kopecks for credit in register.credits))
    if (counted, summed) != (len(register.credits), total):
        raise MessageNotUnderstood(
            what=f"контрольные суммы реестра {register.number} не сходятся со строками: "
            f"заявлено {counted} на {summed}, в строках {len(register.credits)} на {total}"
        )
    return register


def read_credit(line: Element) -> Credit:
    """One pass over the line's elements: registers are long."""
    told = {part.tag.rpartition("}")[2]: (part.text or "").strip() for part in line}
    try:
        return Credit(
            line=int(attribute(line, "Нпп")),
            surname=told["Фамилия"],
            forename=told["Имя"],
            patronymic=told.get("Отчество") or None,
            account=told["ЛицевойСчет"],
            amount=Money.of_roubles(told["Сумма"]),
        )
    except KeyError as absent:
        raise MessageNotUnderstood(what=f"нет элемента {absent.args[0]}") from None
