"""Which XML messages we take: root, schema, holder, reader. One row per format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.readers import answers, bank_statement, civil_registry, disability
from kazna.contexts.integration.readers.elements import Placed, needed, needed_day

ZAGS = "egisso/schemas/zags/"


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """`agency` is the only holder such a message is taken from."""

    kind: Kind
    agency: str
    schema: str
    read: Callable[[etree._Element], Iterator[Placed]]
    reported_on: Callable[[etree._Element], date]


def _informed_on(root: etree._Element) -> date:
    return needed_day(root, "ДатаСвед")


def _civil(kind: Kind, schema: str, read: Callable[[etree._Element], Iterator[Placed]]) -> XmlFormat:
    return XmlFormat(kind, "zags", ZAGS + schema, read, _informed_on)


def _year_end(root: etree._Element) -> date:
    """An income answer carries no day of its own; it speaks of a whole year."""
    return date(int(needed(root[0], "ОтчетГод")[:4]), 12, 31)


XML_FORMATS: dict[str, XmlFormat] = {
    "{urn://x-artefacts-zags-rogd/root/112-01/4.0.5}ROGDRequest": _civil(
        Kind.BIRTH, "zags-rogd-ru-4.0.5.xsd", civil_registry.births
    ),
    "{urn://x-artefacts-zags-fatal/root/112-04/4.0.6}FATALRequest": _civil(
        Kind.DEATH, "zags-fatal-ru-root-4.0.6.xsd", civil_registry.deaths
    ),
    "{urn://x-artefacts-zags-pername/root/112-03/4.0.6}PERNAMERequest": _civil(
        Kind.NAME_CHANGE, "zags-pername-ru-4.0.6.xsd", civil_registry.name_changes
    ),
    "{urn://x-artefacts-zags-pername/root/112-03/4.0.4}PERNAMERequest": _civil(
        Kind.NAME_CHANGE, "zags-pername-ru-4.0.4.xsd", civil_registry.name_changes
    ),
    "{urn://x-artefacts-zags-brakz/root/112-46/4.0.2}BRAKZRequest": _civil(
        Kind.MARRIAGE, "zags-brakz-4.0.2.xsd", civil_registry.marriages
    ),
    "{urn://x-artefacts-zags-brakr/root/112-48/4.0.2}BRAKRRequest": _civil(
        Kind.DIVORCE, "zags-brakr-4.0.2.xsd", civil_registry.divorces
    ),
    "{http://fri.pfr.ru}ВыпискаФРИ": XmlFormat(
        Kind.DISABILITY,
        "fri",
        "egisso/schemas/gisfri/RequestExtract.xsd",
        disability.disabilities,
        disability.formed_on,
    ),
    "{urn://x-artefacts-fns-dohflna/root/260-18/4.0.1}DOHFLNAResponse": XmlFormat(
        Kind.INCOME_ANSWER, "fns", "smev_vs/Dohflna/fns-dohflna-ru-root.xsd", answers.incomes, _year_end
    ),
    "{http://se2.data.service.smev.pfr.ru/SZN/1.0.1}SZNResponse": XmlFormat(
        Kind.UNEMPLOYMENT_ANSWER, "szn", "smev_vs/Szn/SZN-1.0.1.xsd", answers.unemployment, answers.asked_on
    ),
    "Выписка": XmlFormat(
        Kind.CREDIT_STATEMENT, "bank", "own/bank-statement-1.xsd", bank_statement.statements, bank_statement.stated_on
    ),
}
