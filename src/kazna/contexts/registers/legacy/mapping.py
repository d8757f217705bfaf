"""The mapping file: which columns of a legacy register tell of whom, and as which facts (own_legacy/1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from kazna.contexts.registers.legacy.errors import MappingRefused
from kazna.kernel.places import FORMATS

LARGEST = 1_000_000
MOST_REMARKS = 20
SCHEMA = FORMATS / "legacy" / "own_legacy_1.schema.json"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one value comes from: a column through a transformation, or `constant`."""

    column: str | None
    transform: str
    values: Mapping[str, Any]
    constant: Any
    is_needed: bool


@dataclass(frozen=True, slots=True)
class FactRule:
    """One fact of a row. `when`: (column, value) that the row must hold."""

    kind: str
    thing: Cell | None
    since: Cell
    until: Cell | None
    value: Mapping[str, Cell]
    when: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RelativeRule:
    """Another person of the row: `tie` is parent (of the row's person), child or spouse."""

    tie: str
    role: str
    person: Mapping[str, Cell]
    since: Cell | None


@dataclass(frozen=True, slots=True)
class LegacyMapping:
    """`source`: under which the facts are kept. `key`: the column that tells rows apart. `digest` of the content."""

    source: str
    title: str
    key: str
    file: Mapping[str, Any]
    person: Mapping[str, Cell]
    relatives: tuple[RelativeRule, ...]
    facts: tuple[FactRule, ...]
    digest: str

    def columns(self) -> set[str]:
        """Every column that the mapping reads."""
        return (
            {self.key}
            | {cell.column for cell in self.cells() if cell.column}
            | {rule.when[0] for rule in self.facts if rule.when}
        )

    def cells(self) -> Iterator[Cell]:
        yield from self.person.values()
        for relative in self.relatives:
            yield from relative.person.values()
            if relative.since:
                yield relative.since
        for rule in self.facts:
            yield from rule.value.values()
            yield from (cell for cell in (rule.thing, rule.since, rule.until) if cell)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def read_mapping(content: bytes, name: str, kinds: set[str]) -> LegacyMapping:
    """Checked against the schema and the catalogue of kinds. Raises MappingRefused with every mistake found."""
    if len(content) > LARGEST:
        raise MappingRefused(name=name, remarks="больше 1 МБ")
    try:
        told = yaml.safe_load(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError):
        raise MappingRefused(name=name, remarks="это не YAML в UTF-8") from None
    remarks = [
        f"{'/'.join(map(str, error.absolute_path)) or 'начало'}: {error.message[:200]}"
        for error in _validator().iter_errors(told)
    ]
    if not remarks:
        remarks = [
            f"вида сведений «{one['kind']}» нет в каталоге" for one in told.get("facts", ()) if one["kind"] not in kinds
        ]
    if remarks:
        raise MappingRefused(name=name, remarks="; ".join(remarks[:MOST_REMARKS]))
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return LegacyMapping(
        source=told["source"],
        title=told.get("title", told["source"]),
        key=told["key"],
        file=told.get("file", {}),
        person={field: _cell(one) for field, one in told["person"].items()},
        relatives=tuple(_relative(one) for one in told.get("relatives", ())),
        facts=tuple(_fact(one) for one in told.get("facts", ())),
        digest=hashlib.sha256(canonical.encode()).hexdigest(),
    )


def _cell(told: Any) -> Cell:
    if not isinstance(told, Mapping):
        return Cell(None, "text", {}, told, False)
    if "constant" in told:
        return Cell(None, "text", {}, told["constant"], False)
    values = {str(key).casefold(): value for key, value in told.get("values", {}).items()}
    return Cell(told["column"], told.get("transform", "text"), values, None, told.get("needed", False))


def _relative(told: Mapping[str, Any]) -> RelativeRule:
    person = {field: _cell(one) for field, one in told["person"].items()}
    return RelativeRule(told["tie"], told.get("role", ""), person, _cell(told["from"]) if "from" in told else None)


def _fact(told: Mapping[str, Any]) -> FactRule:
    when = told.get("when")
    return FactRule(
        kind=told["kind"],
        thing=_cell(told["thing"]) if "thing" in told else None,
        since=_cell(told["from"]),
        until=_cell(told["to"]) if "to" in told else None,
        value={key: _cell(one) for key, one in told.get("value", {}).items()},
        when=(when["column"], str(when["equals"])) if when else None,
    )
