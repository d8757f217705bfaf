"""Official schemas as tables: which elements a block holds, in which order, how often.

The tables are derived from the XSD files of the album and are the only place that knows the shape of a message:
the reader and the writer walk them, so a new version of a message is a new row of `catalogue.py` and no code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from kazna.kernel.places import FORMATS

XSD = "{http://www.w3.org/2001/XMLSchema}"
FOLDER = FORMATS / "xsd" / "egisso"
UNBOUNDED = 1_000_000_000


@dataclass(slots=True)
class Row:
    """One element of a block: its qualified name, how often it may stand there, and its own block if it has one."""

    tag: str
    name: str
    least: int
    most: int
    base: str  # built-in type of the text, "" for a block
    block: Block | None

    @property
    def is_many(self) -> bool:
        return self.most > 1


@dataclass(slots=True)
class Block:
    """A complex type: its elements in the order of the schema, those of a base type first.

    `has_attributes`: attributes are kept as "@name", and so is the text of what has both, as "" (10.33.O alone).
    """

    has_attributes: bool = False
    rows: list[Row] = field(default_factory=list)
    by_tag: dict[str, Row] = field(default_factory=dict)
    by_name: dict[str, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        known = self.by_tag.get(row.tag)
        if known is not None:
            known.most += row.most
            return
        self.rows.append(row)
        self.by_tag[row.tag] = row
        self.by_name[row.name] = row


class Album:
    """All schemas reachable from one file, and the tables of the elements they declare."""

    def __init__(self, path: Path) -> None:
        self.elements: dict[str, tuple[etree._Element, etree._Element]] = {}
        self.types: dict[str, tuple[etree._Element, etree._Element]] = {}
        self.groups: dict[str, tuple[etree._Element, etree._Element]] = {}
        self._blocks: dict[str, Block] = {}
        self._seen: set[Path] = set()
        self._load(path.resolve())

    def root(self, name: str) -> Row:
        """The row of a global element named in Clark's notation. Raises KeyError."""
        declared, schema = self.elements[name]
        return self._element(declared, schema, least=1, most=1)

    def root_names(self) -> list[str]:
        return list(self.elements)

    def _load(self, path: Path) -> None:
        if path in self._seen:
            return
        self._seen.add(path)
        parser = etree.XMLParser(no_network=True, resolve_entities=False, remove_comments=True)
        schema = etree.parse(str(path), parser).getroot()
        space = schema.get("targetNamespace", "")
        stores = {"element": self.elements, "complexType": self.types, "simpleType": self.types, "group": self.groups}
        for child in schema:
            store = stores.get(_local(child))
            if store is not None:
                store.setdefault(f"{{{space}}}{child.get('name')}", (child, schema))
        for child in schema.iterchildren(f"{XSD}import", f"{XSD}include"):
            if location := child.get("schemaLocation"):
                self._load((path.parent / location).resolve())

    def _element(self, node: etree._Element, schema: etree._Element, *, least: int, most: int) -> Row:
        if reference := node.get("ref"):
            declared, home = self.elements[_qualified(node, reference)]
            return self._element(declared, home, least=least, most=most)
        name = str(node.get("name"))
        is_global = node.getparent() is schema
        qualified = is_global or node.get("form", schema.get("elementFormDefault")) == "qualified"
        space = schema.get("targetNamespace", "")
        tag = f"{{{space}}}{name}" if qualified and space else name
        block, base = self._type_of(node, schema)
        return Row(tag, name, least, most, base, block)

    def _type_of(self, node: etree._Element, schema: etree._Element) -> tuple[Block | None, str]:
        if named := node.get("type"):
            return self._named(_qualified(node, named))
        for child in node:
            if _local(child) == "complexType":
                return self._complex(child, schema)
            if _local(child) == "simpleType":
                return None, self._simple(child)
        return None, "string"

    def _named(self, name: str) -> tuple[Block | None, str]:
        if name.startswith(XSD):
            return None, name[len(XSD) :]
        node, schema = self.types[name]
        if _local(node) == "simpleType":
            return None, self._simple(node)
        if name in self._blocks:
            return self._blocks[name], ""
        return self._complex(node, schema, name)

    def _simple(self, node: etree._Element) -> str:
        restriction = node.find(f"{XSD}restriction")
        if restriction is None:
            return "string"
        if named := restriction.get("base"):
            return self._named(_qualified(restriction, named))[1]
        inner = restriction.find(f"{XSD}simpleType")
        return self._simple(inner) if inner is not None else "string"

    def _complex(self, node: etree._Element, schema: etree._Element, name: str = "") -> tuple[Block | None, str]:
        block = Block()
        if name:
            self._blocks[name] = block  # before the walk: a type may hold itself
        simple = node.find(f"{XSD}simpleContent/*")
        block.has_attributes = any(
            node.find(f"{place}{kind}") is not None
            for place in (XSD, f"{XSD}simpleContent/*/{XSD}")
            for kind in ("attribute", "attributeGroup")
        )
        if simple is not None and block.has_attributes:
            return block, ""
        if simple is not None:
            return None, self._named(_qualified(simple, str(simple.get("base"))))[1]
        derived = node.find(f"{XSD}complexContent/*")
        if derived is None:
            self._walk(node, schema, block, 1)
            return block, ""
        if _local(derived) == "extension":
            base, _ = self._named(_qualified(derived, str(derived.get("base"))))
            for row in base.rows if base else ():
                block.add(Row(row.tag, row.name, row.least, row.most, row.base, row.block))
        self._walk(derived, schema, block, 1)
        return block, ""

    def _walk(self, node: etree._Element, schema: etree._Element, block: Block, times: int) -> None:
        for child in node:
            kind = _local(child)
            least = int(child.get("minOccurs", "1"))
            most = child.get("maxOccurs", "1")
            many = UNBOUNDED if most == "unbounded" else int(most)
            if kind == "element":
                least = 0 if _local(node) == "choice" else least
                block.add(self._element(child, schema, least=least, most=many * times))
            elif kind in ("sequence", "choice", "all"):
                self._walk(child, schema, block, many * times)
            elif kind == "group":
                group, home = self.groups[_qualified(child, str(child.get("ref")))]
                self._walk(group, home, block, many * times)


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


def _qualified(node: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    space = node.nsmap.get(prefix or None, "")
    return f"{{{space}}}{local}"


@cache
def album(file: str) -> Album:
    """The tables of a schema file of the album, e.g. "10.06.S-1.1.0.xsd"; built once per process."""
    return Album(FOLDER / file)


@cache
def schema(file: str) -> etree.XMLSchema:
    """The same file compiled for checking."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    return etree.XMLSchema(etree.parse(str(FOLDER / file), parser))
