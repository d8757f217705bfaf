"""Official schemas, compiled once per process, and their complaints in plain Russian."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

from kazna.contexts.integration.remarks import Remark, remark
from kazna.kernel.places import FORMATS

MOST_REMARKS = 20
NAMESPACE = re.compile(r"\{[^}']*\}")
ELEMENT = re.compile(r"^Element '([^']+)'(?:, attribute '([^']+)')?: ?")
FACET = re.compile(r"^\[facet '[^']+'\] ?")
QUOTED = re.compile(r"'([^']*)'")
EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*) \)")


@cache
def schema(path: str) -> etree.XMLSchema:
    """The schema at a path under formats/xsd; imports are read from files only."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    return etree.XMLSchema(etree.parse(str(schema_path(path)), parser))


def schema_path(path: str) -> Path:
    return FORMATS / "xsd" / path


def schema_remarks(root: etree._Element, path: str) -> tuple[Remark, ...]:
    """What the schema has against the document, one remark per place; empty when it is valid."""
    rules = schema(path)
    return () if rules.validate(root) else faults(rules.error_log)


def faults(log: Iterable[etree._LogEntry]) -> tuple[Remark, ...]:
    """The complaints of a check by a schema, one remark per place."""
    remarks: dict[tuple[int, str], Remark] = {}
    for error in log:
        element, attribute, message = _split(error.message)
        subject = f"атрибут «{attribute}» элемента «{element}»" if attribute else f"элемент «{element}»"
        what, expected = _translate(error.type_name, message, subject)
        fault = remark("schema", f"строка {error.line}", what=what, expected=expected)
        remarks.setdefault((error.line, subject), fault)
    return tuple(remarks.values())[:MOST_REMARKS]


def schemas_remarks(root: etree._Element, paths: Sequence[str]) -> tuple[Remark, ...]:
    """Like `schema_remarks` for a message that has several editions under one root: one valid is enough."""
    for path in paths[1:]:
        if schema(path).validate(root):
            return ()
    return schema_remarks(root, paths[0])


def _split(message: str) -> tuple[str, str | None, str]:
    """Element, attribute and the rest of libxml's sentence, without namespaces."""
    plain = NAMESPACE.sub("", message)
    found = ELEMENT.match(plain)
    if not found:
        return "?", None, plain
    return found[1], found[2], FACET.sub("", plain[found.end() :])


def _translate(kind: str, message: str, subject: str) -> tuple[str, str]:
    """What is wrong and what is expected. Unknown kinds are reported as a general disagreement."""
    quoted = QUOTED.findall(message)
    value = quoted[0] if quoted else ""
    subject = subject[0].upper() + subject[1:]
    if kind == "SCHEMAV_ELEMENT_CONTENT":
        return _misplaced(message, subject)
    if kind == "SCHEMAV_CVC_COMPLEX_TYPE_4":
        return f"{subject}: нет обязательного атрибута «{value}».", f"атрибут «{value}»"
    if kind.startswith("SCHEMAV_CVC_COMPLEX_TYPE_3_2"):
        return f"{subject} не предусмотрен.", "только атрибуты формата"
    if kind == "SCHEMAV_CVC_ENUMERATION_VALID":
        return f"{subject}: значение «{value}» не из списка.", "одно из значений " + ", ".join(quoted[1:])
    if kind == "SCHEMAV_CVC_PATTERN_VALID":
        return f"{subject}: значение «{value}» записано не по образцу.", f"образец {quoted[-1]}"
    if kind in ("SCHEMAV_CVC_LENGTH_VALID", "SCHEMAV_CVC_MINLENGTH_VALID", "SCHEMAV_CVC_MAXLENGTH_VALID"):
        return f"{subject}: в значении знаков: {quoted[-2]}, это не подходит.", LENGTHS[kind].format(quoted[-1])
    if kind.startswith("SCHEMAV_CVC_DATATYPE_VALID"):
        return f"{subject}: значение «{value}» не читается.", TYPES.get(quoted[-1], f"тип {quoted[-1]}")
    if kind == "SCHEMAV_CVC_ELT_1":
        return f"{subject} не может быть корнем документа.", "корневой элемент формата"
    return f"{subject} не соответствует формату.", "значение и состав по схеме"


def _misplaced(message: str, subject: str) -> tuple[str, str]:
    found = EXPECTED.search(message)
    names = " или ".join(f"«{name.strip()}»" for name in found[1].split(",")) if found else ""
    if message.startswith("Missing child"):
        return f"{subject}: не хватает вложенных сведений.", f"элемент {names}"
    if not found:
        return f"{subject} здесь лишний.", "отсутствие этого элемента"
    return f"{subject} стоит не на своём месте.", f"на этом месте элемент {names}"


LENGTHS = {
    "SCHEMAV_CVC_LENGTH_VALID": "длина ровно {}",
    "SCHEMAV_CVC_MINLENGTH_VALID": "длина не меньше {}",
    "SCHEMAV_CVC_MAXLENGTH_VALID": "длина не больше {}",
}
TYPES = {
    "xs:date": "дата вида 2025-03-14",
    "xs:dateTime": "дата и время вида 2025-03-14T10:00:00",
    "xs:time": "время вида 10:00:00",
    "xs:gYear": "год из четырёх цифр",
    "xs:integer": "целое число",
    "xs:decimal": "число",
    "xs:boolean": "true или false",
}
