"""Which cases of the queue an officer looks at, read from the address and written back into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import parse_qsl, urlencode

from django.utils.translation import gettext_lazy as _

from kazna.contexts.cases import public as cases

TERMS = {"late": _("Просрочено"), "soon": _("Три дня и меньше"), "later": _("Есть время")}
WHOSE = {"mine": _("Мои"), "free": _("Ничьи"), "others": _("У других")}
RISKS = {"high": _("Высокий"), "medium": _("Средний"), "low": _("Низкий")}
ALLOWED = {"term": TERMS, "whose": WHOSE, "risk": RISKS}
LONGEST = 80


def wanted(given: Mapping[str, str]) -> cases.workplace.Wanted:
    """What is not known to us is not asked: a stale or hostile address shows the whole queue."""
    chosen = {name: value for name, words in ALLOWED.items() if (value := given.get(name, "")) in words}
    measure, holder = given.get("measure", ""), given.get("holder", "")
    return cases.workplace.Wanted(
        **chosen,
        measure=measure if len(measure) <= LONGEST else "",
        holder=holder if len(holder) <= LONGEST else "",
    )


def written(what: cases.workplace.Wanted) -> str:
    """The filter as a query string, empty for the whole queue."""
    return urlencode({name: value for name, value in asdict(what).items() if value})


def read(query: str) -> cases.workplace.Wanted:
    """The filter from its query string."""
    return wanted(dict(parse_qsl(query[:300])))


def risk_of(points: int) -> str:
    """«high» from four points, «medium» from two."""
    return "high" if points >= 4 else "medium" if points >= 2 else "low"
