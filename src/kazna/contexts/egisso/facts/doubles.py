"""Support of the platform that another body gives too: found, and taken back from the register of facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import connection, transaction

from kazna.contexts.egisso.facts.apply_changes import Desk
from kazna.contexts.egisso.facts.changed import LINE, SPACE
from kazna.contexts.egisso.facts.rows import CHANGE_COLUMNS
from kazna.contexts.egisso.measures.own import own_measures
from kazna.kernel.errors import DomainError
from kazna.plumbing.bulk import copy_rows

FIND = """
    INSERT INTO egisso_double (assignment_id, other_id, found_on)
    SELECT n.id, o.id, %s FROM egisso_assignment n JOIN egisso_assignment o
        ON o.snils = n.snils AND NOT o.is_own AND o.state IN ('active', 'ended')
        AND (o.measure_id = n.measure_id OR (n.msz <> '' AND o.msz = n.msz))
        AND o.first_day <= coalesce(n.last_day, 'infinity') AND n.first_day <= coalesce(o.last_day, 'infinity')
    WHERE n.id = ANY(%s)
    ON CONFLICT DO NOTHING
"""
OWN = "SELECT * FROM egisso_own_doubles() WHERE %(fact)s::uuid IS NULL OR fact_id = %(fact)s ORDER BY found_on, fact_id"
WAYS = {  # action, ground, line
    "duplicate": ("fact.invalidate", "duplicate", LINE),
    "errors": ("fact.invalidate", "errors", LINE),
    "deleted": ("fact.delete", "deleted", "10.16.I"),
}


class NoSuchDouble(DomainError):
    sentence = "Факта назначения {fact_id} нет среди собственных фактов, которые повторяет другой орган."


@dataclass(frozen=True, slots=True)
class OwnDouble:
    """A fact of ours and the same support by another body; nothing of the person. Days inclusive."""

    fact_id: UUID
    other_id: UUID
    title: str
    body: str
    other_body: str
    first_day: date
    last_day: date | None
    amount_kopecks: int
    other_first_day: date
    other_last_day: date | None
    other_amount_kopecks: int
    found_on: date


def find_doubles(facts: Sequence[UUID], *, on: date) -> None:
    """Facts of ours that have just come into the register, against those of other bodies."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [on, list(facts)])


def own_doubles(fact_id: UUID | None = None) -> list[OwnDouble]:
    """Both facts are in force or ended; the earliest found first."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"fact": fact_id})
        rows = cursor.fetchall()
    ours = own_measures() if rows else {}
    return [OwnDouble(*row[:2], ours[row[2]].title if row[2] in ours else row[2], *row[3:]) for row in rows]


@transaction.atomic
def withdraw(fact_id: UUID, *, way: str, on: date) -> None:
    """Take a fact of ours back; the next export tells it. The award goes on: a decision alone ends it.

    `way`: duplicate, errors (invalidation), deleted (10.16.I). Raises NoSuchDouble.
    """
    if not own_doubles(fact_id):
        raise NoSuchDouble(fact_id=fact_id)
    action, ground, line = WAYS[way]
    card = {"id": str(uuid5(SPACE, f"{fact_id} withdrawn")), "fact_id": str(fact_id)}
    desk = Desk()
    desk.load({fact_id})
    desk.apply(fact_id, action, card)
    copy_rows("egisso_change", CHANGE_COLUMNS, [[UUID(card["id"]), fact_id, action, ground, line, card, None, on, 0]])
    desk.save()
