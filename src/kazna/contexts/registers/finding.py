"""Find people by what an officer types: a name in any case, order or layout, with a slip; СНИЛС or its first digits.

Names are looked up by words: an index of words finds people, the register's own list of names forgives slips. Both
are asked through functions of the database that keep the rule of rows themselves, since words and likeness cannot be
told to be harmless to the row security and would otherwise read the whole table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from rapidfuzz.fuzz import token_sort_ratio

LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
LAYOUT = str.maketrans(LATIN, CYRILLIC)
WORD = re.compile(r"[а-я]+(?:-[а-я]+)*")
DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
MOST_WORDS, MOST_CANDIDATES, ALIKE = 5, 300, 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, taken apart: words of a name and the days between which the person was born, both inclusive."""

    words: tuple[str, ...]
    born_from: date | None = None
    born_to: date | None = None


def asked(text: str) -> Asked:
    """«Смернова Анна 1995» → words and a year; Latin letters are a forgotten keyboard layout."""
    plain = text.lower().replace("ё", "е")
    born = _born(plain)
    plain = YEAR.sub(" ", DAY.sub(" ", plain))
    if not re.search("[а-я]", plain):
        plain = plain.translate(LAYOUT).replace("ё", "е")
    return Asked(tuple(WORD.findall(plain)[:MOST_WORDS]), *born)


def _born(text: str) -> tuple[date | None, date | None]:
    if found := DAY.search(text):
        day, month, year = map(int, found.groups())
        try:
            return date(year, month, day), date(year, month, day)
        except ValueError:
            return None, None
    if found := YEAR.search(text):
        return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)
    return None, None


def found_by_words(what: Asked) -> list[UUID]:
    """People whose names have all the asked words; else begin with them; else look like them. The likest first."""
    if not what.words:
        return []
    rows = (
        _people([_forms(word) for word in what.words], what)
        or _people([{word} for word in what.words], what, is_begun=True)
        or _people([_forms(word) | _alike(word) for word in what.words], what)
    )
    typed = " ".join(what.words)
    return [person_id for person_id, _ in sorted(rows, key=lambda row: (-token_sort_ratio(typed, row[1]), row[1]))]


def _people(groups: Sequence[set[str]], what: Asked, *, is_begun: bool = False) -> list[tuple[UUID, str]]:
    """`groups`: for each typed word what may stand for it. An initial, or any word when `is_begun`, begins a name."""
    terms = [[f"'{word}':*" if is_begun or len(word) < 3 else f"'{word}'" for word in sorted(one)] for one in groups]
    query = " & ".join(f"({' | '.join(one)})" for one in terms)
    return _rows(
        "SELECT id, name FROM registers_find(%s, %s, %s, %s)", [query, what.born_from, what.born_to, MOST_CANDIDATES]
    )


def _alike(word: str) -> set[str]:
    """Names of the register that look like the word."""
    return {name for (name,) in _rows("SELECT name FROM registers_alike(%s, %s)", [word, ALIKE])}


def _rows(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _forms(word: str) -> set[str]:
    """The word and the nominative of the names it may be a form of: «смирновой» → «смирнова»."""
    forms = {word}
    if len(word) < 4:
        return forms
    for parse in _morphology().parse(word)[:16]:
        if {"Surn", "Name", "Patr"} & set(map(str, parse.tag.grammemes)):
            nominative = parse.inflect({"nomn", "sing"})
            forms.add((nominative.word if nominative else parse.normal_form).replace("ё", "е"))
    return {form for form in forms if WORD.fullmatch(form)}


@cache
def _morphology() -> Any:
    """Loaded once a process: a third of a second."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")
