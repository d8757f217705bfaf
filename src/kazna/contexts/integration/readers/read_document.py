"""Bytes of one document → statements in our own words, or remarks why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from kazna.contexts.integration.checks.statements import statement_remarks
from kazna.contexts.integration.contracts import Baseline, Kind, Statement
from kazna.contexts.integration.holders import pushed
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.archive import is_archive, is_table_archive, open_archive
from kazna.contexts.integration.readers.citizen_act import citizen_act, parse_json
from kazna.contexts.integration.readers.elements import Placed
from kazna.contexts.integration.readers.formats import XML_FORMATS
from kazna.contexts.integration.readers.fund_tables import BASELINE_FORMAT, TABLE_FORMATS, baseline, read_rows
from kazna.contexts.integration.readers.refusals import Unreadable, unreadable
from kazna.contexts.integration.readers.safe_xml import parse
from kazna.contexts.integration.readers.schemas import schemas_remarks
from kazna.contexts.integration.readers.tables import read_table_archive
from kazna.contexts.integration.readers.xml_format import XmlFormat, informed_on
from kazna.contexts.integration.remarks import Remark, remark

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MOST_REMARKS = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. `agency` is the holder of such sentences, "" when the kind is unknown."""

    kind: Kind = Kind.UNKNOWN
    agency: str = ""
    reported_on: date | None = None
    statements: tuple[Statement, ...] = ()
    baseline: Baseline | None = None
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        return any(one.is_refusal for one in self.remarks)


def read_document(payload: bytes, *, on: date, limits: Limits) -> Reading:
    """Read and check one document; never raises for what the document says.

    `on` is the operating day: nothing may be reported about a later one.
    """
    try:
        if not payload.strip():
            raise unreadable("empty", "файл")
        if is_archive(payload):
            return _read_tables(payload, on, limits)
        if len(payload) > limits.document_bytes:
            raise unreadable("too_large", "файл", size=len(payload), limit=limits.document_bytes)
        head = payload[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(b"{"):
            return _checked(Kind.CITIZEN_ACT, "epgu", on, [citizen_act(parse_json(payload))])
        if head.startswith(b"<") or payload.startswith(BOMS):
            return _read_xml(payload, on)
        raise unreadable("not_readable", "файл")
    except Unreadable as refusal:
        return Reading(remarks=refusal.remarks)


def _read_xml(payload: bytes, on: date) -> Reading:
    root = parse(payload)
    form = XML_FORMATS.get(str(root.tag))
    if form is None:
        raise unreadable("unknown_format", "строка 1", root=str(root.tag)[:120])
    if found := schemas_remarks(root, form.schemas):
        return Reading(form.kind, form.agency, remarks=found)
    if form.kind == Kind.PUSHED:
        return _read_pushed(root, on)
    return _read_by(form, root, on)


def _read_pushed(envelope: etree._Element, on: date) -> Reading:
    """The answer inside by its own schema and reader; who holds such answers is the sender to be."""
    root = pushed.document(envelope)
    form = XML_FORMATS.get(str(root.tag))
    if form is None or not form.is_pushed:
        raise unreadable("not_pushed", f"строка {root.sourceline}", root=str(root.tag)[:120])
    if found := schemas_remarks(root, form.schemas):
        return Reading(Kind.PUSHED, form.agency, remarks=found)
    return _read_by(form, root, on, envelope)


def _read_by(form: XmlFormat, root: etree._Element, on: date, envelope: etree._Element | None = None) -> Reading:
    kind = form.kind if envelope is None else Kind.PUSHED
    try:
        if envelope is None:
            return _checked(kind, form.agency, on, form.read(root), form.reported_on(root))
        statements = (*pushed.about(envelope), *form.read(root))
        return _checked(kind, form.agency, on, statements, informed_on(envelope))
    except Unreadable as refusal:
        return Reading(kind, form.agency, remarks=refusal.remarks)


def _read_tables(payload: bytes, on: date, limits: Limits) -> Reading:
    archive = open_archive(payload, limits)
    if not is_table_archive(archive):
        raise unreadable("unknown_format", "архив", root="zip без manifest.json")
    tables = read_table_archive(archive, limits)
    if tables.format == BASELINE_FORMAT:
        return Reading(Kind.BASELINE, "sfr", tables.as_of, baseline=baseline(tables, payload))
    if tables.format not in TABLE_FORMATS:
        raise unreadable("unknown_format", "manifest.json", root=tables.format)
    form = TABLE_FORMATS[tables.format]
    try:
        statements, remarks = read_rows(tables, form, on)
    except Unreadable as refusal:
        return Reading(form.kind, form.agency, remarks=refusal.remarks)
    told = tuple(remarks[:MOST_REMARKS])
    return Reading(form.kind, form.agency, tables.as_of, tuple(statements), remarks=told)


def _checked(kind: Kind, agency: str, on: date, placed: Iterable[Placed], reported_on: date | None = None) -> Reading:
    """Statements with what logic alone has against them."""
    found = tuple(placed)
    remarks = sorted((one for each in found for one in statement_remarks(each, on)), key=lambda one: not one.is_refusal)
    return Reading(
        kind, agency, reported_on or on, tuple(each.statement for each in found), remarks=tuple(remarks[:MOST_REMARKS])
    )


def sender_remark(reading: Reading, agency: str) -> Remark | None:
    """The objection when a kind of sentences comes from anybody but its holder."""
    if reading.agency in ("", agency):
        return None
    return remark("wrong_sender", "отправитель", kind=reading.kind, agency=agency, holder=reading.agency)
