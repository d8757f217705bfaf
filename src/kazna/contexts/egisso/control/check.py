"""Check a message as its recipient would: the envelope, then each record by the schema, the lists and the registers.

One bad record refuses itself only; a broken envelope, a strange version or a package over the limit refuses all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kazna.contexts.egisso.control.facts import Asked, check_change, check_fact
from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Known, KnownFact
from kazna.contexts.egisso.control.measures import check_measure
from kazna.contexts.egisso.control.people import LATIN, NAMES, check_person
from kazna.contexts.egisso.control.registers import check_link, check_minimum, check_point, check_right
from kazna.contexts.egisso.control.versions import check_activation, check_publication
from kazna.contexts.egisso.messages.catalogue import Message
from kazna.contexts.egisso.messages.read import Head, NotAMessage, NotReadable, Record, TooMany, open_message
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.integration.public import Remark

CHUNK = 1000
CHANGES = ("fact.recalculate", "fact.correct", "fact.end", "fact.invalidate", "fact.delete", "fact.edit")
BECOMES = {"fact.end": "ended", "fact.invalidate": "invalidated", "fact.delete": "deleted"}
NAME_ELEMENTS = re.compile(r"«(FamilyName|FirstName|Patronymic|MaidenFamilyName|surname|forename|patronymic)»")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(slots=True)
class RecordVerdict:
    """What the protocol says of one record; `record_id` is None when the record has no readable id."""

    number: int
    element: str
    action: str
    record_id: str | None
    line: int
    ours: Plain
    ground: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return not any(found.is_refusal for found in self.findings)

    def plain(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.element,
            "record_id": self.record_id,
            "line": self.line,
            "accepted": self.accepted,
            "remarks": [found.plain() for found in self.findings],
        }


@dataclass(slots=True)
class PackageCheck:
    """A check under way: iterate `records` once; `refusals` is complete after that and refuses everything."""

    records: Iterator[RecordVerdict]
    head: Head | None = None
    refusals: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    @property
    def message(self) -> Message | None:
        return self.head.message if self.head else None

    @property
    def package_id(self) -> str:
        return self.head.package_id if self.head else ""


def check_message(source: bytes | Path, known: Known, *, provider: str = "") -> PackageCheck:
    """Open a message for checking. Never raises for what it says.

    `provider` is the code of the body that sent it, "" when it is not known (then ownership is not judged).
    """
    check = PackageCheck(iter(()))
    try:
        check.head, records = open_message(source)
    except NotReadable as refusal:
        check.refusals.append(finding("unreadable", what=refusal.what))
        return check
    except NotAMessage as refusal:
        check.refusals.append(finding("version", what=refusal.what))
        return check
    check.records = _Walk(check, known, provider).records(records)
    return check


class _Walk:
    """One pass over a package: what it says first is known to what it says later."""

    def __init__(self, check: PackageCheck, known: Known, provider: str) -> None:
        self.check, self.known, self.provider = check, known, provider
        self.seen: set[str] = set()
        self.was_asked = False
        self.told: dict[str, Asked] = {}
        self.points: set[str] = set()
        self.rights: set[str] = set()
        self.minima = dict(known.recorded.minima()) if _has(check, "minimum.put") else {}

    def records(self, records: Iterator[Record]) -> Iterator[RecordVerdict]:
        try:
            while chunk := list(islice(records, CHUNK)):
                if self._is_known_package():
                    return
                yield from self._chunk(chunk)
        except NotReadable as refusal:
            self.check.refusals.append(finding("unreadable", what=refusal.what))
        except TooMany as refusal:
            self.check.refusals.append(finding("too_many", what=str(refusal)))
        head = self.check.head
        assert head is not None
        self.check.refusals.extend(_of_schema(fault) for fault in head.faults)

    def _is_known_package(self) -> bool:
        """Asked once, before the first records: a package taken already is not walked again."""
        ident = self.check.package_id.lower()
        when = self.known.recorded.package(ident) if ident and not self.was_asked else None
        self.was_asked = True
        if when:
            self.check.refusals.append(finding("package_known", code=ident, when=when))
        return bool(when)

    def _chunk(self, chunk: list[Record]) -> Iterator[RecordVerdict]:
        recorded = self.known.recorded
        ids = {one.ours.get("id", "").lower() for one in chunk} - {""}
        asked = {one.ours["fact_id"].lower() for one in chunk if "fact_id" in one.ours}
        taken = recorded.taken(ids)
        facts: dict[str, KnownFact | Asked] = {**recorded.facts(ids | asked)}
        links = {str(one.ours[name]).lower() for one in chunk for name in ("target_id", "right_id") if name in one.ours}
        rights = recorded.rights(links) | self.rights
        if _has(self.check, "point.put"):
            before = {str(one.ours.get("previous_id", "")).lower() for one in chunk} - {""}
            main = {self.known.bodies.get(str(one.ours.get("body")), "") for one in chunk} - {""}
            self.points |= recorded.points(before | links | main) | (main & ids)
        for one in chunk:
            verdict = RecordVerdict(
                one.number, one.element, one.kind.action, _ident(one), one.line, one.ours, one.kind.ground
            )
            verdict.findings.extend(self._findings(one, taken, facts, rights))
            if verdict.accepted:
                self._remember(one)
            yield verdict

    def _findings(
        self, one: Record, taken: set[str], facts: dict[str, KnownFact | Asked], rights: set[str]
    ) -> Iterator[Finding]:
        if one.faults:
            yield from _of_faults(one, self.known)
            return
        ident, action, ours, line = one.ours.get("id", "").lower(), one.kind.action, one.ours, one.line
        if ident in self.seen:
            yield finding("repeated", line=line, code=ours["id"])
            return
        if ident:
            self.seen.add(ident)
        if ident in taken:
            yield finding("known", line=line, code=ours["id"])
        if action == "fact.create":
            yield from check_fact(ours, self.known, line)
        elif action in CHANGES:
            asked = ours.get("fact_id", "").lower()
            if known := self.told.get(asked) or facts.get(asked) or self.known.knows_facts:
                found = None if isinstance(known, bool) else known
                yield from check_change(ours, action, found, self.known, self.provider, line)
            if action == "fact.correct":
                yield from check_fact(ours.get("fact", {}), self.known, line)
            for person in (ours.get("receiver", {}), *ours.get("grounds", ())) if action == "fact.edit" else ():
                yield from check_person(person, self.known.on, line)
        elif action == "fact.refuse":
            yield from check_person(ours.get("receiver", {}), self.known.on, line)
        elif action == "measure.put":
            yield from check_measure(ours, self.known, line)
            yield from self._check_owner(ours.get("previous_id", ""), line)
        elif action == "measure.remove":
            if ours.get("target_id", "").lower() not in self.known.measures:
                yield finding("measure", line=line, code=ours.get("target_id", ""))
            yield from self._check_owner(ours.get("target_id", ""), line)
        elif action == "point.put":
            yield from check_point(ours, self.known, self.points, line)
        elif action == "point.remove":
            if ours.get("target_id", "").lower() not in self.points:
                yield finding("point", line=line, code=ours.get("target_id", ""))
        elif action == "minimum.put":
            yield from check_minimum(ours, self.minima, self.known, line)
        elif action == "right.put":
            yield from check_right(ours, self.known, line)
        elif action in ("right.exclude", "right.remove", "minimum.remove", "related.remove"):
            if self.known.knows_facts:
                yield from check_link(ours.get("right_id") or ours.get("target_id", ""), rights, line)
        elif action == "related.put":
            if ours.get("measure_id", "").lower() not in self.known.measures:
                yield finding("measure", line=line, code=ours.get("measure_id", ""))
            if ours.get("msz") not in self.known.classifiers.msz:
                yield finding("msz", line=line, code=ours.get("msz", ""))
        elif action == "classifier.publish":
            yield from check_publication(ours, line)
        elif action == "classifier.activate":
            yield from check_activation(ours, line)

    def _check_owner(self, measure_id: str, line: int) -> Iterator[Finding]:
        """A card is changed and removed by the body that sent it."""
        measure = self.known.measures.get(measure_id.lower())
        if measure and self.provider and measure.provider not in ("", self.provider):
            yield finding("foreign_measure", line=line, code=measure_id, owner=measure.provider)

    def _remember(self, one: Record) -> None:
        ours, action = one.ours, one.kind.action
        ident = ours.get("id", "").lower()
        if action == "fact.create":
            self.told[ident] = Asked(self.provider, "active", ours.get("first_day", ""))
        elif action in BECOMES:
            self.told[ours["fact_id"].lower()] = Asked(self.provider, BECOMES[action], "")
        elif action == "point.put":
            self.points.add(ident)
        elif action == "right.put":
            self.rights.add(ident)
        elif action == "minimum.put":
            self.minima[(ours["oktmo"], ours["year"], ours["quarter"])] = ident


def _has(check: PackageCheck, action: str) -> bool:
    return check.message is not None and any(kind.action == action for kind in check.message.kinds.values())


def _ident(one: Record) -> str | None:
    found = str(one.ours.get("id", ""))
    return found if UUID.fullmatch(found) else None


def _of_schema(fault: Remark, line: int = 0) -> Finding:
    return finding("schema", line=line, what=fault.what, expected=_expected(fault))


def _expected(fault: Remark) -> str:
    return fault.why.rpartition("требует: ")[2].removesuffix(".") or "значение по схеме"


def _of_faults(one: Record, known: Known) -> Iterator[Finding]:
    """What the schema objects to; a Latin letter in a name and a wrong СНИЛС are called by their own rules."""
    said = list(_people_findings(one, known))
    yield from said
    latin = any(found.rule_code == "908" for found in said)
    for fault in one.faults:
        if latin and NAME_ELEMENTS.search(fault.what):
            continue
        yield _of_schema(fault, one.line)


def _people_findings(one: Record, known: Known) -> Iterable[Finding]:
    people = [one.ours.get("receiver"), *one.ours.get("grounds", ())]
    if one.kind.action == "right.put":
        people.append(one.ours)
    for person in people:
        for name, title in NAMES.items():
            if person and LATIN.search(str(person.get(name) or "")):
                yield finding("latin", line=one.line, name=title, code=person[name])
