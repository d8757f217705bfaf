"""Record the accepted facts of a package: rows, their people, doubles across bodies, facts of the spine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from kazna.contexts.egisso.control.check import RecordVerdict
from kazna.contexts.egisso.control.findings import finding
from kazna.contexts.egisso.control.known import Known
from kazna.contexts.egisso.facts.apply_changes import Desk, Present
from kazna.contexts.egisso.facts.rows import CHANGE_COLUMNS, COLUMNS, assignment_row, day, provision_of, spine_value
from kazna.contexts.egisso.measures.own import law_measures
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing.bulk import copy_rows

SOURCE, KIND = "egisso", "measure.assigned"
DOUBLES = """
    INSERT INTO egisso_double (assignment_id, other_id, found_on)
    SELECT n.id, o.id, %(on)s FROM egisso_assignment n JOIN egisso_assignment o
        ON o.snils = n.snils AND o.id <> n.id AND o.state IN ('active', 'ended')
        AND (o.measure_id = n.measure_id OR (n.msz <> '' AND o.msz = n.msz))
        AND (o.package_id IS DISTINCT FROM n.package_id OR o.id < n.id)
        AND o.first_day <= coalesce(n.last_day, 'infinity') AND n.first_day <= coalesce(o.last_day, 'infinity')
    WHERE n.package_id = %(package)s
    ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Recording:
    """Where a package goes: what it is, who sent it, on what day."""

    known: Known
    line: str
    provider: str
    package_id: UUID
    on: date
    received_at: datetime
    seq: int = 0
    pages: int = 0


def record_facts(verdicts: list[RecordVerdict], to: Recording) -> None:
    """Facts and changes of a chunk of verdicts, in their order, with one page of facts of the spine.

    Adds the warning about a СНИЛС of someone else. Nothing of the chunk is kept, so a package may be of any size.
    """
    people, law = match_people(verdicts, to), law_measures()
    rows, told = [], []
    for verdict in (one for one in verdicts if one.accepted and one.action == "fact.create"):
        ident, card = UUID(verdict.ours["id"]), verdict.ours
        measure = to.known.measures.get(card["measure_id"].lower())
        person = people.get(card["receiver"]["snils"])
        rows.append(assignment_row(ident, card, line=to.line, provider=to.provider, person=person, measure=measure,
                                   package_id=to.package_id, on=to.on))  # fmt: skip
        if person:
            money = provision_of(card)[1]
            told.append((spine_fact(ident, person[0], card, card.get("last_day"), money, to.known, law), False))
    copy_rows("egisso_assignment", COLUMNS, rows)
    _tell(told, to, corrects=False)
    _record_changes([one for one in verdicts if one.accepted and "fact_id" in one.ours], to)


def _record_changes(changes: list[RecordVerdict], to: Recording) -> None:
    if not changes:
        return
    desk = Desk()
    desk.load({UUID(one.ours["fact_id"]) for one in changes})
    rows = []
    for one in changes:
        desk.apply(UUID(one.ours["fact_id"]), one.action, one.ours)
        rows.append([UUID(one.ours["id"]), UUID(one.ours["fact_id"]), one.action, one.ground, to.line, one.ours,
                     to.package_id, to.on, to.seq])  # fmt: skip
        to.seq += 1
    copy_rows("egisso_change", CHANGE_COLUMNS, rows)
    _tell([_told(fact, to.known) for fact in desk.save() if fact.person_id], to, corrects=True)


def _tell(told: list[tuple[registers.NewFact, bool]], to: Recording, *, corrects: bool) -> None:
    to.pages += 1
    registers.report_bulk(
        told,
        source=SOURCE,
        on=to.on,
        cause=Cause(None, to.received_at),
        seed=f"{to.package_id}/{to.pages}",
        corrects=corrects,
    )


def match_people(verdicts: Iterable[RecordVerdict], to: Recording) -> dict[str, tuple[UUID, str]]:
    """(person id, territory) by СНИЛС; a СНИЛС whose card has another birth date is left unmatched, with a warning."""
    births = {
        one.ours["receiver"]["snils"]: (one.ours["receiver"].get("birth_date"), one)
        for one in verdicts
        if one.accepted and one.action == "fact.create"
    }
    ids = registers.ids_by_snils(births)
    cards = registers.cards(ids.values())
    found = {}
    for snils, person_id in ids.items():
        card, (born, verdict) = cards[person_id], births[snils]
        if card.birth_date and born and card.birth_date.isoformat() != born:
            verdict.findings.append(finding("other_person", line=verdict.line, code=snils))
            continue
        found[snils] = (person_id, card.territory or "")
    return found


def finish_facts(to: Recording) -> None:
    """Once per package: the same support assigned twice."""
    with connection.cursor() as cursor:
        cursor.execute(DOUBLES, {"package": to.package_id, "on": to.on})


def _told(fact: Present, known: Known) -> tuple[registers.NewFact, bool]:
    assert fact.person_id is not None
    is_withdrawn = fact.state in ("invalidated", "deleted")
    return (
        spine_fact(fact.ident, fact.person_id, fact.card, fact.last_day, fact.money, known, law_measures()),
        is_withdrawn,
    )


def spine_fact(
    ident: UUID, person_id: UUID, card: Plain, last_day: str | None, money: int, known: Known, law: Mapping[str, str]
) -> registers.NewFact:
    """`measure.assigned` of another body, half-open as facts are; ended before it began, it covers no day."""
    first = date.fromisoformat(card["first_day"])
    last = day(last_day)
    measure = known.measures.get(card["measure_id"].lower())
    until = None if last is None else max(first, last + timedelta(days=1))
    value = spine_value(str(ident), card, measure, law, money)
    return registers.NewFact(KIND, person_id, None, str(ident), first, until, value)
