"""Figures of small vitrines, our own format (no official schemas were found): turnover, machines, boats, housing, gas.

One format for all of them: who holds each and what its attributes mean is a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import FiguresAnswered, Kind, Question
from kazna.contexts.integration.holders import own_messages
from kazna.contexts.integration.holders.topic import Topic
from kazna.contexts.integration.readers.elements import (
    Placed,
    is_true,
    kopecks,
    needed,
    needed_day,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

NAMESPACE, SCHEMA = "urn://kazna-own/figures/1", "own/figures-1.xsd"
Figure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Vitrine:
    """`word` is the root of the answer; `figures`: attribute → our name and how it is read."""

    agency: str
    topic: str
    title: str
    word: str
    figures: dict[str, tuple[str, Figure]]


MONEY = ("amount_kopecks", kopecks)
VITRINES = (
    Vitrine("fns", "turnover", "поступления на счета", "ОборотПоСчетам", {"Сумма": MONEY}),
    Vitrine(
        "gostehnadzor", "machines", "самоходные машины", "СамоходныеМашины", {"ДоПятиЛет": ("young_machines", int)}
    ),
    Vitrine("gims", "boats", "маломерные суда", "МаломерныеСуда", {"ДоПятиЛет": ("young_boats", int)}),
    Vitrine("jkh", "court_debt", "долг за жильё по суду", "ДолгПоСуду", {"Есть": ("present", is_true)}),
    Vitrine("jkh", "charge", "плата за жильё в пределах нормы", "ПлатаВПределахНормы", {"Сумма": MONEY}),
    Vitrine(
        "gas", "project", "подключение к газу", "Газификация",
        {
            "Оборудование": ("equipment_kopecks", kopecks), "Работы": ("works_kopecks", kopecks),
            "ГазБыл": ("gas_before", is_true), "ЕдинственноеЖилье": ("only_home", is_true),
        },
    ),
)  # fmt: skip


def write_question(vitrine: Vitrine, request_id: UUID, question: Question) -> bytes:
    """Запрос of one kind of figures as of the day `about`. Raises QuestionIncomplete without a birth date."""
    return own_messages.write_question(NAMESPACE, request_id, question, Вид=vitrine.word)


def read_answer(vitrine: Vitrine, root: etree._Element) -> Iterator[Placed]:
    yield Placed(
        place(root),
        FiguresAnswered(
            request_id=value(root, "ИдЗапрос"),
            topic=vitrine.topic,
            person=own_messages.read_person(required(root, "СведФЛ")),
            as_of=needed_day(root, "ДатаСвед"),
            figures={name: read(needed(root, word)) for word, (name, read) in vitrine.figures.items()},
        ),
    )


TOPICS = tuple(
    Topic(one.agency, one.topic, one.title, f"/{one.agency}/{one.topic}", SCHEMA, partial(write_question, one))
    for one in VITRINES
)
FORMATS = {
    f"{{{NAMESPACE}}}{one.word}": XmlFormat(
        Kind.FIGURES_ANSWER, one.agency, (SCHEMA,), partial(read_answer, one), informed_on, is_pushed=True
    )
    for one in VITRINES
}
