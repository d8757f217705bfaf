"""Look through the whole register for cards that are one person; sure pairs are joined, others wait for an officer."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import connection

from kazna.contexts.registers.actions.settle_suspect import settle_suspect
from kazna.contexts.registers.contracts import DuplicatesFound, LinkageNotInstalled
from kazna.contexts.registers.keys import content_id
from kazna.contexts.registers.linkage.candidates import learn_shares
from kazna.contexts.registers.linkage.pair import Pair, told
from kazna.contexts.registers.models import Person, Suspect

BY_THE_MODEL = "linkage"
CARDS = """
    COPY (
        SELECT p.id, coalesce(p.snils, '') AS snils, p.surname, p.forename, coalesce(p.patronymic, '') AS patronymic,
            p.birth_date, p.sex, coalesce(d.paper, '') AS document, p.address
        FROM registers_person p
        LEFT JOIN LATERAL (
            SELECT f.value->>'series_number' AS paper FROM registers_fact f
            WHERE f.subject_id = p.id AND f.kind = 'person.document' AND NOT f.annulled AND f.value->>'code' = '21'
            ORDER BY f.seq DESC LIMIT 1
        ) d ON true
        WHERE p.merged_into IS NULL AND p.surname <> ''
    ) TO STDOUT (FORMAT csv, HEADER)
"""


def find_duplicates(
    *, on: date, join_sure: bool = False, progress: Callable[[str, int, int], None] = lambda stage, done, total: None
) -> DuplicatesFound:
    """Compare the whole register with itself; sure pairs are joined when asked, the others wait for an officer.

    Pairs told before are not told again. Raises LinkageNotInstalled.
    A pair an officer told apart is not asked again.
    """
    try:
        from pyarrow import csv

        from kazna.contexts.registers.linkage.pairs import link, pairs
        from kazna.kernel.columns import open_columns
    except ImportError as lacking:
        raise LinkageNotInstalled() from lacking
    progress("карточки", 0, 3)
    cards = csv.read_csv(io.BytesIO(_cards()), convert_options=csv.ConvertOptions(column_types=_texts()))
    progress("сравнение", 1, 3)
    with open_columns() as memory:
        memory.register("cards", cards)
        link(memory, "cards")
        found = list(pairs(memory))
    progress("итог", 2, 3)
    seen = set(Suspect.objects.values_list("id", flat=True))
    fresh = [(pair, row) for pair in found if (row := _suspect(pair, on)).id not in seen]
    Suspect.objects.bulk_create([row for _, row in fresh], ignore_conflicts=True, batch_size=5000)
    joined = sum(_join(row, on) for pair, row in fresh if join_sure and pair.verdict == "same")
    learn_shares()
    progress("итог", 3, 3)
    return DuplicatesFound(len(cards), joined, len(fresh) - joined, len(found) - len(fresh))


def _cards() -> bytes:
    with connection.cursor() as cursor, cursor.copy(CARDS) as out:
        return b"".join(bytes(part) for part in out)


def _texts() -> dict[str, str]:
    names = ("id", "snils", "surname", "forename", "patronymic", "birth_date", "sex", "document", "address")
    return dict.fromkeys(names, "string")


def _suspect(pair: Pair, on: date) -> Suspect:
    first, second = sorted((UUID(pair.first), UUID(pair.second)), key=str)
    return Suspect(
        id=content_id("suspect", first, second), person_id=first, other_id=second, reason=told(pair), found_on=on
    )


def _join(row: Suspect, on: date) -> bool:
    """Join a sure pair unless one of the two was joined with a third a moment ago: then an officer looks."""
    if Person.objects.filter(id__in=(row.person_id, row.other_id), merged_into__isnull=False).exists():
        return False
    settle_suspect(suspect_id=row.id, same=True, reason=row.reason, by=BY_THE_MODEL, on=on)
    return True
