"""What became of the platform's own decisions, in the words of the register of facts: grounds of ends and changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from uuid import UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.cases.contracts import AssignmentChange, ChangeCause
from kazna.contexts.egisso.control.known import KnownMeasure
from kazna.contexts.egisso.facts.apply_changes import Desk, Present
from kazna.contexts.egisso.facts.rows import CHANGE_COLUMNS, with_amount
from kazna.contexts.egisso.messages.shape import Plain
from kazna.kernel.money import decimal_roubles
from kazna.plumbing.bulk import copy_rows

CHUNK = 2000
LINE = "10.06.S"
SPACE = UUID("6b3f0b0e-53a5-5c0b-9a55-0a6d7d1f2c10")  # own namespace of change and package ids
RECORDED = "SELECT id FROM egisso_change WHERE id = ANY(%s)"
ENDS = {
    ChangeCause.RECOUNTED: "recalculation",  # another fact goes on with another sum
    ChangeCause.GAVE_WAY: "ineligible",  # "…при назначении связанной МСЗ"
    ChangeCause.WAIVED: "refused",
}  # the rest: "right_ended", or "term_ended" when the measure itself is no longer given
Told = tuple[str, str, Plain]  # action, ground, card


def record_own(changes: Iterable[AssignmentChange], known: Mapping[str, KnownMeasure], on: date) -> None:
    """Record what the register of facts does not hold yet; repeated, it adds nothing."""
    rest = iter(changes)
    while chunk := list(islice(rest, CHUNK)):
        with transaction.atomic():
            _record({_ident(one): one for one in chunk}, known, on)


def _ident(change: AssignmentChange) -> UUID:
    what = "end" if change.is_end else "sum"
    return uuid5(SPACE, f"{change.award_id} {change.decision_id} {what}")


def _record(changes: dict[UUID, AssignmentChange], known: Mapping[str, KnownMeasure], on: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(RECORDED, [list(changes)])
        recorded = {row[0] for row in cursor.fetchall()}
    fresh = {ident: one for ident, one in changes.items() if ident not in recorded}
    if not fresh:
        return
    desk = Desk()
    desk.load({one.award_id for one in fresh.values()})
    rows = []
    for place, (ident, change) in enumerate(fresh.items()):
        fact = desk.present.get(change.award_id)
        if fact is None or fact.state in ("invalidated", "deleted"):
            continue  # it was never sent: a newborn without a number, for one
        action, ground, card = told(change, fact, known)
        card = {"id": str(ident), "fact_id": str(change.award_id), **card}
        desk.apply(change.award_id, action, card)
        rows.append([ident, change.award_id, action, ground, LINE, card, None, on, place])
    copy_rows("egisso_change", CHANGE_COLUMNS, rows)
    desk.save()


def told(change: AssignmentChange, fact: Present, known: Mapping[str, KnownMeasure]) -> Told:
    """How the album tells it.

    A death or a move that came to light after the months were paid changes the fact for the past; one that came in
    time ends the right. A sum that was wrong from the start is told by the whole fact as it should have been.
    """
    if change.amount_kopecks is not None:
        amount = decimal_roubles(change.amount_kopecks)
        if change.cause == ChangeCause.MISTAKE:
            whole = {name: value for name, value in with_amount(fact.card, amount, None).items() if name != "id"}
            return "fact.correct", "errors", {"fact": whole}
        return "fact.recalculate", "recalculation", {"amount": amount}
    if change.cause == ChangeCause.MISTAKE or change.last_day is None:
        return "fact.invalidate", "errors", {}
    last = {"last_day": change.last_day.isoformat()}
    if change.cause in (ChangeCause.DIED, ChangeCause.MOVED) and change.last_day < change.on.replace(day=1):
        return "fact.recalculate", "death_or_moving", {"amount": decimal_roubles(fact.money), **last}
    measure = known.get(str(fact.card["measure_id"]).lower())
    is_over = bool(measure and measure.last_day and measure.last_day <= last["last_day"])
    return "fact.end", ENDS.get(change.cause, "term_ended" if is_over else "right_ended"), last
