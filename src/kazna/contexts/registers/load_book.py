"""Fill a working copy: a handful of queries whatever the size of the delivery, rows of people locked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from uuid import UUID
from zlib import crc32

from django.db import connection

from kazna.contexts.registers.book import Book
from kazna.contexts.registers.entries import Act, Card, Entry
from kazna.contexts.registers.keys import KIN
from kazna.contexts.registers.linkage.candidates import candidates
from kazna.contexts.registers.mentions import Mentions
from kazna.contexts.registers.precedence import Precedence, precedences
from kazna.kernel.quick_json import read_json

LOCK_SPACE = 7201  # first key of our advisory locks
LOCKS = 64  # keys share this many locks, so that a big delivery does not fill the lock table

LOCK = "SELECT pg_advisory_xact_lock(%s, one) FROM unnest(%s::int[]) WITH ORDINALITY AS t(one, n) ORDER BY n"

ACTS = "SELECT key, version, person_ids FROM registers_known_act WHERE key = ANY(%s)"

PEOPLE = """
    WITH named AS (
        SELECT k.person_id AS id FROM unnest(%(names)s::text[], %(births)s::date[]) AS n(sort_key, birth_date)
        JOIN registers_known_name k USING (sort_key, birth_date)
    ), found AS (
        SELECT id FROM registers_person WHERE snils = ANY(%(snils)s)
        UNION SELECT keep_id FROM registers_merge WHERE snils = ANY(%(snils)s) AND undone_on IS NULL
        UNION SELECT id FROM registers_person WHERE birth_act = ANY(%(birth_acts)s)
        UNION SELECT unnest(%(ids)s::uuid[])
        UNION SELECT id FROM named
    ), family AS (
        SELECT id FROM found
        UNION SELECT object_id FROM registers_fact f JOIN found ON found.id = f.subject_id
            WHERE f.kind = 'family.marriage'
    )
    SELECT id, snils, birth_act, surname, forename, patronymic, birth_date, sex, died_on, territory, address,
        merged_into
    FROM registers_person WHERE id IN (SELECT id FROM family) ORDER BY id FOR UPDATE
"""

JOINED_NUMBERS = "SELECT snils, keep_id FROM registers_merge WHERE snils = ANY(%s) AND undone_on IS NULL"

NAMES = "SELECT person_id, sort_key, birth_date FROM registers_known_name WHERE person_id = ANY(%s)"

ELDERS = """
    WITH RECURSIVE up AS (
        SELECT NULL::uuid AS child, unnest(%(ids)s::uuid[]) AS parent
        UNION
        SELECT up.parent, tie.object_id FROM up CROSS JOIN LATERAL (
            SELECT DISTINCT ON (f.source, f.thing) f.object_id, f.annulled, f.value FROM registers_fact f
            WHERE f.subject_id = up.parent AND f.kind = 'family.parent' ORDER BY f.source, f.thing, f.seq DESC
        ) tie
        WHERE NOT tie.annulled AND tie.object_id IS NOT NULL AND tie.value->>'role' = ANY(%(kin)s)
    )
    SELECT child, parent FROM up WHERE child IS NOT NULL
"""

FACTS = """
    SELECT DISTINCT ON (f.subject_id, f.kind, f.source, f.thing)
        f.kind, f.subject_id, f.object_id, f.thing, f.valid_from, f.valid_to, f.value, f.source, f.annulled, f.id
    FROM registers_fact f
    WHERE f.subject_id = ANY(%(ids)s) OR f.object_id = ANY(%(ids)s)
    ORDER BY f.subject_id, f.kind, f.source, f.thing, f.seq DESC
"""


def load_book(mentions: Mentions, known: Mapping[str, Precedence] | None = None) -> Book:
    """Everything the registers know of those mentioned, their spouses and who has them as parent or spouse;
    of their elders only who they are.

    Inside the caller's transaction: two deliveries about the same person follow one another. `known`: precedences,
    where the caller has read them.
    """
    book = Book()
    book.precedences = precedences() if known is None else known
    with connection.cursor() as cursor:
        places = sorted({crc32(key.encode()) % LOCKS for key in mentions.lock_keys()})
        cursor.execute(LOCK, [LOCK_SPACE, places])
        if mentions.acts:
            cursor.execute(ACTS, [list(mentions.acts)])
            for key, version, person_ids in cursor.fetchall():
                book.acts[key] = Act(version, frozenset(map(UUID, json.loads(person_ids))))
        names = list(mentions.names)
        strangers = sorted(mentions.without_snils, key=repr)
        book.candidates = dict(zip(strangers, candidates(strangers), strict=True))
        possible = {one.person_id for told in book.candidates.values() for one in told}
        wanted = mentions.person_ids.union(possible, *(act.person_ids for act in book.acts.values()))
        cursor.execute(
            PEOPLE,
            {
                "names": [name for name, _ in names],
                "births": [born_on for _, born_on in names],
                "snils": list(mentions.snils),
                "birth_acts": list(mentions.birth_acts),
                "ids": list(wanted),
            },
        )
        for row in cursor.fetchall():
            book.fill_card(Card(*row))
        if mentions.snils:
            cursor.execute(JOINED_NUMBERS, [list(mentions.snils)])
            for snils, keep_id in cursor.fetchall():
                book.by_snils.setdefault(snils, keep_id)
        ids = list(book.cards)
        cursor.execute(NAMES, [ids])
        for person_id, name, born_on in cursor.fetchall():
            book.by_name[name, born_on].add(person_id)
        cursor.execute(FACTS, {"ids": ids})
        for *told, value, source, annulled, fact_id in cursor.fetchall():
            book.fill_entry(Entry(*told, read_json(value), source, annulled, fact_id))
        cursor.execute(ELDERS, {"ids": ids, "kin": list(KIN)})
        for child, parent in cursor.fetchall():
            book.elders[child].add(parent)
    return book
