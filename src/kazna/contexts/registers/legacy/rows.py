"""One row of a legacy register as people and facts, or what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kazna.contexts.registers.keys import content_id, keyed_id, person_id_by_snils
from kazna.contexts.registers.legacy.mapping import Cell, FactRule, LegacyMapping, RelativeRule
from kazna.contexts.registers.legacy.source import SourceRow
from kazna.contexts.registers.legacy.transforms import Misfit, transformed


@dataclass(slots=True)
class StagedRow:
    """`people` and `facts` are JSON-able; the first of `people` is the row's own. `kopecks`: money of all its facts."""

    number: int
    key: str
    digest: str
    people: list[dict[str, Any]] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    verdict: str = "accepted"
    kopecks: int = 0

    def reject(self, verdict: str, remark: str) -> None:
        self.verdict = verdict
        self.remarks.append(remark)


def staged(row: SourceRow, mapping: LegacyMapping) -> StagedRow:
    """The row through the mapping; every cell that does not fit is named."""
    told = json.dumps(row.cells, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
    key = row.cells.get(mapping.key, "").encode("utf-8", "replace").decode()[:100].replace("\0", "")
    made = StagedRow(row.number, key, digest)
    if row.problem:
        made.reject("rejected", row.problem)
        return made
    if not key:
        made.reject("rejected", f"{mapping.key}: пусто, а по этому столбцу различаются строки")
    reader = _Reader(row.cells, made)
    own = _person(mapping.person, reader, mapping, key, "")
    made.people.append(own)
    for place, relative in enumerate(mapping.relatives):
        if any(row.cells.get(cell.column or "") for cell in relative.person.values() if cell.column):
            _relative(relative, reader, mapping, made, own, place)
    for place, rule in enumerate(mapping.facts):
        if rule.when is None or row.cells.get(rule.when[0], "") == rule.when[1]:
            _fact(rule, reader, mapping, made, own["id"], place)
    return made


@dataclass(slots=True)
class _Reader:
    cells: Mapping[str, str]
    row: StagedRow

    def value(self, cell: Cell | None) -> Any:
        """None when the cell is empty; a misfit is noted and is None as well."""
        if cell is None:
            return None
        if cell.column is None:
            return cell.constant
        text = self.cells.get(cell.column, "")
        if not text:
            if cell.is_needed:
                self.row.reject("rejected", f"{cell.column}: пусто")
            return None
        try:
            return transformed(text, cell.transform, cell.values)
        except Misfit as misfit:
            self.row.reject("rejected", f"{cell.column}: {misfit}")
            return None


def _person(rules: Mapping[str, Cell], reader: _Reader, mapping: LegacyMapping, key: str, who: str) -> dict[str, Any]:
    told = {name: reader.value(cell) for name, cell in rules.items()}
    for name in ("surname", "forename"):
        if not told.get(name) and not reader.row.remarks:
            reader.row.reject("rejected", f"{who or 'человек'}: нет фамилии или имени")
    snils = told.get("snils")
    identity = person_id_by_snils(snils) if snils else keyed_id(f"legacy/{mapping.source}/{key}/{who}")
    if told.get("sex") not in (None, "M", "F"):
        reader.row.reject("rejected", "пол: после преобразования не M и не F")
    return {**told, "id": str(identity)}


def _relative(
    rule: RelativeRule, reader: _Reader, mapping: LegacyMapping, made: StagedRow, own: dict[str, Any], place: int
) -> None:
    other = _person(rule.person, reader, mapping, made.key, f"родственник {place + 1}")
    made.people.append(other)
    since = reader.value(rule.since) or other.get("birth_date") if rule.tie == "child" else reader.value(rule.since)
    since = since or own.get("birth_date")
    if not since:
        made.reject("rejected", "родство: не известно, с какого дня")
        return
    if other["id"] == own["id"]:
        made.reject("rejected", "родственник — тот же человек")
        return
    thing = f"legacy/{made.key}/{place}"
    role = {"role": rule.role or "mother", "act": None, "order": None}
    if rule.tie == "spouse":
        for subject, spouse in ((own, other), (other, own)):
            _add(made, mapping, "family.marriage", subject["id"], spouse["id"], thing, since, None, {"act": None})
    else:
        child, parent = (other, own) if rule.tie == "child" else (own, other)
        if (child.get("birth_date") or "9") <= (parent.get("birth_date") or ""):
            made.reject("rejected", "родитель не старше ребёнка")
            return
        _add(made, mapping, "family.parent", child["id"], parent["id"], thing, since, None, role)


def _fact(rule: FactRule, reader: _Reader, mapping: LegacyMapping, made: StagedRow, subject: str, place: int) -> None:
    since, until = reader.value(rule.since), reader.value(rule.until)
    value = {key: reader.value(cell) for key, cell in rule.value.items()}
    thing = reader.value(rule.thing) or f"{made.key}/{place}"
    if since is None:
        if made.verdict == "accepted":
            made.reject("rejected", f"{rule.kind}: не известно, с какого дня")
        return
    if until is not None and until < since:
        made.reject("rejected", f"{rule.kind}: конец раньше начала")
        return
    made.kopecks += sum(one for key, one in value.items() if key.endswith("_kopecks") and isinstance(one, int))
    _add(made, mapping, rule.kind, subject, None, f"legacy/{thing}"[:200], since, until, value)


def _add(
    made: StagedRow, mapping: LegacyMapping, kind: str, subject: str, other: str | None, thing: str, since: str,
    until: str | None, value: dict[str, Any],
) -> None:  # fmt: skip
    fact_id: UUID = content_id("legacy", mapping.source, kind, subject, other, thing, since, until, value)
    made.facts.append(
        {"id": str(fact_id), "kind": kind, "subject_id": subject, "object_id": other, "thing": thing,
         "valid_from": since, "valid_to": until, "value": value}
    )  # fmt: skip
