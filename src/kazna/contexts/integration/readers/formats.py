"""Which XML messages we take: root, schema, holder, reader. One row per format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import Kind
from kazna.contexts.integration.holders import (
    civil_acts,
    defence,
    education,
    entrepreneurs,
    guardianship,
    insurance_payers,
    interior,
    large_families,
    medicine,
    prisons,
    pushed,
    real_estate,
    self_employed,
    traffic_police,
)
from kazna.contexts.integration.readers import answers, bank_statement, civil_registry, disability
from kazna.contexts.integration.readers.elements import Placed, needed
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on

ZAGS = "egisso/schemas/zags/"


def _civil(kind: Kind, schema: str, read: Callable[[etree._Element], Iterator[Placed]]) -> XmlFormat:
    return XmlFormat(kind, "zags", (ZAGS + schema,), read, informed_on)


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
    "{urn://x-artefacts-zags-parent/root/112-08/4.0.6}PARENTRequest": _civil(
        Kind.PATERNITY, "zags-parent-4.0.6.xsd", civil_registry.paternities
    ),
    "{http://fri.pfr.ru}ВыпискаФРИ": XmlFormat(
        Kind.DISABILITY,
        "fri",
        ("egisso/schemas/gisfri/RequestExtract.xsd", "smev_vs/Fri/fri-extract-schema-v1.5.xsd"),
        disability.disabilities,
        disability.formed_on,
    ),
    "{urn://x-artefacts-fns-dohflna/root/260-18/4.0.1}DOHFLNAResponse": XmlFormat(
        Kind.INCOME_ANSWER, "fns", ("smev_vs/Dohflna/fns-dohflna-ru-root.xsd",), answers.incomes, _year_end, True
    ),
    "{http://se2.data.service.smev.pfr.ru/SZN/1.0.1}SZNResponse": XmlFormat(
        Kind.UNEMPLOYMENT_ANSWER, "szn", ("smev_vs/Szn/SZN-1.0.1.xsd",), answers.unemployment, answers.asked_on, True
    ),
    "Выписка": XmlFormat(
        Kind.CREDIT_STATEMENT,
        "bank",
        ("own/bank-statement-1.xsd",),
        bank_statement.statements,
        bank_statement.stated_on,
    ),
    **civil_acts.FORMATS,
    **interior.FORMATS,
    **traffic_police.FORMATS,
    **entrepreneurs.FORMATS,
    **insurance_payers.FORMATS,
    **self_employed.FORMATS,
    **real_estate.FORMATS,
    **large_families.FORMATS,
    **defence.FORMATS,
    **prisons.FORMATS,
    **guardianship.FORMATS,
    **education.FORMATS,
    **medicine.FORMATS,
    **pushed.FORMATS,
}
