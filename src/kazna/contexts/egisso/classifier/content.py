"""Content of one version of КМСЗ: facets and the list of rules; read from 10.01.O, written to it, compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kazna.contexts.egisso.control.versions import FACETS
from kazna.contexts.egisso.messages.shape import Plain

Rows = dict[str, dict[str, str]]  # code → {"name", "parent"?}
DRAFT, BEING_PUBLISHED, PUBLISHED, BEING_ACTIVATED, ACTIVE, ARCHIVE = range(1, 7)  # tVersionStatus
STATE_NAMES = {
    DRAFT: "черновик",
    BEING_PUBLISHED: "публикуется",
    PUBLISHED: "опубликована",
    BEING_ACTIVATED: "вводится в действие",
    ACTIVE: "действует",
    ARCHIVE: "в архиве",
}
FACET_TITLES = {
    "partsKMSZ": "Структура КМСЗ",
    "reestrMSZ": "Реестр МСЗ",
    "listCategories": "Категории получателей",
    "levelsNPA": "Уровни регулирования",
    "fundingSources": "Уровень финансирования",
    "provisionForms": "Форма предоставления",
}
LENGTHS = {
    "partsKMSZ": 6, "reestrMSZ": 4, "listCategories": 8, "levelsNPA": 2, "fundingSources": 4, "provisionForms": 2,
}  # fmt: skip
PARTS_OF_RULE = ("codePart", "codeMSZ", "codeCategory", "codeNPA", "codeFundingSource", "codeForm")


@dataclass(slots=True)
class Content:
    """Facets by the element name of the album; rules by their full code, each with its acts."""

    facets: dict[str, Rows] = field(default_factory=dict)
    rules: dict[str, list[Plain]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        return {"facets": self.facets, "rules": self.rules}

    @classmethod
    def of_plain(cls, plain: dict[str, Any]) -> Content:
        return cls(plain.get("facets", {}), plain.get("rules", {}))


def full_code(rule: Plain) -> str:
    """measure.category.level.funds.form.section, as the classifier prints a position."""
    part, msz, category, level, funding, form = (str(rule[name]) for name in PARTS_OF_RULE)
    return ".".join((msz, category, level, funding, form, part))


def of_message(version: Plain) -> Content:
    """The content of the `version` block of 10.01.O."""
    facets = version.get("facets", {})
    found = Content()
    for facet, row in FACETS.items():
        found.facets[facet] = {
            one["code"]: {"name": one["name"], **({"parent": one["codeParent"]} if one.get("codeParent") else {})}
            for one in facets.get(facet, {}).get(row, [])
        }
    for rule in facets.get("rulesKMSZ", {}).get("ruleKMSZ", []):
        found.rules[full_code(rule)] = rule.get("reasons", {}).get("NPA", [])
    return found


def to_message(content: Content) -> Plain:
    """The `facets` block of 10.01.O."""
    facets: Plain = {}
    for facet, row in FACETS.items():
        facets[facet] = {
            row: [
                {"code": code, "name": one["name"], **({"codeParent": one["parent"]} if one.get("parent") else {})}
                for code, one in sorted(content.facets.get(facet, {}).items())
            ]
        }
    facets["rulesKMSZ"] = {"ruleKMSZ": [_rule(code, acts) for code, acts in sorted(content.rules.items())]}
    return facets


def _rule(code: str, acts: list[Plain]) -> Plain:
    msz, category, level, funding, form, part = code.split(".")
    return {
        "codePart": part, "codeMSZ": msz, "codeCategory": category, "codeNPA": level, "codeFundingSource": funding,
        "codeForm": form, "reasons": {"NPA": acts},
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One change between versions: `kind` added, removed or changed."""

    facet: str
    code: str
    kind: str
    before: str = ""
    after: str = ""


def differences(old: Content, new: Content) -> list[Difference]:
    """What changes when `new` takes the place of `old`, by facet and code."""
    found: list[Difference] = []
    for facet in FACETS:
        before, after = old.facets.get(facet, {}), new.facets.get(facet, {})
        for code in sorted(before.keys() | after.keys()):
            was, now = before.get(code), after.get(code)
            if was == now:
                continue
            kind = "added" if was is None else "removed" if now is None else "changed"
            found.append(Difference(facet, code, kind, _words(was), _words(now)))
    for code in sorted(old.rules.keys() ^ new.rules.keys()):
        found.append(Difference("rulesKMSZ", code, "added" if code in new.rules else "removed"))
    for code in sorted(old.rules.keys() & new.rules.keys()):
        if old.rules[code] != new.rules[code]:
            found.append(Difference("rulesKMSZ", code, "changed"))
    return found


def _words(row: dict[str, str] | None) -> str:
    if row is None:
        return ""
    return row["name"] + (f" (в {row['parent']})" if row.get("parent") else "")


def in_force(versions: list[tuple[date, int]], on: date) -> int | None:
    """The place of the version in force on the day: the last that began, of those published or later."""
    begun = [(day, place) for place, (day, _) in enumerate(versions) if day <= on]
    return max(begun)[1] if begun else None
