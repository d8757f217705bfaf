"""Names of measures in the case a sentence needs: «об отказе в назначении пособия на погребение».

The leading words up to the first noun agree and are declined together, what follows stays: «Ежемесячная доплата | к
пенсии». Where that is wrong («Проезд и музеи») the measure's passport says it itself, `texts.genitive`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pymorphy3

ATTRIBUTES = {"ADJF", "PRTF"}
LINKS = {"PREP", "CONJ"}


def in_genitive(title: str, texts: Mapping[str, Any] | None = None) -> str:
    """«Единовременное пособие при рождении» → «единовременного пособия при рождении»; unknown words stay as written."""
    told = (texts or {}).get("genitive")
    return str(told) if told else _genitive(title)


@lru_cache(maxsize=1000)
def _genitive(title: str) -> str:
    words = title.split()
    head = _head(words)
    if head is None:
        return title
    place, noun = head
    gender, number = str(noun.tag.gender or ""), str(noun.tag.number)
    declined = [_attribute(word, gender, number) for word in words[:place]]
    changed = noun.inflect({"gent", number}) if noun is not None else None
    if changed is None or not all(declined):
        return title
    return " ".join([*declined, _like(words[place], changed.word), *words[place + 1 :]])


def _head(words: list[str]) -> tuple[int, Any] | None:
    """Place and reading of the first noun in the nominative that all the words before it describe."""
    for place, word in enumerate(words):
        parsed = morphology().parse(word.strip("(),"))
        if parsed[0].tag.POS in LINKS:
            return (place - 1, _by_itself(words[place - 1])) if place else None
        nouns = [one for one in parsed if "NOUN" in one.tag and "nomn" in one.tag and "Surn" not in one.tag]
        is_attribute = any(one.tag.POS in ATTRIBUTES and "nomn" in one.tag for one in parsed)
        if nouns and (not is_attribute or place + 1 == len(words) or nouns[0].score > 0.5):
            return place, nouns[0]
        if not is_attribute:
            return (place - 1, _by_itself(words[place - 1])) if place else None
    return (len(words) - 1, _by_itself(words[-1])) if words else None


def _by_itself(word: str) -> Any:
    """«Больничный», «выходные»: an adjective that stands for a noun."""
    found = [one for one in morphology().parse(word.rstrip(",")) if one.tag.POS in ATTRIBUTES and "nomn" in one.tag]
    return found[0] if found else None


def _attribute(word: str, gender: str, number: str) -> str:
    """«Ежемесячная» beside a feminine noun → «ежемесячной»; «» when it does not agree."""
    for one in morphology().parse(word.rstrip(",")):
        agrees = one.tag.POS in ATTRIBUTES and "nomn" in one.tag and one.tag.number == number
        if agrees and (number == "plur" or one.tag.gender == gender):
            changed = one.inflect({"gent"})
            return _like(word, changed.word) if changed else ""
    return ""


def _like(word: str, declined: str) -> str:
    """In a sentence a title begins with a small letter; «ё» and a comma stand only where the title has them."""
    declined += word[len(word.rstrip(",")) :]
    return declined if "ё" in word.lower() else declined.replace("ё", "е")


@lru_cache(maxsize=1)
def morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()
