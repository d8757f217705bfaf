"""The passport of a measure: how it is delivered. The engine only checks its words."""

from __future__ import annotations

import re

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.problems import near_miss

KEYS = ("mode", "decision_days", "events", "ends_on", "payment", "egisso", "texts", "notes")
MODES = ("proactive_decision", "proactive_notice", "application", "employer_proactive")
TEXTS = ("granted", "refused", "offer")
PLACEHOLDERS = ("amount", "child", "applicant", "person", "from", "to", "measure", "reason")
BRACES = re.compile(r"\{([^}]*)\}")


def check_passport(findings: Findings, measure: Entry) -> None:
    passport = findings.needed(measure, "passport", "мера")
    if passport is None or not findings.only_keys(passport, KEYS, "паспорт"):
        return
    findings.word(findings.needed(passport, "mode", "паспорт"), MODES)
    days = passport.get("decision_days")
    if findings.number(findings.needed(passport, "decision_days", "паспорт")) is not None and days is not None:
        _check_positive(findings, days)
    texts = passport.get("texts")
    if texts is not None and findings.only_keys(texts, TEXTS, "тексты"):
        for _, text in texts.items():
            _check_placeholders(findings, text)


def _check_positive(findings: Findings, days: Entry) -> None:
    if not isinstance(days.value, int) or days.value < 1:
        findings.add(
            days.place, "not_allowed", "Срок решения — целое число рабочих дней от 1.", what_to_do="Исправьте число."
        )


def _check_placeholders(findings: Findings, entry: Entry) -> None:
    for word in BRACES.findall(findings.text(entry)):
        if word not in PLACEHOLDERS:
            advice = near_miss(word, PLACEHOLDERS)
            findings.add(entry.place, "unknown_name", f"Подстановки «{{{word}}}» не бывает.", what_to_do=advice)
