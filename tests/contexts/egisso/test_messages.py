"""Every version of a message of the album is read into our words and written back with the same content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from kazna.contexts.egisso.messages.catalogue import BY_KEY, BY_ROOT, CATALOGUE, Mapping, Message
from kazna.contexts.egisso.messages.read import open_message
from kazna.contexts.egisso.messages.tables import FOLDER, Row, schema
from kazna.contexts.egisso.messages.write import document, package
from kazna.kernel.places import FORMATS, ROOT

SAMPLES = sorted((FORMATS / "egisso" / "samples").glob("*.xml"))
PAGE = ROOT / "docs" / "reference" / "egisso.md"
ZONES = ("+03:00", "Z", "+04:00")


def message_of(path: Path) -> Message | None:
    return BY_ROOT.get(etree.parse(path).getroot().tag)


def content(root: etree._Element) -> list[tuple[str, str]]:
    """Tags and texts; records of one kind in the order they stand, zones of days left out."""
    return sorted(
        (one.tag, (one.text or "").strip()[:10] if _is_day(one) else (one.text or "").strip())
        for one in root.iter(etree.Element)
        if len(one) == 0
    )


def _is_day(one: etree._Element) -> bool:
    text = (one.text or "").strip()
    return len(text) > 10 and text[4:5] == "-" and text[7:8] == "-" and text[10:] in ZONES


@pytest.mark.parametrize("path", [one for one in SAMPLES if (m := message_of(one)) and m.kinds], ids=lambda p: p.stem)
def test_an_official_sample_goes_through_our_words_and_back(path: Path):
    root = etree.parse(path).getroot()
    head, walk = open_message(path)
    records = [(one.element, one.ours) for one in walk]

    again = package(head.message.key, head.package_id, records)

    assert schema(head.message.file).validate(again) == schema(head.message.file).validate(root)
    assert content(again) == content(root)


@pytest.mark.parametrize("path", [one for one in SAMPLES if (m := message_of(one)) and m.whole], ids=lambda p: p.stem)
def test_an_official_question_is_read_and_written_back(path: Path):
    root = etree.parse(path).getroot()
    (record,) = open_message(path)[1]

    assert record.faults == ()
    assert content(document(message_of(path).root, record.ours)) == content(root)


def leaves(row: Row, depth: int = 0) -> int:
    if row.block is None or depth > 12:
        return 1
    return 1 + sum(leaves(one, depth + 1) for one in row.block.rows)


@pytest.mark.parametrize("message", CATALOGUE, ids=lambda m: m.key)
def test_every_message_has_its_schema_and_a_row_of_the_reference(message: Message):
    assert (FOLDER / message.file).is_file()
    assert leaves(message.root) > 1
    assert message.kinds or message.whole
    assert f"| {message.code} | {message.version} |" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", [key for key, message in BY_KEY.items() if message.kinds])
def test_no_element_of_the_schema_is_left_out_of_the_mapping(key: str):
    """What no word of ours holds would be lost in silence on the way in."""
    message, found = BY_KEY[key], {}
    for row in rows(message.root):
        if row.name in message.kinds and row.block:
            found.setdefault(row.name, row)

    assert found
    assert {name: left for name, row in found.items() if (left := left_out(row, message.kinds[name].mapping))} == {}


def left_out(row: Row, mapping: Mapping) -> list[str]:
    """Paths of the schema that no rule of the mapping covers; a block named whole is covered whole."""
    inner_of = {}
    for rule in mapping.values():
        path, inner = rule if isinstance(rule, tuple) else (rule, None)
        inner_of[path.replace("[]", "")] = inner[0] if isinstance(inner, list) else inner

    def walk(block_row: Row, before: str):
        for one in block_row.block.rows:
            path = f"{before}{one.name}"
            if path in inner_of:
                inner = inner_of[path]
                yield from (f"{path}/{left}" for left in (left_out(one, inner) if inner else ()))
            elif one.block is not None and any(known.startswith(f"{path}/") for known in inner_of):
                yield from walk(one, f"{path}/")
            else:
                yield path

    return list(walk(row, ""))


def rows(row: Row, depth: int = 0) -> Iterator[Row]:
    yield row
    if row.block is not None and depth < 6:
        for one in row.block.rows:
            yield from rows(one, depth + 1)
