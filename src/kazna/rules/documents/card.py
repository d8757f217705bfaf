"""The card of a measure: its words, the acts it rests on, the days its edition is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings

KEYS = (
    *("measure", "code", "title", "short_title", "kind", "level", "region", "municipality", "region_fact"),
    *("form", "decided_for"),
    *("paid_to", "period", "edition", "law", "governing_date", "uses", "parameters", "tables", "steps", "conditions"),
    *("amount", "term", "exclusions", "passport", "tests", "notes", "unclear"),
)
VOCABULARIES = {
    "kind": (
        *("PENSION", "PENSION_SUPPLEMENT", "BENEFIT", "MONTHLY_CASH", "COMPENSATION", "SUBSIDY", "INSURANCE"),
        *("CERTIFICATE", "DISCOUNT", "IN_KIND", "SERVICE", "CONTRACT", "TAX_REFUND"),
    ),
    "level": ("federal", "region", "municipality"),
    "form": ("cash", "in_kind", "service", "certificate"),
    "decided_for": ("person", "child", "deceased"),
    "period": ("once", "month", "year"),
}
LAW_KEYS = ("act", "place", "edition", "verified", "short", "source", "notes")
REGION_FACTS = {"person": "person.region", "child": "applicant.region", "deceased": "applicant.region"}


def check_card(findings: Findings, measure: Entry) -> None:
    """The keys every measure has, with words of their vocabularies."""
    for key, words in VOCABULARIES.items():
        findings.word(findings.needed(measure, key, "мера"), words)
    for key in ("measure", "title", "code", "paid_to"):
        findings.text(findings.needed(measure, key, "мера"))
    if measure.get("level") and findings.text(measure.get("level")) != "federal":
        findings.text(findings.needed(measure, "region", "мера"))
    if findings.text(measure.get("level")) == "municipality":
        findings.text(findings.needed(measure, "municipality", "мера"))


def read_laws(findings: Findings, measure: Entry) -> dict[str, Mapping[str, object]]:
    """The acts by the keys that citations use."""
    section = findings.needed(measure, "law", "мера")
    laws: dict[str, Mapping[str, object]] = {}
    for key, law in section.items() if section else []:
        if findings.only_keys(law, LAW_KEYS, f"закон «{key}»"):
            findings.text(findings.needed(law, "act", f"закон «{key}»"))
            laws[key] = law.plain()
    return laws


def read_edition(findings: Findings, measure: Entry) -> tuple[date | None, date | None]:
    """First and last day of the edition, both inclusive; the last None means open."""
    edition = findings.needed(measure, "edition", "мера")
    if edition is None or not findings.only_keys(edition, ("from", "to", "text"), "редакция"):
        return None, None
    start = findings.day(findings.needed(edition, "from", "редакция"))
    end = findings.day(edition.get("to"))
    if start and end and end < start:
        findings.add(
            edition.place, "dates_order", "Редакция кончается раньше, чем началась.", what_to_do="Исправьте даты."
        )
    return start, end


def region_fact_of(findings: Findings, measure: Entry) -> str | None:
    """The fact that gives the territory of parameters «by region»."""
    unit = findings.text(measure.get("decided_for"))
    return findings.text(measure.get("region_fact")) or REGION_FACTS.get(unit)
