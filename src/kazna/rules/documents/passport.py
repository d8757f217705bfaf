"""The passport of a measure: how it is delivered.

`mode` and `body` may depend on facts: a list of `{when, mode}` with a last `{mode}`, the first that holds
wins. The engine checks and evaluates those; the rest it only checks for words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.measure import Choice
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.regulations import SHARED_KEYS, check_shared
from kazna.rules.language.nodes import Node
from kazna.rules.problems import near_miss

KEYS = (
    *("mode", "body", "applicants", "decision_days", "extension_days", "notice_days", "notice_months_before"),
    *("events", "follows", "ends_on", "payment", "egisso", "texts", "budget", "notes", "only_for", "silent_refusal"),
    *("launched", "suspends_because", "ends_because", "indexation", "claim_within", "regulation"),
    *("relations", "programme", "offer_days", *SHARED_KEYS),
)
DAY_COUNTS = ("decision_days", "extension_days", "notice_days", "notice_months_before", "offer_days")
MODES = ("proactive_decision", "proactive_notice", "application", "employer_proactive")
TEXTS = ("granted", "refused", "offer", "genitive")
PLACEHOLDERS = ("amount", "child", "applicant", "person", "from", "to", "measure", "reason")
RELATIONS = ("larger_of", "instead_of", "one_of", "one_recipient", "deducted")
PROGRAMME_KEYS = (
    *("title", "months", "fact", "costs", "limit", "once", "employment", "beside", "asks", "reports", "monitoring"),
    *("steps",),
)
RELATION_KEYS = ("kind", "measures", "law", "note")
BRACES = re.compile(r"\{([^}]*)\}")
Condition = Callable[[Entry], Node | None]


def read_passport(findings: Findings, measure: Entry, condition: Condition) -> Mapping[str, tuple[Choice, ...]]:
    """The choices of `mode` and `body`; `condition` types a `when`."""
    passport = findings.needed(measure, "passport", "мера")
    if passport is None or not findings.only_keys(passport, KEYS, "паспорт"):
        return {}
    for key in ("mode", "decision_days"):
        findings.needed(passport, key, "паспорт")
    for key in DAY_COUNTS:
        _check_count(findings, passport.get(key))
    findings.flag(passport.get("launched"))
    check_shared(findings, passport)
    _check_relations(findings, passport.get("relations"))
    _check_programme(findings, passport.get("programme"))
    texts = passport.get("texts")
    if texts is not None and findings.only_keys(texts, TEXTS, "тексты"):
        for _, text in texts.items():
            _check_placeholders(findings, text)
    return {key: _choices(findings, passport.get(key), key, condition) for key in ("mode", "body")}


def _choices(findings: Findings, entry: Entry | None, key: str, condition: Condition) -> tuple[Choice, ...]:
    if entry is None:
        return ()
    if not entry.is_list:
        return (Choice(None, _chosen(findings, entry, key)),)
    found = []
    for part in entry.parts():
        if findings.only_keys(part, ("when", key), "выбор"):
            when = part.get("when")
            value = findings.needed(part, key, "выбор")
            node = condition(when) if when is not None else None
            if value is not None and (when is None or node is not None):
                found.append(Choice(node, _chosen(findings, value, key)))
    if not found or found[-1].when is not None:
        findings.add(
            entry.place, "no_default", f"У выбора {key} нет последней строки без when.",
            "Если ни одно условие не выполнено, выбрать будет нечего.", f"Добавьте строку {{{key}: …}}.",
        )  # fmt: skip
    return tuple(found)


def _chosen(findings: Findings, entry: Entry, key: str) -> str:
    return findings.word(entry, MODES) if key == "mode" else findings.text(entry)


def _check_relations(findings: Findings, entry: Entry | None) -> None:
    """How the measure stands to others: which of them exclude it, who chooses, what is lost."""
    for part in entry.parts() if entry is not None else ():
        if not findings.only_keys(part, RELATION_KEYS, "отношение мер"):
            continue
        kind = findings.word(findings.needed(part, "kind", "отношение мер"), RELATIONS)
        if kind and kind != "one_recipient":
            findings.needed(part, "measures", "отношение мер")


def _check_programme(findings: Findings, entry: Entry | None) -> None:
    """What a person undertakes for the measure: how long, how reported, what is watched afterwards."""
    if entry is None or not findings.only_keys(entry, PROGRAMME_KEYS, "программа"):
        return
    for key in ("title", "months", "fact", "reports"):
        findings.needed(entry, key, "программа")
    _check_count(findings, entry.get("months"))


def _check_count(findings: Findings, entry: Entry | None) -> None:
    if entry is not None and (not isinstance(entry.value, int) or entry.value < 1):
        findings.add(entry.place, "not_allowed", "Срок — целое число от 1.", what_to_do="Исправьте число.")


def _check_placeholders(findings: Findings, entry: Entry) -> None:
    for word in BRACES.findall(findings.text(entry)):
        if word not in PLACEHOLDERS:
            advice = near_miss(word, PLACEHOLDERS)
            findings.add(entry.place, "unknown_name", f"Подстановки «{{{word}}}» не бывает.", what_to_do=advice)
