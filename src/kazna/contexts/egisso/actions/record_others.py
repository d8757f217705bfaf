"""Record what is not a fact of assignment: measures, points, minima, rights, organisations, classifier versions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.egisso.classifier import versions
from kazna.contexts.egisso.control.check import RecordVerdict
from kazna.contexts.egisso.facts.record import Recording
from kazna.contexts.egisso.messages.shape import Plain
from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.events.egisso import ApplicationTaken
from kazna.plumbing.outbox import publish

KINDS = {
    "point.put": "point", "minimum.put": "minimum", "right.put": "right", "related.put": "relation",
    "organisation.put": "organisation",
}  # fmt: skip
MEASURE = """
    INSERT INTO egisso_measure
        (id, provider, title, first_day, last_day, form, card, previous_id, package_id, recorded_on)
    SELECT id, provider, title, first_day, last_day, form, card, previous_id, package_id, recorded_on
    FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, provider text, title text, first_day date, last_day date,
        form text, card jsonb, previous_id uuid, package_id uuid, recorded_on date)
    ON CONFLICT (id) DO NOTHING
"""
RECORD = """
    INSERT INTO egisso_record (id, kind, provider, key, person_id, card, previous_id, package_id, recorded_on)
    SELECT id, kind, provider, key, person_id, card, previous_id, package_id, recorded_on
    FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, kind text, provider text, key text, person_id uuid, card jsonb,
        previous_id uuid, package_id uuid, recorded_on date)
    ON CONFLICT (id) DO NOTHING
"""
REMOVE_MEASURE = "UPDATE egisso_measure SET removed_on = %s WHERE id = ANY(%s) AND removed_on IS NULL"
REMOVE_RECORD = "UPDATE egisso_record SET removed_on = %s WHERE id = ANY(%s) AND removed_on IS NULL"


def record_others(verdicts: list[RecordVerdict], to: Recording) -> None:
    """The accepted records of a chunk, a statement per table."""
    good = [one for one in verdicts if one.accepted]
    measures = [_measure_row(one.ours, to) for one in good if one.action == "measure.put"]
    snils = {str(one.ours["snils"]) for one in good if one.action == "right.put" and "snils" in one.ours}
    people = registers.ids_by_snils(snils)
    records = [
        _record_row(KINDS[one.action], one.ours, people.get(str(one.ours.get("snils"))), to)
        for one in good
        if one.action in KINDS
    ]
    gone = [UUID(one.ours["target_id"]) for one in good if one.action.endswith(".remove")]
    gone += [UUID(one.ours["right_id"]) for one in good if one.action == "right.exclude"]
    replaced = [UUID(one.ours["previous_id"]) for one in good if one.ours.get("previous_id")]
    with connection.cursor() as cursor:
        for statement, rows in ((MEASURE, measures), (RECORD, records)):
            if rows:
                cursor.execute(statement, [json.dumps(rows, ensure_ascii=False, default=str)])
        if any(one.action.startswith("measure.") for one in good):
            cursor.execute(REMOVE_MEASURE, [to.on, gone])
        else:
            cursor.execute(REMOVE_RECORD, [to.on, gone + replaced])
    for one in good:
        if one.action == "participant.apply":
            _record_application(one.ours, to)
        if one.action == "event.choose":
            _record_choice(one.ours, to)
        if one.action == "classifier.publish":
            versions.take_published(one.ours, on=to.on)
        elif one.action == "classifier.activate":
            versions.take_activation(one.ours, on=to.on)


def _record_application(message: Plain, to: Recording) -> None:
    """10.11.I: an application to the participants register waits for the operator; the same again changes nothing."""
    told = message.get("application", {})
    row = {
        "id": told["appID"], "kind": "application", "provider": to.provider, "key": told["appID"], "person_id": None,
        "card": told, "previous_id": None, "package_id": None, "recorded_on": to.on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [json.dumps([row], ensure_ascii=False, default=str)])
    publish(ApplicationTaken(UUID(told["appID"]), to.on, Cause(None, to.received_at)))


def _record_choice(choice: Plain, to: Recording) -> None:
    """10.33.O: what a citizen chose of the measures offered and answered; the same again is kept once."""
    person_id = registers.ids_by_snils({choice["snils"]}).get(choice["snils"])
    row = {
        "id": choice["container_id"], "kind": "choice", "provider": to.provider, "key": choice["id"],
        "person_id": person_id, "card": choice, "previous_id": None, "package_id": None, "recorded_on": to.on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [json.dumps([row], ensure_ascii=False, default=str)])


def _measure_row(card: Plain, to: Recording) -> dict[str, Any]:
    return {
        "id": card["id"], "provider": to.provider, "title": card["title"], "first_day": card["from"],
        "last_day": card.get("to"), "form": card["form"], "card": card, "previous_id": card.get("previous_id"),
        "package_id": to.package_id, "recorded_on": to.on,
    }  # fmt: skip


def _record_row(kind: str, card: Plain, person_id: UUID | None, to: Recording) -> dict[str, Any]:
    return {
        "id": card["id"], "kind": kind, "provider": to.provider, "key": _key(kind, card), "person_id": person_id,
        "card": card, "previous_id": card.get("previous_id"), "package_id": to.package_id, "recorded_on": to.on,
    }  # fmt: skip


def _key(kind: str, card: Plain) -> str:
    if kind == "minimum":
        return f"{card['oktmo']}/{card['year']}/{card['quarter']}"
    return str(card.get("body") or card.get("snils") or card.get("measure_id") or "")
