"""ФНС on request: declared income of entrepreneurs on special tax regimes, NDIPSR 210-17/4.0.0.

Amounts are whole roubles. Of several declarations of one year the sums of different regimes add up; the year's
own declaration (period 34, 50, 95, 96) is taken before those of parts of the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from lxml import etree

from kazna.contexts.integration.contracts import AnswerGiven, Kind, PersonRef, Question, YearIncomeAnswered
from kazna.contexts.integration.holders.topic import Topic, known
from kazna.contexts.integration.readers.elements import Placed, child, children, kopecks, needed, place, required, value
from kazna.contexts.integration.readers.people import plain_name
from kazna.contexts.integration.readers.xml_format import XmlFormat, undated
from kazna.contexts.integration.writers.elements import add, set_attributes, to_bytes

AGENCY, TOPIC = "fns", "entrepreneur"
NAMESPACE = "urn://x-artefacts-fns-ndipsr/root/210-17/4.0.0"
SCHEMA = "smev_vs/FnsNdipsr/fns-ndipsr-ru-root.xsd"
WHOLE_YEAR = ("34", "50", "95", "96")
REGIMES = ("ЕСХН", "УСН", "ЕНВД")


def write_question(request_id: UUID, question: Question) -> bytes:
    """NDIPSRRequest for the year `about`; the person is known to this register by ИНН only."""
    person = question.person
    root = etree.Element(f"{{{NAMESPACE}}}NDIPSRRequest", nsmap={"ns": NAMESPACE})
    set_attributes(root, {"ИдЗапрос": str(request_id)})
    about = add(root, NAMESPACE, "СведИП", ИННФЛ=known(person.inn, "ИНН"), ГодПериодОтч=question.about)
    add(
        about, NAMESPACE, "ФИО",
        FamilyName=person.surname, FirstName=person.forename, Patronymic=person.patronymic,
    )  # fmt: skip
    return to_bytes(root)


def read_answer(root: etree._Element) -> Iterator[Placed]:
    """The answer, then one statement per year told."""
    request_id = value(root, "ИдЗапрос")
    blocks = list(children(root, "СвНДСпРеж"))
    person = _person(required(blocks[0], "СведИП"))
    years = _years(blocks)
    yield Placed(place(root), AnswerGiven(request_id, TOPIC, person, None, bool(years)))
    for year, told in sorted(years.items()):
        yield Placed(place(root), YearIncomeAnswered(request_id, TOPIC, person, year, told))


def _years(blocks: list[etree._Element]) -> dict[int, int]:
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for block in blocks:
        for regime in REGIMES:
            for one in children(block, regime):
                year, period = int(needed(one, "ГодПериодОтч")[:4]), needed(one, "ПериодОтч")
                found[year, regime][period] = _income(regime, one)
    years: dict[int, int] = defaultdict(int)
    for (year, _), by_period in found.items():
        whole = [amount for period, amount in by_period.items() if period in WHOLE_YEAR]
        years[year] += whole[-1] if whole else sum(by_period.values())
    return years


def _income(regime: str, one: etree._Element) -> int:
    """Kopecks of income (not diminished by expenses) of one declaration."""
    if regime == "ЕСХН":
        return kopecks(needed(one, "СумДох"))
    if regime == "ЕНВД":
        return sum(kopecks(needed(base, "НалБаза")) for base in children(one, "НалБазаКВПД"))
    told = next(child for child in one)
    if (newest := value(told, "Доход")) is not None:
        return kopecks(newest)
    for path in (("РасчНалДох", "Доход"), ("РасчНалДохУм", "Доход")):
        if (sums := child(told, *path)) is not None:
            return kopecks(needed(sums, "СумНалПер"))
    return kopecks(value(told, "Доходы") or needed(told, "ДохРасх"))


def _person(element: etree._Element) -> PersonRef:
    name = required(element, "ФИО")
    return PersonRef(
        surname=plain_name(value(name, "FamilyName")) or "",
        forename=plain_name(value(name, "FirstName")) or "",
        patronymic=plain_name(value(name, "Patronymic")),
        inn=value(element, "ИННФЛ"),
    )


TOPICS = (Topic(AGENCY, TOPIC, "доходы предпринимателя", "/fns/entrepreneur", SCHEMA, write_question),)
FORMATS = {
    f"{{{NAMESPACE}}}NDIPSRResponse": XmlFormat(
        Kind.YEAR_INCOME_ANSWER, AGENCY, (SCHEMA,), read_answer, undated, is_pushed=True
    )
}
