"""Answers of small vitrines, our own format figures/1: one element per kind, its figures as attributes."""

from __future__ import annotations

from datetime import date

from kazna.standins.documents.people_in_answers import repeat_person
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

FIGURES = Vocabulary("urn://kazna-own/figures/1")
NOTHING = {
    "ОборотПоСчетам": {"Сумма": "0.00"},
    "СамоходныеМашины": {"ДоПятиЛет": "0"},
    "МаломерныеСуда": {"ДоПятиЛет": "0"},
    "ДолгПоСуду": {"Есть": "false"},
    "ПлатаВПределахНормы": {"Сумма": "0.00"},
    "Газификация": {"Оборудование": "0.00", "Работы": "0.00", "ГазБыл": "false", "ЕдинственноеЖилье": "true"},
}


def write_figures_answer(request: Element, figures: dict[str, str], day: date) -> bytes:
    """The kind is repeated from the request; what is not told in `figures` is nothing."""
    kind = str(request.get("Вид"))
    told = {**NOTHING[kind], **figures}
    answer = FIGURES.root(
        kind, prefixes={"k": FIGURES.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ДатаСвед=day, **told
    )
    repeat_person(answer, request)
    return to_bytes(answer)
