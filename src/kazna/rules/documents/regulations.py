"""Typical regulations: how measures are delivered, written once and named by the passports that follow them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.problems import near_miss

CHANNELS = ("cabinet", "front_office", "api", "egisso", "paper", "employer")
STATUSES = ("received", "collecting", "offered", "determined", "waiting_person", "decided", "provided", "closed")
NOTICES = ("offered", "received", "question", "decided", "provided")
DECIDES = ("rule", "officer")
SECOND_LOOKS = ("never", "against_rule", "always")
REPRESENTATIVES = ("parent", "guardian")
STOP_KEYS = ("reason", "title", "days")
SUSPENSION_KEYS = ("event", "until", "paid_back", "reason")
WORD_LISTS = {"channels": CHANNELS, "notices": NOTICES, "representatives": REPRESENTATIVES}
WORDS = {"decides": DECIDES, "second_look": SECOND_LOOKS}
SHARED_KEYS = (
    *("channels", "applicants", "representatives", "documents", "statuses", "clock_stops", "notices", "decides"),
    *("second_look", "quiet", "retention_years", "suspends_on"),
)
KEYS = ("title", "based_on", "law", *SHARED_KEYS)
Regulations = Mapping[str, Mapping[str, Any]]


def read_regulations(findings: Findings, document: Entry) -> dict[str, dict[str, Any]]:
    """Every regulation with the parts of those it is based on; a circle is noted and cut."""
    section = document.get("regulations")
    if not findings.only_keys(document, ("regulations",), "файл типовых регламентов") or section is None:
        return {}
    entries = {name: entry for name, entry in section.items() if findings.only_keys(entry, KEYS, f"регламент «{name}»")}
    for name, entry in entries.items():
        findings.needed(entry, "title", f"регламент «{name}»")
        check_shared(findings, entry)
    return {name: _whole(findings, name, entries, ()) for name in entries}


def _whole(findings: Findings, name: str, entries: Mapping[str, Entry], seen: tuple[str, ...]) -> dict[str, Any]:
    entry = entries[name]
    own = {key: part for key, part in entry.plain().items() if key != "based_on"}
    base = entry.get("based_on")
    if base is None:
        return own
    other = findings.text(base)
    if other not in entries or other in (name, *seen):
        advice = near_miss(other, entries)
        findings.add_once(
            base.place, "unknown_name", f"Регламента «{other}» нет или он стоит на самом себе.", "", advice
        )
        return own
    return merged(_whole(findings, other, entries, (*seen, name)), own)


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of both; the own one wins. Statuses are joined one by one, suspensions all count."""
    whole = {**base, **own}
    if "statuses" in base and "statuses" in own:
        whole["statuses"] = {**base["statuses"], **own["statuses"]}
    if "suspends_on" in base and "suspends_on" in own:
        whole["suspends_on"] = [*base["suspends_on"], *own["suspends_on"]]
    return whole


def check_shared(findings: Findings, entry: Entry) -> None:
    """The words of what a regulation and a passport both may say."""
    for key, words in WORD_LISTS.items():
        part = entry.get(key)
        for word in part.parts() if part is not None else ():
            findings.word(word, words)
    for key, words in WORDS.items():
        findings.word(entry.get(key), words)
    findings.flag(entry.get("quiet"))
    statuses = entry.get("statuses")
    if statuses is not None:
        findings.only_keys(statuses, STATUSES, "статусы")
    stops = entry.get("clock_stops")
    for stop in stops.parts() if stops is not None else ():
        if findings.only_keys(stop, STOP_KEYS, "остановка срока"):
            for key in STOP_KEYS:
                findings.needed(stop, key, "остановка срока")
    ways = entry.get("suspends_on")
    for way in ways.parts() if ways is not None else ():
        if findings.only_keys(way, SUSPENSION_KEYS, "приостановление"):
            for key in ("event", "until", "reason"):
                findings.needed(way, key, "приостановление")
            findings.flag(way.get("paid_back"))
    years = entry.get("retention_years")
    if years is not None and (not isinstance(years.value, int) or years.value < 1):
        findings.add(years.place, "not_allowed", "Срок хранения — целое число лет от 1.", "", "Исправьте число.")
