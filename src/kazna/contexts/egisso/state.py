"""What is known to the control: from the tables, or, where there is no database, from the law and our own lists."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from kazna.contexts.egisso.classifier.content import Content
from kazna.contexts.egisso.classifier.lists import ListRow, own_content, own_lists, sets_of, with_lists
from kazna.contexts.egisso.control.check import UUID
from kazna.contexts.egisso.control.known import Classifiers, Known, KnownFact, KnownMeasure, NothingRecorded
from kazna.contexts.egisso.measures.own import own_measures

IN_FORCE = """
    SELECT source, number, content FROM egisso_classifier_version
    WHERE state IN (3, 4, 5, 6) AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on >= %(on)s)
    ORDER BY (source = 'official') DESC, starts_on DESC, number DESC LIMIT 1
"""
LISTS = "SELECT list, code, name, coalesce(known_from::text, ''), coalesce(known_to::text, '') FROM egisso_list_code"
MEASURES = """
    SELECT id::text, first_day::text, coalesce(last_day::text, ''), form,
        coalesce(card->>'msz', ''), coalesce(card->>'level', ''), coalesce(card->>'periodicity', ''), title, provider,
        (SELECT json_agg(json_build_array(lower(c->>'id'), (SELECT json_agg(n->>'code')
            FROM jsonb_array_elements(c->'criteria') n)))
         FROM jsonb_array_elements(card->'categories') c)
    FROM egisso_measure WHERE recorded_on <= %(on)s AND (removed_on IS NULL OR removed_on > %(on)s)
"""
BODIES = """
    SELECT code, coalesce(point_id::text, ''), succeeds FROM egisso_body
    WHERE recorded_on <= %(on)s AND (closed_on IS NULL OR closed_on > %(on)s)
"""
FACTS = """
    SELECT id::text, provider, CASE WHEN is_own AND %(only_received)s THEN 'active' ELSE state END, first_day::text
    FROM egisso_assignment WHERE id = ANY(%(ids)s::uuid[])
"""
TAKEN = """
    SELECT id::text FROM egisso_assignment
        WHERE id = ANY(%(ids)s::uuid[]) AND recorded_on <= %(on)s AND NOT (is_own AND %(only_received)s)
    UNION ALL SELECT id::text FROM egisso_change
        WHERE id = ANY(%(ids)s::uuid[]) AND recorded_on <= %(on)s AND NOT (package_id IS NULL AND %(only_received)s)
    UNION ALL SELECT id::text FROM egisso_record WHERE id = ANY(%(ids)s::uuid[]) AND recorded_on <= %(on)s
    UNION ALL SELECT id::text FROM egisso_measure WHERE id = ANY(%(ids)s::uuid[]) AND recorded_on <= %(on)s
"""
LIVE = "recorded_on <= %(on)s AND (removed_on IS NULL OR removed_on > %(on)s)"
POINTS = f"SELECT id::text FROM egisso_record WHERE kind = 'point' AND id = ANY(%(ids)s::uuid[]) AND {LIVE}"
RECORDS = f"SELECT id::text FROM egisso_record WHERE id = ANY(%(ids)s::uuid[]) AND {LIVE}"
MINIMA = f"""
    SELECT card->>'oktmo', card->>'year', card->>'quarter', id::text FROM egisso_record
    WHERE kind = 'minimum' AND {LIVE}
