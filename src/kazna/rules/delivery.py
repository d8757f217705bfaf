"""How a measure is delivered, in words: its whole passport, with what the rule itself makes agencies be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kazna.rules.documents.vocabulary import FactDefinition
from kazna.rules.edition import Edition
from kazna.rules.library import Library

MODES = {
    "proactive_decision": "без заявления",
    "proactive_notice": "предложение, согласие одной кнопкой",
    "application": "по заявлению",
    "employer_proactive": "через работодателя",
}
CHANNELS = {
    "cabinet": "личный кабинет",
    "front_office": "приём в ведомстве и МФЦ",
    "api": "информационные системы ведомств",
    "egisso": "ЕГИССО",
    "paper": "заявление на бумаге",
    "employer": "работодатель",
}
DECIDES = {"rule": "правило, автоматически", "officer": "сотрудник по проекту, который составило правило"}
SECOND_LOOKS = {
    "never": "не нужен",
    "against_rule": "нужен, когда сотрудник решает иначе, чем правило",
    "always": "нужен всегда",
}
ASKED = ("own", "vitrine", "request")
Sections = list[tuple[str, list[str]]]


def delivery(library: Library, edition: Edition) -> Sections:
    """Headings with their lines, in the order of a case: who and how, what is asked, terms, words, end."""
    passport = library.passport(edition)
    regulation = library.regulations.get(str(passport.get("regulation")), {})
    found: Sections = [
        ("Регламент", [str(regulation.get("title", passport.get("regulation", "")))]),
        ("Как назначается", _modes(passport)),
        ("Откуда принимаем", [CHANNELS[one] for one in passport.get("channels", ())]),
        ("Что принести самому", list(map(str, passport.get("documents") or ["ничего"]))),
        ("Что спросим у ведомств", requests(edition)),
        ("Что спросим у заявителя", questions(edition) or ["ничего"]),
        ("Кто решает", [DECIDES[passport["decides"]]] if passport.get("decides") else []),
        ("Второй сотрудник", [SECOND_LOOKS[passport["second_look"]]] if passport.get("second_look") else []),
        ("Сроки, рабочих дней", _terms(passport)),
        ("Что видит гражданин", [str(words) for words in (passport.get("statuses") or {}).values()]),
        ("С какими мерами не вместе", _relations(library, edition, passport)),
        ("Сколько хранится дело", [f"лет: {passport['retention_years']}"] if passport.get("retention_years") else []),
    ]
    return [(heading, lines) for heading, lines in found if lines]


def requests(edition: Edition) -> list[str]:
    """«ЗАГС: рождение; смерть»: what the rule reads from each agency, whatever the person's circumstances."""
    held: dict[str, dict[str, None]] = {}
    for fact in _facts(edition):
        if fact.cost in ASKED and fact.holder:
            held.setdefault(fact.holder, {})[fact.title] = None
    return [f"{holder}: {'; '.join(titles)}" for holder, titles in sorted(held.items())]


def questions(edition: Edition) -> list[str]:
    """What only the citizen may tell, in the words of the form."""
    asked = (fact.question or fact.title for fact in _facts(edition) if fact.cost == "citizen" or not fact.holder)
    return list(dict.fromkeys(asked))


def _facts(edition: Edition) -> list[FactDefinition]:
    own = list(edition.facts.values())
    for relation, names in edition.relation_facts.items():
        own += [edition.relations[relation].facts[name] for name in names if name in edition.relations[relation].facts]
    return own


def _modes(passport: Mapping[str, Any]) -> list[str]:
    mode = passport["mode"]
    if isinstance(mode, str):
        return [MODES[mode]]
    return [f"{MODES[line['mode']]}, если {line['when']}" if "when" in line else MODES[line["mode"]] for line in mode]


def _terms(passport: Mapping[str, Any]) -> list[str]:
    lines = [f"решение: {passport['decision_days']}"]
    if passport.get("extension_days"):
        lines.append(f"продление, когда ведомство не ответило: {passport['extension_days']}")
    first = (passport.get("payment") or {}).get("first_within_working_days")
    if first:
        lines.append(f"первая выплата после решения: {first}")
    stops = passport.get("clock_stops") or ()
    return [*lines, *(f"срок стоит — {stop['title'].lower()}: до {stop['days']}" for stop in stops)]


def _relations(library: Library, edition: Edition, passport: Mapping[str, Any]) -> list[str]:
    lines = []
    for relation in passport.get("relations") or ():
        titles = [library.measures[one][-1].short_title for one in relation.get("measures") or ()]
        lines.append(f"{', '.join(titles)}. {relation.get('note', '')} ({relation.get('law', '')})")
    return lines
