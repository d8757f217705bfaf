"""Who an incoming person may be: cards that share a meeting key, weighed by the learned model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from kazna.contexts.integration.public import PersonRef
from kazna.contexts.registers.linkage.pair import Pair
from kazna.contexts.registers.linkage.score import Shares, weigh

MOST = 100  # cards weighed for one incoming person; more share a key only by a common name and day
NAMES = ("surname", "forename", "patronymic")
INCOMING = """
    SELECT n, coalesce(snils, '') AS snils, registers_plain_name(surname), registers_plain_name(forename),
        registers_plain_name(patronymic), birth_date, sex, address, paper,
        ARRAY(SELECT registers_meeting_keys(snils, surname, forename, patronymic, birth_date, address,
            CASE WHEN paper IS NULL THEN '{}'::text[] ELSE ARRAY[paper] END))
    FROM jsonb_to_recordset(%s::jsonb) AS r(n int, snils text, surname text, forename text, patronymic text,
        birth_date text, sex text, address text, paper text)
    ORDER BY n
"""
MET = """
    WITH met AS (
        SELECT DISTINCT a.n, m.person_id FROM jsonb_to_recordset(%(keys)s::jsonb) AS a(n int, key bigint)
        CROSS JOIN LATERAL (
            SELECT person_id FROM registers_meeting_key WHERE key = a.key LIMIT %(most)s
        ) m
    )
    SELECT met.n, p.id, coalesce(p.snils, ''), registers_plain_name(p.surname), registers_plain_name(p.forename),
        registers_plain_name(p.patronymic), to_char(p.birth_date, 'YYYY-MM-DD'), p.sex, p.address,
        ARRAY(
            SELECT (f.value->>'code') || ':' || upper(regexp_replace(f.value->>'series_number', '[ №-]', '', 'g'))
            FROM registers_fact f
            WHERE f.subject_id = p.id AND f.kind = 'person.document' AND NOT f.annulled ORDER BY f.seq DESC
        )
    FROM met JOIN registers_person p ON p.id = met.person_id
    WHERE p.merged_into IS NULL
"""
SHARES = "SELECT part, name, share FROM registers_name_share WHERE part = 'records' OR (part, name) IN ({pairs})"
ABOUT = "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'registers_person'::regclass"
SHARE_TABLE = """
    DELETE FROM registers_name_share;
    INSERT INTO registers_name_share (part, name, share)
    SELECT part, name, count(*)::float8 / max(records) FROM (
        SELECT v.part, v.name, count(*) OVER (PARTITION BY v.part) AS records
        FROM registers_person p
        CROSS JOIN LATERAL (VALUES ('surname', registers_plain_name(p.surname)),
            ('forename', registers_plain_name(p.forename)),
            ('patronymic', registers_plain_name(p.patronymic))) AS v(part, name)
        WHERE p.merged_into IS NULL AND p.surname <> '' AND v.name IS NOT NULL
    ) told GROUP BY part, name;
    INSERT INTO registers_name_share (part, name, share)
    SELECT 'records', '', count(*) FROM registers_person WHERE merged_into IS NULL AND surname <> '';
    INSERT INTO registers_name_word (word)
    SELECT DISTINCT word FROM registers_person, unnest(string_to_array(sort_key, ' ')) AS word WHERE word <> ''
    ON CONFLICT DO NOTHING;
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card the incoming person may be. `weight` in bits; `paper_agrees`: a document of the same kind is equal,
    None when there is none of that kind to compare."""

    person_id: UUID
    pair: Pair
    paper_agrees: bool | None

    @property
    def is_sure(self) -> bool:
        """Heavy enough, and a document of the same kind agrees: a name and a day alone never join two cards."""
        return self.pair.verdict == "same" and self.paper_agrees is True


def candidates(refs: Sequence[PersonRef]) -> list[list[Candidate]]:
    """For each incoming person the cards it may be, the heaviest first; none: a new person.

    Weighed by the model that `find_duplicates` uses. `is_sure`: join without asking; the others are for an officer.
    """
    if not refs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(INCOMING, [json.dumps([_asked(n, ref) for n, ref in enumerate(refs)], ensure_ascii=False)])
        incoming = [(_record(row), row[8], json.loads(row[9]) if isinstance(row[9], str) else row[9]) for row in cursor]
        keys = [{"n": n, "key": key} for n, (_, _, own) in enumerate(incoming) for key in own]
        cursor.execute(MET, {"keys": json.dumps(keys), "most": MOST})
        met = cursor.fetchall()
        shares = _shares(cursor, [record for record, _, _ in incoming]) if met else Shares(0, None)
    found: list[list[Candidate]] = [[] for _ in refs]
    for n, *row in met:
        record, paper, _ = incoming[n]
        found[n].append(_weighed(record, paper, row, shares))
    return [sorted(filter(_is_worth_a_look, told), key=_heaviest_first) for told in found]


def _is_worth_a_look(one: Candidate) -> bool:
    return one.pair.verdict != "new"


def _heaviest_first(one: Candidate) -> tuple[float, str]:
    return -one.pair.weight, str(one.person_id)


def learn_shares() -> None:
    """Count how common names are now; after a bulk load and with each search for duplicates."""
    with connection.cursor() as cursor:
        cursor.execute(SHARE_TABLE)


def _asked(n: int, ref: PersonRef) -> dict[str, Any]:
    paper = ref.document
    return {
        "n": n, "snils": ref.snils, "surname": ref.surname, "forename": ref.forename, "patronymic": ref.patronymic,
        "birth_date": ref.birth_date.isoformat() if ref.birth_date else None, "sex": ref.sex,
        "address": ref.residence.text if ref.residence else None,
        "paper": f"{paper.code}:{plain_paper(paper.series_number)}" if paper else None,
    }  # fmt: skip


def plain_paper(number: str) -> str:
    return "".join(ch for ch in number.upper() if ch not in " №-")


def _record(row: Sequence[Any]) -> dict[str, Any]:
    names = ("id", "snils", *NAMES, "birth_date", "sex", "address")
    record = dict(zip(names, row[:8], strict=True))
    record["document"] = (row[8] or "").partition(":")[2]
    return record


def _weighed(record: dict[str, Any], paper: str | None, row: Sequence[Any], shares: Shares) -> Candidate:
    names = ("id", "snils", *NAMES, "birth_date", "sex", "address")
    card = dict(zip(names, row[:8], strict=True))
    papers = row[8] if isinstance(row[8], list) else json.loads(row[8])
    of_kind = [one for one in papers if paper and one.partition(":")[0] == paper.partition(":")[0]]
    agrees = paper in of_kind if of_kind else None
    card["document"] = (paper if agrees else of_kind[0] if of_kind else "").partition(":")[2]  # type: ignore[union-attr]
    return Candidate(card["id"], weigh(record, card, shares), agrees)


def _shares(cursor: Any, records: Sequence[dict[str, Any]]) -> Shares:
    names = {(part, record[part]) for record in records for part in NAMES if record[part]}
    pairs = ", ".join(["(%s, %s)"] * len(names)) or "('', '')"
    cursor.execute(SHARES.format(pairs=pairs), [one for pair in names for one in pair])
    told = {(part, name): share for part, name, share in cursor.fetchall()}
    count = told.pop(("records", ""), None)
    if count is None:
        cursor.execute(ABOUT)
        return Shares(cursor.fetchone()[0], None)
    return Shares(int(count), told)
