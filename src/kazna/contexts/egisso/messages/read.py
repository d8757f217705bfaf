"""Read a message of any size: records one by one, each checked by the official schema, memory bounded.

A package is never held whole. Records are gathered by the thousand under an empty copy of their envelope and that
small document is checked; when it does not pass, its records are checked one by one, so a bad record refuses itself
and not its neighbours.
"""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from kazna.contexts.egisso.messages.catalogue import BY_ROOT, WHOLE, Kind, Message, records_path
from kazna.contexts.egisso.messages.shape import Plain, to_ours
from kazna.contexts.egisso.messages.tables import UNBOUNDED, Block, Row, schema
from kazna.contexts.integration.public import Remark, schema_faults
from kazna.kernel.errors import DomainError

CHUNK = 500
SMALL = 16 * 1024 * 1024  # a thousand facts are two megabytes
SAFE: dict[str, Any] = {
    "resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip
NO_DOCTYPE = "В документе есть объявление DOCTYPE. Уберите его: в сообщениях ЕГИССО его не бывает."
NOBODY = "00000000-0000-0000-0000-000000000000"


class NotReadable(DomainError):
    sentence = "{what}"


class NotAMessage(DomainError):
    sentence = "{what}"


class TooMany(DomainError):
    sentence = "В пакете больше {most} записей вида «{kind}»."


@dataclass(slots=True)
class Record:
    """One record: `plain` in the words of the album, `ours` in ours; `faults` is what the schema has against it."""

    number: int
    element: str
    line: int
    kind: Kind
    ours: Plain
    faults: tuple[Remark, ...] = ()


@dataclass(slots=True)
class Head:
    """What is known of a message before its records: filled while it is read."""

    message: Message
    package_id: str = ""
    faults: list[Remark] = field(default_factory=list)


Walk: TypeAlias = Generator[Record, None, None]


def plain_of(element: etree._Element, block: Block) -> Plain:
    """An element as plain values: days as "2025-03-14", booleans as such, everything else as written."""
    found: Plain = {}
    by_tag = block.by_tag
    for child in element:
        row = by_tag.get(child.tag)
        if row is None:
            continue
        value: Any = plain_of(child, row.block) if row.block is not None else _value(child.text, row.base)
        if row.most > 1:
            found.setdefault(row.name, []).append(value)
        else:
            found[row.name] = value
    if block.has_attributes:
        found |= {f"@{name}": value for name, value in element.attrib.items()}
        if text := (element.text or "").strip():
            found[""] = text
    return found


def _value(text: str | None, base: str) -> Any:
    text = (text or "").strip()
    if base == "date":
        return text[:10]
    if base == "boolean":
        return text in ("true", "1")
    return text


def open_message(source: bytes | Path) -> tuple[Head, Walk]:
    """The head and a one-time walk over the records. Raises NotReadable, NotAMessage; the walk NotReadable, TooMany.

    What is small is parsed at once, which is five times as fast; what is large is never held whole.
    """
    if isinstance(source, Path) and source.stat().st_size <= SMALL:
        source = source.read_bytes()
    if isinstance(source, Path):
        root = _first_element(source)
        head = Head(_message_of(root))
        if not head.message.whole:
            return head, _records(head, _stream(source, head))
    try:
        if isinstance(source, Path):
            source = source.read_bytes()
        root = etree.fromstring(source, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        raise _unreadable(problem, source) from problem
    if root.getroottree().docinfo.doctype:
        raise NotReadable(what=NO_DOCTYPE)
    head = Head(_message_of(root))
    return head, _whole(head, root) if head.message.whole else _records(head, _tree(root, head))


def message_of(source: bytes | Path) -> Message:
    """Which message it is, by its root alone. Raises NotReadable, NotAMessage."""
    return _message_of(_first_element(source))


def _first_element(source: bytes | Path) -> etree._Element:
    """The root with its attributes and nothing inside."""
    stream = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    try:
        for _, root in etree.iterparse(stream, events=("start",), **SAFE):
            if root.getroottree().docinfo.doctype:
                raise NotReadable(what=NO_DOCTYPE)
            return root
        raise NotReadable(what="XML не читается: документ пуст.")
    except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
        raise _unreadable(problem, source if isinstance(source, bytes) else b"") from problem
    finally:
        stream.close()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(dtd_validation=False, **SAFE)


def _unreadable(problem: Exception, payload: bytes) -> NotReadable:
    if b"<!DOCTYPE" in payload[:4096]:
        return NotReadable(what=NO_DOCTYPE)
    line, column = getattr(problem, "position", (1, 1))
    return NotReadable(
        what=f"XML не читается: строка {line}, знак {column}. Проверьте выгрузку, файл мог быть оборван."
    )


def _tree(root: etree._Element, head: Head) -> Generator[etree._Element, None, etree._Element]:
    """Records of a parsed document; returns what is left of it: the envelope."""
    holder = root
    for row in records_path(head.message.key)[1:]:
        _find_id(holder, head)
        found = holder.find(row.tag)
        if found is None:
            return root
        _find_id(found, head)
        holder = found
    yield from list(holder)
    return root


def _find_id(block: etree._Element, head: Head) -> None:
    for name in ("{*}packageId", "{*}packageID"):
        head.package_id = head.package_id or (block.findtext(name) or "").strip()


def _stream(path: Path, head: Head) -> Generator[etree._Element, None, etree._Element]:
    """Records of a large file as they are read; returns the envelope."""
    rows = records_path(head.message.key)
    holder = rows[-1].block
    assert holder is not None
    tags = [*holder.by_tag, "{*}packageId", "{*}packageID", rows[0].tag]
    root = None
    with path.open("rb") as file:
        try:
            for event, element in etree.iterparse(file, events=("start", "end"), tag=tags, **SAFE):
                if root is None:
                    root = element
                if event == "start":
                    continue
                parent = element.getparent()
                if parent is not None and parent.tag == rows[-1].tag:
                    yield element
                elif element.tag.endswith(("}packageId", "}packageID")) and not head.package_id:
                    head.package_id = (element.text or "").strip()
        except (etree.XMLSyntaxError, ValueError, LookupError) as problem:
            raise _unreadable(problem, b"") from problem
    assert root is not None
    return root


def _message_of(root: etree._Element) -> Message:
    message = BY_ROOT.get(root.tag)
    if message is not None:
        return message
    space, name = etree.QName(root).namespace or "", etree.QName(root).localname
    if "esponse" in name:
        raise NotAMessage(what=f"Это ответ ({name[:40]}), а проверяется то, что отправляет поставщик: запрос.")
    same = [known for known in BY_ROOT.values() if space.startswith(f"urn://egisso-ru/msg/{known.code}/")]
    if same:
        known = ", ".join(sorted(one.version for one in same))
        raise NotAMessage(
            what=f"Сообщение {same[0].code}: версия «{space.rsplit('/', 1)[-1][:20]}» с корнем «{name[:40]}» "
            f"не принимается. Принимаются версии {known}; выгрузите пакет в одной из них."
        )
    raise NotAMessage(
        what=f"Корень «{name[:60]}» в пространстве имён «{space[:80]}» не относится к сообщениям ЕГИССО. "
        "Проверьте, тот ли это файл; пространство имён сообщения: urn://egisso-ru/msg/<код>/<версия>."
    )


def _whole(head: Head, root: etree._Element) -> Walk:
    block = head.message.root.block
    assert block is not None
    faults = _faults(root, head.message.file)
    kind, plain = Kind(head.message.whole, {}), plain_of(root, block)
    mapping = WHOLE.get(head.message.whole)
    ours = to_ours(plain, mapping) if mapping else plain
    yield Record(1, etree.QName(root).localname, root.sourceline or 1, kind, ours, faults)


def _records(head: Head, elements: Generator[etree._Element, None, etree._Element]) -> Walk:
    path = records_path(head.message.key)
    holder = path[-1].block
    assert holder is not None
    counts: dict[str, int] = {}
    waiting: list[etree._Element] = []
    number = 0
    while True:
        try:
            element = next(elements)
        except StopIteration as end:
            root = end.value
            break
        row = holder.by_tag.get(element.tag)
        counts[element.tag] = counts.get(element.tag, 0) + 1
        if row is not None and row.most < UNBOUNDED and counts[element.tag] > row.most:
            raise TooMany(most=row.most, kind=row.name)
        waiting.append(element)
        if len(waiting) > CHUNK:  # the last one is still open in the parser, the others are done with
            yield from _chunk(head, path, waiting[:-1], number)
            number += len(waiting) - 1
            del waiting[:-1]
    if waiting:
        yield from _chunk(head, path, waiting, number)
    _check_envelope(head, root, bool(counts))


def _chunk(head: Head, path: tuple[Row, ...], elements: list[etree._Element], before: int) -> Iterator[Record]:
    """Check and read a chunk of records, then let go of them."""
    message, holder = head.message, path[-1].block
    assert holder is not None
    shell, inside = _shell(path, elements)
    is_good = schema(message.file).validate(shell)
    for place, element in enumerate(elements, 1):
        row = holder.by_tag.get(element.tag)
        name = etree.QName(element).localname
        kind = message.kinds.get(name) if row is not None else None
        faults = () if is_good else _own_faults(message, path, element)
        if row is None or row.block is None or kind is None:
            yield Record(before + place, name, element.sourceline or 0, Kind("unknown", {}), {}, faults)
            continue
        ours = to_ours(plain_of(element, row.block), kind.mapping)
        yield Record(before + place, name, element.sourceline or 0, kind, ours, faults)
    inside.clear()


def _shell(path: tuple[Row, ...], elements: list[etree._Element]) -> tuple[etree._Element, etree._Element]:
    """The envelope of a package around these records; they are moved out of the tree they were read into."""
    shell = inside = etree.Element(path[0].tag)
    for row, following in itertools.pairwise(path):
        for sibling in row.block.rows if row.block else ():
            if sibling.name in ("packageId", "packageID"):
                etree.SubElement(inside, sibling.tag).text = NOBODY
        inside = etree.SubElement(inside, following.tag)
    inside.extend(elements)
    return shell, inside


def _own_faults(message: Message, path: tuple[Row, ...], element: etree._Element) -> tuple[Remark, ...]:
    parent, place = element.getparent(), element.getparent().index(element)  # type: ignore[union-attr]
    shell, _ = _shell(path, [element])
    found = _faults(shell, message.file)
    if parent is not None:
        parent.insert(place, element)
    return found


def _check_envelope(head: Head, root: etree._Element, has_records: bool) -> None:
    """The envelope without its records: ids, places, strange elements around them."""
    emptied = "«elements»: не хватает" if has_records else "\n"  # its records were taken out
    head.faults.extend(fault for fault in _faults(root, head.message.file) if emptied not in fault.what)
    if not has_records and not head.faults:
        head.faults.append(
            Remark("empty", "пакет", "В пакете нет ни одной записи.", "Принимать нечего.", "Проверьте выгрузку.")
        )


def _faults(root: etree._Element, file: str) -> tuple[Remark, ...]:
    rules = schema(file)
    return () if rules.validate(root) else schema_faults(rules.error_log)
