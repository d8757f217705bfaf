"""The bank's statement about a register of credits, format own_statement/1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import CreditLine, CreditStatement, Kind
from kazna.contexts.integration.readers.elements import Placed, children, kopecks, needed, needed_day, place, value
from kazna.contexts.integration.readers.xml_format import XmlFormat

CREDITED = "зачислено"


def statements(root: etree._Element) -> Iterator[Placed]:
    """Выписка: one line per credit, in the numbering of the register."""
    yield Placed(
        place(root),
        CreditStatement(
            register_number=needed(root, "НомерРеестра"),
            register_date=needed_day(root, "ДатаРеестра"),
            stated_on=stated_on(root),
            lines=tuple(
                CreditLine(
                    number=int(needed(line, "Нпп")),
                    account=needed(line, "ЛицевойСчет"),
                    amount_kopecks=kopecks(needed(line, "Сумма")),
                    is_credited=needed(line, "Результат") == CREDITED,
                    reason=value(line, "Причина"),
                )
                for line in children(root, "Зачисление")
            ),
        ),
    )


def stated_on(root: etree._Element) -> date:
    return needed_day(root, "ДатаВыписки")


FORMATS = {"Выписка": XmlFormat(Kind.CREDIT_STATEMENT, "bank", ("own/bank-statement-1.xsd",), statements, stated_on)}
