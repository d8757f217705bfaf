"""Register of credits to a bank: the 1C exchange format 109, root СчетаПК."""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import CreditRegister, RegisterLine
from kazna.contexts.integration.writers.elements import add, as_xml, set_attributes, text_of, to_bytes
from kazna.kernel.errors import DomainError
from kazna.kernel.identifiers import account_is_valid
from kazna.kernel.money import decimal_roubles

NAMESPACE = "http://v8.1c.ru/edi/edi_stnd/109"
SCHEMA = "own/credit-register-109.xsd"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
ROUBLE = "643"


class RegisterRefused(DomainError):
    sentence = "Реестр не записан: {reason}."


def write_credit_register(register: CreditRegister) -> bytes:
    """The register as XML with control sums; lines in the order given, numbered from 1.

    Raises RegisterRefused for no lines, a gap in numbering, a sum not above zero or a wrong payer account.
    """
    check(register)
    root = etree.Element(
        f"{{{NAMESPACE}}}СчетаПК", nsmap={None: NAMESPACE, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    )
    root.set(XSI_TYPE, "СчетПК")
    set_attributes(
        root,
        {
            "ДатаФормирования": register.formed_on.isoformat(),
            "НомерДоговора": register.contract_number,
            "ДатаДоговора": register.contract_date.isoformat(),
            "НаименованиеОрганизации": register.payer_name,
            "ИНН": register.payer_inn,
            "РасчетныйСчетОрганизации": register.payer_account,
            "БИК": register.payer_bik,
            "ИдПервичногоДокумента": str(register.register_id),
            "НомерРеестра": register.number,
            "ДатаРеестра": register.register_date.isoformat(),
        },
    )
    credits = add(root, NAMESPACE, "ЗачислениеЗарплаты")
    add(credits, NAMESPACE, "Сотрудник")
    if register.credit_kind:
        add(root, NAMESPACE, "ВидЗачисления", register.credit_kind)
    if register.income_code:
        add(root, NAMESPACE, "КодВидаДохода", register.income_code)
    sums = add(root, NAMESPACE, "КонтрольныеСуммы")
    add(sums, NAMESPACE, "КоличествоЗаписей", str(len(register.lines)))
    add(sums, NAMESPACE, "СуммаИтого", decimal_roubles(register.total_kopecks))
    before, _, after = to_bytes(root).rpartition("\n    <Сотрудник/>".encode())
    branch = text_of(register.bank_branch)
    return b"".join([before, as_xml("".join(_line(line, branch) for line in register.lines)), after])


def _line(line: RegisterLine, branch: str) -> str:
    """As the tree would write it, several times quicker: a register has thousands of lines."""
    patronymic = f"\n      <Отчество>{text_of(line.patronymic)}</Отчество>" if line.patronymic else ""
    return f"""
    <Сотрудник Нпп="{line.number}">
      <Фамилия>{text_of(line.surname)}</Фамилия>
      <Имя>{text_of(line.forename)}</Имя>{patronymic}
      <ОтделениеБанка>{branch}</ОтделениеБанка>
      <ЛицевойСчет>{text_of(line.account)}</ЛицевойСчет>
      <Сумма>{decimal_roubles(line.amount_kopecks)}</Сумма>
      <КодВалюты>{ROUBLE}</КодВалюты>
    </Сотрудник>"""


def check(register: CreditRegister) -> None:
    """Raises RegisterRefused for what no format may carry."""
    if not register.lines:
        raise RegisterRefused(reason="в нём нет ни одной строки")
    if [line.number for line in register.lines] != list(range(1, len(register.lines) + 1)):
        raise RegisterRefused(reason="строки пронумерованы не подряд с единицы")
    if any(line.amount_kopecks <= 0 for line in register.lines):
        raise RegisterRefused(reason="есть строка с суммой не больше нуля")
    if not account_is_valid(register.payer_bik, register.payer_account):
        raise RegisterRefused(reason="счёт плательщика не проходит проверку контрольного ключа")
