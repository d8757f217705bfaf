"""«Что мне положено»: measures by the words people use – any form of a word, with a slip of a finger."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

import pymorphy3
import yaml
from rapidfuzz import fuzz, process

from kazna.contexts.measures import library as law
from kazna.contexts.measures.scenarios import scenarios
from kazna.kernel.places import LAW

WORD = re.compile(r"[а-яёa-z-]+")
MOST_WORDS, LONGEST, NEAR = 12, 200, 80
WEIGHTS = {"title": 6, "said": 5, "event": 3, "condition": 1}
SILENT = "и в на по с у я мы мой что как за от до для не или при к о мне быть кто положить получить выплата пособие"
EMPTY = frozenset(SILENT.split())


def find_measures(*, words: str) -> list[str]:
    """Measure ids, the best first; empty for no words or nothing like them."""
    scores: dict[str, float] = {}
    for word in _words(words[:LONGEST])[:MOST_WORDS]:
        for lemma, nearness in _nearest(word):
            found = _index()[lemma]
            rareness = math.log(1 + len(law.current().measures) / len(found))
            for measure, weight in found.items():
                scores[measure] = scores.get(measure, 0) + weight * nearness * rareness * _reach(measure)
    best = max(scores.values(), default=0)
    return sorted((one for one in scores if scores[one] >= best / 3), key=lambda one: (-scores[one], one))


def _words(text: str) -> list[str]:
    """Dictionary forms, without the words that say nothing."""
    lemmas = [_lemma(word) for word in WORD.findall(text.lower())]
    told = [word for word in dict.fromkeys(lemmas) if word not in EMPTY]
    return told or list(dict.fromkeys(lemmas))


def _nearest(word: str) -> list[tuple[str, float]]:
    if word in _index():
        return [(word, 1.0)]
    if len(word) < 4:
        return []
    near = process.extract(word, list(_index()), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
    return [(lemma, score / 150) for lemma, score, _ in near]


@cache
def _reach(measure: str) -> float:
    """What is for the whole country stands before what is for one region."""
    return 1.3 if law.current().measures[measure][-1].document["level"] == "federal" else 1.0


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)  # people type anything
def _lemma(word: str) -> str:
    return str(_morphology().parse(word)[0].normal_form).replace("ё", "е")


@cache
def _index() -> Mapping[str, Mapping[str, int]]:
    """Lemma → measure → the weight of the best place where it stands; by the law in force."""
    index: dict[str, dict[str, int]] = {}
    for measure, place, text in _texts():
        for lemma in (_lemma(word) for word in WORD.findall(text.lower())):
            if lemma not in EMPTY or place == "title":
                weights = index.setdefault(lemma, {})
                weights[measure] = max(weights.get(measure, 0), WEIGHTS[place])
    return index


def _texts() -> Iterator[tuple[str, str, str]]:
    said = _document("search_words")
    events = {code: told["title"] for code, told in _document("life_events").items()}
    for measure, editions in law.current().measures.items():
        document = editions[-1].document
        yield measure, "title", f"{document['title']} {document['short_title']}"
        yield measure, "said", str(said.get(measure, ""))
        for code in document["passport"].get("events") or ():
            yield measure, "event", events.get(code, "")
        for scenario in scenarios():
            if measure in scenario.measures:
                yield measure, "event", scenario.title
        for condition in document["conditions"]:
            yield measure, "condition", condition["title"]


def _document(name: str) -> Mapping[str, Any]:
    """The only section of law/<name>.yaml, called like the file."""
    return dict(yaml.safe_load((LAW / f"{name}.yaml").read_text(encoding="utf-8"))[name])
