"""Official schemas by the root of the message."""

from __future__ import annotations

from functools import cache

from lxml import etree

from kazna.kernel.places import FORMATS

SCHEMAS = {
    "ROGDRequest": "egisso/schemas/zags/zags-rogd-ru-4.0.5.xsd",
    "FATALRequest": "egisso/schemas/zags/zags-fatal-ru-root-4.0.6.xsd",
    "PERNAMERequest": "egisso/schemas/zags/zags-pername-ru-4.0.6.xsd",
    "BRAKZRequest": "egisso/schemas/zags/zags-brakz-4.0.2.xsd",
    "BRAKRRequest": "egisso/schemas/zags/zags-brakr-4.0.2.xsd",
    "ВыпискаФРИ": "egisso/schemas/gisfri/RequestExtract.xsd",
    "DOHFLNAResponse": "smev_vs/Dohflna/fns-dohflna-ru-root.xsd",
    "SZNResponse": "smev_vs/Szn/SZN-1.0.1.xsd",
    "Выписка": "own/bank-statement-1.xsd",
}


@cache
def schema(root: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(FORMATS / "xsd" / SCHEMAS[root])))


def root_name(body: bytes) -> str:
    return etree.QName(etree.fromstring(body)).localname


def assert_valid(body: bytes) -> None:
    document = etree.fromstring(body)
    schema(etree.QName(document).localname).assertValid(document)
