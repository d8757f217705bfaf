"""Payment orders of the Bank of Russia's exchange (УФЭБС, urn:cbr-ru:ed:v2.0): ED101 for one credit, ED108 with a list.

Sums are kopecks. ED108 pays the whole sum to the recipients' bank and names each credit in it; its number of the
register stands in the purpose, because AccDocNo has room for six digits only. No official schema is published openly;
elements and attributes follow the album of messages as known from open implementations (see formats/README.md).
"""

from __future__ import annotations

from lxml import etree

from kazna.contexts.integration.contracts import CreditRegister, RegisterLine
from kazna.contexts.integration.writers.credit_register import RegisterRefused, check
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes
from kazna.kernel.identifiers import account_is_valid

NAMESPACE = "urn:cbr-ru:ed:v2.0"
TRANSFER, SOCIAL, ORDINARY = "01", "4", "02"  # kind of operation; priority (Civil Code art. 855); ordinary system
SOCIAL_WORDS, BY_LIST = "Социальные выплаты по реестру", "{}. Реестр № {}"
CREDITS = "47422810{}00000000001"  # the bank's account for sums that it spreads over its clients


def write_ufebs(register: CreditRegister) -> bytes:
    """The register as ED101 or ED108. Raises RegisterRefused for what `write_credit_register` refuses."""
    check(register)
    single = len(register.lines) == 1
    root = etree.Element(f"{{{NAMESPACE}}}{'ED101' if single else 'ED108'}", nsmap={None: NAMESPACE})
    number = register.number[-6:].lstrip("0") or "0"
    day = register.register_date.isoformat()
    set_attributes(
        root,
        {
            "EDNo": number, "EDDate": day, "EDAuthor": f"{register.payer_bik[2:]}000",
            "Sum": str(register.total_kopecks), "TransKind": TRANSFER, "Priority": SOCIAL, "ReceiptDate": day,
            "ChargeOffDate": day, "SystemCode": ORDINARY,
        },
    )  # fmt: skip
    add(root, NAMESPACE, "AccDoc", AccDocNo=number, AccDocDate=day)
    payer = add(root, NAMESPACE, "Payer", PersonalAcc=register.payer_account, INN=register.payer_inn)
    add(payer, NAMESPACE, "Name", register.payer_name)
    add(payer, NAMESPACE, "Bank", BIC=register.payer_bik)
    line = register.lines[0]
    account = line.account if single else credits_account(register.bank_branch)
    payee = add(root, NAMESPACE, "Payee", PersonalAcc=account)
    add(payee, NAMESPACE, "Name", full_name(line) if single else "Банк получателей")
    add(payee, NAMESPACE, "Bank", BIC=register.bank_branch)
    purpose = line.purpose if single else "Выплаты по списку" if line.purpose else ""
    add(
        root,
        NAMESPACE,
        "Purpose",
        f"{SOCIAL_WORDS} № {register.number}" if not purpose else BY_LIST.format(purpose, register.number),
    )
    if not single:
        for each in register.lines:
            _transaction(root, each, number, day, register.payer_account)
    return to_bytes(root)


def credits_account(bik: str) -> str:
    """The account of a bank for spreading sums, with a true control key."""
    return next(found for key in range(10) if account_is_valid(bik, found := CREDITS.format(key)))


def full_name(line: RegisterLine) -> str:
    return " ".join(part for part in (line.surname, line.forename, line.patronymic) if part)


def _transaction(root: etree._Element, line: RegisterLine, number: str, day: str, payer_account: str) -> None:
    place = str(line.number)
    block = add(
        root, NAMESPACE, "CreditTransferTransactionInfo", TransactionID=place, PayerDocNo=number, PayerDocDate=day,
        OperationID=place, TransactionDate=day, TransactionSum=str(line.amount_kopecks),
    )  # fmt: skip
    add(block, NAMESPACE, "TransactionPayerInfo", Acc=payer_account)
    payee = add(block, NAMESPACE, "TransactionPayeeInfo", Acc=line.account)
    add(payee, NAMESPACE, "PersonName", full_name(line))
    add(block, NAMESPACE, "TransactionPurpose", line.purpose or "Социальная выплата")


__all__ = ["RegisterRefused", "credits_account", "full_name", "write_ufebs"]
