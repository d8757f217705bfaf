"""Values of documents: roubles become kopecks, `never` becomes the last day there is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kazna.rules.documents.entries import Entry
from kazna.rules.documents.reading import Findings
from kazna.rules.language.nodes import Constant
from kazna.rules.language.parsing import NEVER
from kazna.rules.language.tokens import FIRST_YEAR, LAST_YEAR
from kazna.rules.language.types import Kind, Type
from kazna.rules.problems import near_miss

SHARE = re.compile(r"[0-9]{1,6}/[1-9][0-9]{0,5}")  # a share the law names by a fraction: 1/3


def read_value(findings: Findings, entry: Entry, kind: Type) -> Constant | None:
    """The value in the engine's units (money in kopecks); None when it does not fit, and noted."""
    value = _fitting(entry.value, kind)
    if isinstance(value, date) and value != NEVER and not FIRST_YEAR <= value.year <= LAST_YEAR:
        findings.add(
            entry.place, "far_date", f"День {value.isoformat()} слишком далёк.",
            f"В документах бывают дни с {FIRST_YEAR} по {LAST_YEAR} год.", "Проверьте год; бессрочно — never.",
        )  # fmt: skip
        return None
    if value is None:
        findings.add(
            entry.place, "value_type", f"Значение «{entry.raw or entry.value}» не годится: нужно {kind.kind.value}.",
            what_to_do="Деньги пишутся в рублях (1234.50), даты — 2025-01-31, да/нет — true/false.",
        )  # fmt: skip
    elif kind.kind is Kind.TEXT and value not in kind.values:
        advice = near_miss(str(value), kind.values)
        findings.add(entry.place, "undeclared_value", f"Значения «{value}» нет среди объявленных.", what_to_do=advice)
        return None
    return value


def _fitting(value: object, kind: Type) -> Constant | None:
    if kind.kind is Kind.BOOL:
        return value if isinstance(value, bool) else None
    if kind.kind is Kind.DATE:
        return NEVER if value == "never" else value if type(value) is date else None
    if kind.kind is Kind.TEXT:
        return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    if kind.kind is Kind.RATE and isinstance(value, str) and SHARE.fullmatch(value):
        return _whole_or_exact(Fraction(value))
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    exact = Fraction(value) * (100 if kind.kind is Kind.MONEY else 1)
    if exact.denominator == 1 or kind.kind is Kind.RATE:
        return _whole_or_exact(exact)
    return None


def _whole_or_exact(value: Fraction) -> Constant:
    return value.numerator if value.denominator == 1 else value
