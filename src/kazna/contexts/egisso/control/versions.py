"""Checks of messages that distribute versions of КМСЗ: 10.01.O publishes one, 10.03.O activates it."""

from __future__ import annotations

from collections.abc import Iterator

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.messages.shape import Plain

FACETS = {
    "reestrMSZ": "MSZ",
    "partsKMSZ": "partKMSZ",
    "listCategories": "category",
    "levelsNPA": "levelNPA",
    "fundingSources": "fundingSource",
    "provisionForms": "provisionForm",
}
OF_RULE = {
    "codePart": ("partsKMSZ", "part"),
    "codeMSZ": ("reestrMSZ", "msz"),
    "codeCategory": ("listCategories", "category"),
    "codeNPA": ("levelsNPA", "level"),
    "codeFundingSource": ("fundingSources", "funding"),
    "codeForm": ("provisionForms", "form"),
}


def check_publication(message: Plain, line: int) -> Iterator[Finding]:
    """Each rule stands on codes of the same version; a code has one row; a parent is there."""
    facets = message.get("version", {}).get("facets", {})
    codes: dict[str, set[str]] = {}
    for facet, row in FACETS.items():
        rows = facets.get(facet, {}).get(row, [])
        codes[facet] = {one["code"] for one in rows}
        if len(rows) != len(codes[facet]):
            yield finding("version_state", line=line, what=f"В перечне «{facet}» код повторяется")
        for one in rows:
            if one.get("codeParent") and one["codeParent"] not in codes[facet]:
                yield finding(
                    "version_state", line=line, what=f"У кода {one['code']} нет вышестоящего {one['codeParent']}"
                )
    for rule in facets.get("rulesKMSZ", {}).get("ruleKMSZ", []):
        for name, (facet, kind) in OF_RULE.items():
            if rule.get(name) not in codes[facet]:
                yield finding(kind, line=line, code=rule.get(name, ""))


def check_activation(message: Plain, line: int) -> Iterator[Finding]:
    """Two versions: the one that becomes active (5) and the one that goes to the archive (6)."""
    states = sorted(str(one.get("version_status")) for one in message.get("versions", {}).get("version", []))
    if states not in (["5", "6"], ["5"], ["4", "6"], ["4", "5"]):
        what = "Сообщение об активации называет новую действующую версию и ту, что уходит в архив"
        yield finding("version_state", line=line, what=what)
