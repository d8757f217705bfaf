"""The tax service's answer on income paid by employers, message DOHFLNAResponse 260-18/4.0.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kazna.kernel.money import decimal_roubles
from kazna.standins.documents.requests import IncomeRequest
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

HERE = Vocabulary("urn://x-artefacts-fns-dohflna/root/260-18/4.0.1")
PREFIXES = {"ns": HERE.namespace}
WAGE = "2000"  # code of income: wages
TAX_RATE_PERCENT = 13
EMPLOYER_KPP = "770101001"


@dataclass(frozen=True, slots=True)
class Payer:
    """An employer and what it paid: kopecks by month number 1..12."""

    inn: str
    title: str
    kopecks_by_month: Mapping[int, int]


TAX_SERVICE = Payer(inn="7707329152", title="ФНС России: сведения о выплатах отсутствуют", kopecks_by_month={})


def write_income_answer(request: IncomeRequest, payers: list[Payer]) -> bytes:
    """Income of the person asked about in the year asked about.

    The schema wants at least one payer, so "no income known" is one block of the tax service
    itself without a single sum.
    """
    message = HERE.root("DOHFLNAResponse", prefixes=PREFIXES, ИдЗапрос=request.request_id)
    income = HERE(message, "ДохФЛ", ОтчетГод=request.year)
    for payer in payers or [TAX_SERVICE]:
        write_payer(income, request, payer)
    return to_bytes(message)


def write_payer(income: Element, request: IncomeRequest, payer: Payer) -> None:
    person = request.person
    block = HERE(income, "ДохФЛ_НА")
    receiver = HERE(block, "ПолучДох", ДатаРожд=person.birth_date)
    HERE(
        receiver,
        "ФИО",
        FamilyName=person.surname,
        FirstName=person.forename,
        Patronymic=person.patronymic,
    )
    HERE(receiver, "УдЛичнФЛ", DocumentCode=request.document_code, SeriesNumber=request.document_number)
    HERE(HERE(block, "СвНА"), "СвНАЮЛ", НаимОрг=payer.title, ИННЮЛ=payer.inn, КПП=EMPLOYER_KPP)
    paid = HERE(block, "СведДох_2НДФЛ", Ставка=TAX_RATE_PERCENT)
    if not payer.kopecks_by_month:
        return
    months = HERE(paid, "ДохВыч")
    for month, kopecks in sorted(payer.kopecks_by_month.items()):
        HERE(months, "СвСумДох", Месяц=f"{month:02d}", КодДоход=WAGE, СумДоход=decimal_roubles(kopecks))
    total = decimal_roubles(sum(payer.kopecks_by_month.values()))
    HERE(paid, "СГДНалПер", СумДохОбщ=total, НалБаза=total)
