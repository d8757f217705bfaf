"""Check a 10.06.S 1.1.0 package as its recipient would: schema, count of records, repeated ids, СНИЛС."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from lxml import etree

from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.refusals import Unreadable
from kazna.contexts.integration.readers.safe_xml import parse
from kazna.contexts.integration.readers.schemas import schema_remarks
from kazna.contexts.integration.remarks import Remark, remark
from kazna.kernel.identifiers import snils_is_valid

MESSAGE = "urn://egisso-ru/msg/10.06.S/1.1.0"
SCHEMA = "egisso/10.06.S-1.1.0.xsd"


def validate_file(path: Path) -> list[Remark]:
    """Everything that is wrong with a package file; empty when it would be taken."""
    payload = path.read_bytes()
    limit = Limits().document_bytes
    if len(payload) > limit:
        return [remark("too_large", "файл", size=len(payload), limit=limit)]
    try:
        root = parse(payload)
    except Unreadable as refusal:
        return list(refusal.remarks)
    if root.tag != f"{{{MESSAGE}}}data":
        return [remark("unknown_format", "строка 1", root=str(root.tag)[:120])]
    return package_remarks(root)


def package_remarks(root: etree._Element) -> list[Remark]:
    """Remarks about a parsed package; more than 1000 records of a kind break the schema itself."""
    if faults := schema_remarks(root, SCHEMA):
        return list(faults)
    found: list[Remark] = []
    ids = Counter(element.text for element in root.iterfind(".//{*}elements/*/{*}uuid"))
    for fact_id, count in ids.items():
        if count > 1:
            found.append(remark("fact_repeated", "пакет", fact=fact_id, count=count))
    for element in root.iter("{*}SNILS"):
        if not snils_is_valid(element.text or ""):
            found.append(remark("snils_wrong", f"строка {element.sourceline}", snils=element.text))
    return found
