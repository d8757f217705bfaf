"""Checks of a card of a local measure against КМСЗ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kazna.contexts.egisso.control.findings import Finding, finding
from kazna.contexts.egisso.control.known import Classifiers, Known
from kazna.contexts.egisso.control.people import written
from kazna.contexts.egisso.messages.shape import Plain

# order of the Ministry of Finance: administrator 3, section and subsection 4, target article 10, kind of expense 3
KBK = re.compile(r"\d{7}[0-9A-ZА-ЯЁ]{10}\d{3}")
ONE_SOURCE = re.compile(r"0*10*")


def check_measure(measure: Plain, known: Known, line: int) -> Iterator[Finding]:
    """Codes against their references, shares, КБК, and the whole code against the list of rules."""
    lists = known.classifiers
    if not KBK.fullmatch(measure.get("kbk", "")):
        yield finding("kbk", line=line, code=measure.get("kbk", ""))
    wrong = list(_check_codes(measure, lists, line))
    yield from wrong
    shares = measure.get("shares", [])
    total_code = _sum_of_codes([share.get("funding", "") for share in shares])
    for found in _check_funding(shares, total_code, lists, line):
        wrong.append(found)
        yield found
    for code in measure.get("territories", ()):
        if not lists.knows_oktmo(code):
            yield finding("oktmo", line=line, code=code)
    if not wrong:
        yield from _check_rules(measure, total_code, lists, line)
    if measure.get("to") and measure["to"] < measure.get("from", ""):
        yield finding("period", line=line, first=written(measure["from"]), last=written(measure["to"]))


def _check_codes(measure: Plain, lists: Classifiers, line: int) -> Iterator[Finding]:
    for name, codes in (
        ("part", lists.parts),
        ("msz", lists.msz),
        ("level", lists.levels),
        ("form", lists.forms),
        ("periodicity", lists.periodicity),
    ):
        if measure.get(name, "") not in codes:
            yield finding(name, line=line, code=measure.get(name, ""))
    for category in measure.get("categories", ()):
        if category.get("category", "") not in lists.categories:
            yield finding("category", line=line, code=category.get("category", ""))


def _check_funding(shares: list[Plain], total_code: str, lists: Classifiers, line: int) -> Iterator[Finding]:
    if total_code not in lists.funding:
        yield finding("funding_total", line=line, code=total_code)
    for share in shares:
        code = share.get("funding", "")
        if code not in lists.funding:
            yield finding("funding", line=line, code=code)
        if not ONE_SOURCE.fullmatch(code):
            yield finding("funding_source", line=line, code=code)
    total = sum((_number(share.get("quota", "0")) for share in shares), Decimal(0))
    if total != 100:
        yield finding("shares", line=line, total=f"{total.normalize():f}")


def _check_rules(measure: Plain, total_code: str, lists: Classifiers, line: int) -> Iterator[Finding]:
    """Both remarks are warnings: the card is taken, its place in КМСЗ has to be mended."""
    for category in measure.get("categories", ()):
        code = category.get("category", "")
        if (measure.get("msz", ""), code) not in lists.pairs:
            yield finding("combination", line=line)
        full = ".".join((measure.get("msz", ""), code, measure.get("level", ""), total_code,
                         measure.get("form", ""), measure.get("part", "")))  # fmt: skip
        if full not in lists.rules:
            yield finding("full_code", line=line, code=full)


def _sum_of_codes(codes: list[str]) -> str:
    """0100 and 0010 together are 0110."""
    digits = [code for code in codes if code.isdigit()]
    return f"{sum(map(int, digits)):04d}" if digits else ""


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return Decimal(0)
