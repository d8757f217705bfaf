"""Answers of the tax service beside those of tax agents: NDIPSR, SVVIPLFL, and our own format of НПД."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kazna.kernel.money import decimal_roubles
from kazna.standins.documents.income_answer import EMPLOYER_KPP, Payer
from kazna.standins.documents.people_in_answers import repeat_person
from kazna.standins.documents.reading import element
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

ENTREPRENEUR = Vocabulary("urn://x-artefacts-fns-ndipsr/root/210-17/4.0.0")
PAYMENTS = Vocabulary("urn://x-artefacts-fns-svviplfl/root/114-43/4.0.0")
SELF_EMPLOYED = Vocabulary("urn://kazna-own/fns/self-employed/1")
WHOLE_YEAR = "34"


def write_entrepreneur_answer(request: Element, roubles_by_year: Mapping[int, int]) -> bytes:
    """Declarations under УСН (income), one per year; an entrepreneur without any is an empty block."""
    asked, names = element(request, "СведИП"), element(request, "ФИО")
    answer = ENTREPRENEUR.root(
        "NDIPSRResponse", prefixes={"n": ENTREPRENEUR.namespace}, ИдЗапрос=request.get("ИдЗапрос")
    )
    block = ENTREPRENEUR(answer, "СвНДСпРеж")
    person = ENTREPRENEUR(block, "СведИП", ИННФЛ=asked.get("ИННФЛ"))
    ENTREPRENEUR(person, "ФИО", **{str(name): str(value) for name, value in names.attrib.items()})
    for year, roubles in sorted(roubles_by_year.items()):
        declared = ENTREPRENEUR(block, "УСН", ПериодОтч=WHOLE_YEAR, ГодПериодОтч=year, ВерсФорм="5.05")
        sums = ENTREPRENEUR(ENTREPRENEUR(declared, "СвУпр5_04"), "РасчНалДох", ОбНал="1")
        ENTREPRENEUR(sums, "Доход", СумНалПер=roubles)
    return to_bytes(answer)


def write_payments_answer(
    request: Element, answer_id: str, inn: str | None, payers: Sequence[tuple[int, Payer]]
) -> bytes:
    """(year, what a payer paid in it) of every payer; the message has no way to say «nothing»."""
    names = element(request, "ФИО")
    answer = PAYMENTS.root(
        "SVVIPLFLResponse", prefixes={"n": PAYMENTS.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ИдОтвет=answer_id,
        СНИЛС=request.get("СНИЛС"), ИННФЛ=inn,
    )  # fmt: skip
    PAYMENTS(answer, "ФИО", **{str(name): str(value) for name, value in names.attrib.items()})
    for year, payer in payers:
        block = PAYMENTS(answer, "СведДох")
        PAYMENTS(block, "СведЮЛ", НаимОрг=payer.title, ИННЮЛ=payer.inn, КПП=EMPLOYER_KPP)
        for month, kopecks in sorted(payer.kopecks_by_month.items()):
            PAYMENTS(block, "СведВыпл", Год=year, Месяц=f"{month:02d}", СумДох=decimal_roubles(kopecks))
    return to_bytes(answer)


def write_self_employed_answer(request: Element, months: Mapping[int, int], is_payer: bool, day: date) -> bytes:
    """Kopecks by month."""
    answer = SELF_EMPLOYED.root(
        "Ответ", prefixes={"k": SELF_EMPLOYED.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ДатаСвед=day,
        ОтчетГод=request.get("ОтчетГод"), ПризнНПД="true" if is_payer else "false",
    )  # fmt: skip
    repeat_person(answer, request)
    for month, kopecks in sorted(months.items()):
        SELF_EMPLOYED(answer, "Доход", Месяц=month, Сумма=decimal_roubles(kopecks))
    return to_bytes(answer)
