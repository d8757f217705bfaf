"""Where a measure may stand in КМСЗ: codes whose names, and whose measures in the register, speak of the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from kazna.contexts.egisso.classifier.content import Content
from kazna.contexts.egisso.measures.search import tsquery
from kazna.contexts.egisso.state import content_in_force

MOST = 5
NAMES = """
    SELECT n.code, ts_rank(to_tsvector('russian', replace(lower(n.name), 'ё', 'е')), q, 1)
    FROM unnest(%(codes)s::text[], %(names)s::text[]) AS n(code, name), to_tsquery('simple', %(query)s) q
    WHERE to_tsvector('russian', replace(lower(n.name), 'ё', 'е')) @@ q
"""
ALIKE = """
    SELECT m.card->>'msz', (SELECT array_agg(c->>'category') FROM jsonb_array_elements(m.card->'categories') c), m.rank
    FROM (SELECT card, ts_rank(words, q, 1) AS rank FROM
            (SELECT card, words, q FROM egisso_measure, to_tsquery('simple', %(query)s) q
             WHERE words @@ q AND removed_on IS NULL LIMIT 500) alike
        ORDER BY 2 DESC LIMIT 20) m
"""
OF_REGISTER = 0.5  # what others did weighs half of what the classifier itself says


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code with its name; `score` 0..1 beside the best one."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Typical measures, categories of recipients, and whole codes that the list of rules allows; the best first."""

    msz: list[Suggested]
    categories: list[Suggested]
    full_codes: list[Suggested]


def suggest(*, title: str, categories: str = "", level: str = "", form: str = "", on: date) -> Suggestions:
    """Suggestions for a title and the titles of its categories; `level` and `form` narrow the whole codes."""
    content = content_in_force(on)
    measure_query = tsquery(title, joined=" | ")
    if not measure_query:
        return Suggestions([], [], [])
    by_msz = _by_names(content, "reestrMSZ", measure_query)
    by_category = _by_names(content, "listCategories", tsquery(f"{categories} {title}", joined=" | "))
    if not _add_alike(tsquery(title, joined=" & "), by_msz, by_category):
        _add_alike(measure_query, by_msz, by_category)
    used_msz = {code.split(".")[0] for code in content.rules}
    used = {code.split(".")[1] for code in content.rules}
    msz = _best(content, "reestrMSZ", {code: one for code, one in by_msz.items() if code in used_msz})
    found = _best(content, "listCategories", {code: one for code, one in by_category.items() if code in used})
    return Suggestions(msz, found, _whole(content, msz, found, level, form))


def _by_names(content: Content, facet: str, query: str) -> dict[str, float]:
    rows = content.facets.get(facet, {})
    given = {"codes": list(rows), "names": [row["name"] for row in rows.values()], "query": query}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, given)
        found = dict(cursor.fetchall())
    top = max(found.values(), default=0) or 1
    return defaultdict(float, {code: rank / top for code, rank in found.items()})


def _add_alike(query: str, by_msz: dict[str, float], by_category: dict[str, float]) -> bool:
    """Votes of the measures that are called alike; whether there were any."""
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, {"query": query})
        rows = cursor.fetchall()
    top = max((rank for _, _, rank in rows), default=0) or 1
    for msz, categories, rank in rows:
        weight = OF_REGISTER * rank / top / max(1, len(rows) / 4)
        by_msz[msz or ""] = by_msz.get(msz or "", 0) + weight
        for category in categories or ():
            by_category[category] = by_category.get(category, 0) + weight
    return bool(rows)


def _best(content: Content, facet: str, scores: Mapping[str, float]) -> list[Suggested]:
    names: Mapping[str, Any] = content.facets.get(facet, {})
    known = sorted(((score, code) for code, score in scores.items() if code in names), reverse=True)[:MOST]
    top = known[0][0] if known else 1
    return [Suggested(code, names[code]["name"], round(score / top, 2)) for score, code in known]


def _whole(
    content: Content, msz: list[Suggested], categories: list[Suggested], level: str, form: str
) -> list[Suggested]:
    """Allowed combinations of the suggested measures and categories; one with a suggested measure alone counts half."""
    by_msz = {one.code: one.score for one in msz}
    by_category = {one.code: one.score for one in categories}
    found = []
    for code in content.rules:
        measure, category, its_level, _, its_form, _ = code.split(".")
        if measure in by_msz and level in ("", its_level) and form in ("", its_form):
            score = by_msz[measure] * (0.5 + by_category.get(category, 0) / 2)
            found.append((score, code, category))
    found.sort(key=lambda one: (-one[0], one[1]))
    names = content.facets.get("listCategories", {})
    measures = content.facets.get("reestrMSZ", {})
    return [
        Suggested(code, f"{measures[code[:4]]['name']} — {names.get(category, {}).get('name', '')}", round(score, 2))
        for score, code, category in found[:MOST]
    ]
