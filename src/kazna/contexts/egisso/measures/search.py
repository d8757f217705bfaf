"""Find local measures: by words in any form, region, body, place in КМСЗ; by key, never by offset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

WORD = re.compile(r"[а-яёa-z0-9]+", re.IGNORECASE)
MOST_WORDS = 12
COLUMNS = """
    m.id, m.title, m.provider, coalesce(b.title, m.provider), m.first_day, m.last_day, m.form,
    coalesce(m.card->>'msz', ''), m.regions
"""
WHERE = """
    m.removed_on IS NULL
    AND (%(provider)s = '' OR m.provider = %(provider)s)
    AND (%(region)s = '' OR m.regions && ARRAY[%(region)s, '00'])
    AND (%(msz)s = '' OR m.card->>'msz' = %(msz)s)
    AND (%(category)s = '' OR m.card @> jsonb_build_object('categories',
        jsonb_build_array(jsonb_build_object('category', %(category)s))))
    AND (NOT %(in_force)s OR (m.first_day <= %(on)s AND (m.last_day IS NULL OR m.last_day >= %(on)s)))
"""
BY_WORDS = f"""
    WITH asked AS (SELECT to_tsquery('simple', %(query)s) AS words)
    SELECT {COLUMNS}, round(ts_rank(m.words, asked.words, 1)::numeric, 6) AS rank
    FROM asked, egisso_measure m LEFT JOIN egisso_body b ON b.code = m.provider
    WHERE m.words @@ asked.words AND {WHERE}
        AND (%(after_rank)s::numeric IS NULL
            OR (round(ts_rank(m.words, asked.words, 1)::numeric, 6), m.id) < (%(after_rank)s, %(after_id)s))
    ORDER BY rank DESC, m.id DESC LIMIT %(limit)s
"""
BY_TITLE = f"""
    SELECT {COLUMNS}, 0::numeric AS rank
    FROM egisso_measure m LEFT JOIN egisso_body b ON b.code = m.provider
    WHERE {WHERE} AND (%(after_title)s::text IS NULL OR (m.title, m.id) > (%(after_title)s, %(after_id)s))
    ORDER BY m.title, m.id LIMIT %(limit)s
"""

STEMS = "SELECT DISTINCT s FROM unnest(%(forms)s::text[]) f, unnest(tsvector_to_array(to_tsvector('russian', f))) s"


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A version of a local measure as a list shows it. Days inclusive; `regions`: first two digits of ОКТМО."""

    id: UUID
    title: str
    provider: str
    body: str
    first_day: date
    last_day: date | None
    form: str
    msz: str
    regions: list[str]
    rank: str

    @property
    def key(self) -> str:
        return f"{self.rank}_{self.id}"


def search(
    *,
    words: str = "",
    region: str = "",
    provider: str = "",
    msz: str = "",
    category: str = "",
    on: date,
    in_force: bool = False,
    after: tuple[str, UUID] | None = None,
    limit: int = 51,
) -> list[FoundMeasure]:
    """Measures not removed; the best match first, or by title when no words are asked.

    `region`: first two digits of ОКТМО; measures of the whole country are found with any. `after`: rank and id of the
    last one shown. One query.
    """
    query = tsquery(words, joined=" & ")
    if words.strip() and not query:
        return []
    given: dict[str, Any] = {
        "region": region, "provider": provider, "msz": msz, "category": category, "on": on, "in_force": in_force,
        "limit": limit, "query": query, "after_rank": None, "after_id": None, "after_title": None,
    }  # fmt: skip
    if after:
        given["after_id"] = after[1]
        given["after_rank" if query else "after_title"] = after[0] if query else _title(after[1])
    found = _rows(BY_WORDS if query else BY_TITLE, given)
    return [FoundMeasure(*row[:-1], rank=str(row[-1])) for row in found]


def tsquery(text: str, *, joined: str) -> str:
    """A query that finds every form of the words, also those whose stem is another: ребёнок, ребёнка, детям."""
    groups = [stems(word) for word in dict.fromkeys(WORD.findall(text.lower())[:MOST_WORDS])]
    return joined.join("(" + " | ".join(sorted(group)) + ")" for group in groups if group)


@cache
def stems(word: str) -> frozenset[str]:
    """Lexemes of all forms of a word, as the index has them; none for a word that carries no meaning."""
    found = _rows(STEMS, {"forms": sorted({word.replace("ё", "е"), *forms(word)})})
    return frozenset(row[0] for row in found if WORD.fullmatch(row[0]))


@cache
def _morphology() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@cache
def lemmas(word: str) -> frozenset[str]:
    """Dictionary forms of a word, е for ё; the word itself when the dictionary does not know it."""
    found = _morphology().parse(word)[:3]
    return frozenset(one.normal_form.replace("ё", "е") for one in found if WORD.fullmatch(one.normal_form))


@cache
def forms(word: str) -> frozenset[str]:
    """All forms of a word by its two likeliest readings, е for ё."""
    found = {one.word for parse in _morphology().parse(word)[:2] for one in parse.lexeme}
    return frozenset(one.replace("ё", "е") for one in found if WORD.fullmatch(one))


def lemmas_of(texts: Iterable[str]) -> set[str]:
    """Dictionary forms of all words of three letters and more."""
    words = (word for text in texts for word in WORD.findall(text.lower()) if len(word) > 2)
    return {lemma for word in words for lemma in lemmas(word)}


def _title(ident: UUID) -> str | None:
    found = _rows("SELECT title FROM egisso_measure WHERE id = %(id)s", {"id": ident})
    return str(found[0][0]) if found else None


def _rows(statement: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()