"""
LOCK = "SELECT pg_advisory_xact_lock(781, hashtext(%s))::text"  # two deliveries of a package follow one another
PACKAGE = "SELECT to_char(received_on, 'DD.MM.YYYY') FROM egisso_package WHERE id = %s::uuid AND received_on <= %s"


class RecordedInTables:
    """What was recorded before, asked of the database; `on` leaves out what was recorded later.

    `whenever`: ids count as taken whenever they were recorded and whoever decided them, as they must for one who is
    about to record; a mere check lets the platform's own facts and what it did to them pass as its recipient would.
    """

    def __init__(self, on: date, *, whenever: bool = False) -> None:
        self.on, self.whenever = on, whenever
        self.taken_on = date.max if whenever else on

    def facts(self, ids: Iterable[str]) -> dict[str, KnownFact]:
        told = {"ids": _uuids(ids), "only_received": not self.whenever}
        return {row[0]: KnownFact(*row[1:]) for row in _rows(FACTS, told)} if ids else {}

    def taken(self, ids: Iterable[str]) -> set[str]:
        return {
            row[0]
            for row in _rows(TAKEN, {"ids": _uuids(ids), "on": self.taken_on, "only_received": not self.whenever})
        }

    def points(self, ids: Iterable[str]) -> set[str]:
        return {row[0] for row in _rows(POINTS, {"ids": _uuids(ids), "on": self.on})} if ids else set()

    def rights(self, ids: Iterable[str]) -> set[str]:
        return {row[0] for row in _rows(RECORDS, {"ids": _uuids(ids), "on": self.on})} if ids else set()

    def minima(self) -> dict[tuple[str, str, str], str]:
        return {(row[0], row[1], row[2]): row[3] for row in _rows(MINIMA, {"on": self.on})}

    def package(self, package_id: str) -> str | None:
        if not _uuids([package_id]):
            return None
        _rows(LOCK, [package_id])
        found = _rows(PACKAGE, [package_id, self.taken_on])
        return str(found[0][0]) if found else None


def known_in_tables(on: date, *, to_record: bool = False) -> Known:
    """State of the classifiers and registers on a day. Two thousand measures take about ten milliseconds."""
    day = on.isoformat()
    measures = own_measures()
    for ident, first, last, form, msz, level, periodicity, title, provider, categories in _rows(MEASURES, {"on": on}):
        codes = {cid: frozenset(criteria or ()) for cid, criteria in categories or ()}
        measures[ident] = KnownMeasure(first, last, form, codes, msz, level, periodicity, title, provider)
    rows = _rows(BODIES, {"on": on})
    bodies = {code: point for code, point, _ in rows}
    succeeds = {code: frozenset(json.loads(told)) for code, _, told in rows if told not in ("[]", None)}
    return Known(day, classifiers_in_tables(on), measures, bodies, succeeds, RecordedInTables(on, whenever=to_record))


def known_to_all(on: date) -> Known:
    """What the open check may use: lists, measures and bodies, nothing of what was recorded about people."""
    found = known_in_tables(on)
    return replace(found, recorded=NothingRecorded(), knows_facts=False)


def content_in_force(on: date) -> Content:
    """Facets and rules of КМСЗ in force on the day: the official version, else ours."""
    found = _rows(IN_FORCE, {"on": on})
    return Content.of_plain(json.loads(found[0][2])) if found else own_content()


def names_of_lists(on: date) -> dict[str, dict[str, str]]:
    """Names of the codes known on the day, by list: periodicity, criteria."""
    rows: list[ListRow] = [*_rows(LISTS, {})]
    loaded = {row[0] for row in rows}
    names: dict[str, dict[str, str]] = {"periodicity": {}, "criteria": {}}
    for name, code, title, first, last in [*rows, *(row for row in own_lists() if row[0] not in loaded)]:
        if name in names and first <= on.isoformat() and (not last or on.isoformat() <= last):
            names[name][code] = title
    return names


def classifiers_in_tables(on: date) -> Classifiers:
    """The official version of КМСЗ in force on the day, else ours."""
    found = _rows(IN_FORCE, {"on": on})
    if found:
        source, number, content = found[0]
        base = sets_of(Content.of_plain(json.loads(content)), f"{source} {number}")
    else:
        base = sets_of(own_content(), "own_")
    rows: list[ListRow] = [*_rows(LISTS, {})]
    loaded = {row[0] for row in rows}
    return with_lists(base, [*rows, *(row for row in own_lists() if row[0] not in loaded)], on.isoformat())


def known_without_tables(on: date) -> Known:
    """Our own lists and the measures of the law: what a checkout without a database can check with."""
    day = on.isoformat()
    lists = with_lists(sets_of(own_content(), "own_"), own_lists(), day)
    return Known(day, lists, own_measures(released=True), {}, {}, NothingRecorded(), knows_facts=False)


def _rows(statement: str, arguments: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()


def _uuids(ids: Iterable[str]) -> list[str]:
    """Only what can be an id: a record with a broken one is refused by the schema."""
    return [one for one in ids if UUID.fullmatch(one)]
