"""Grounds of a decision from the law's own list: the conditions of the measure with their articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kazna.contexts.measures import public as measures

GRANT, REFUSE = _("Если назначаете"), _("Если отказываете")
ALL_HOLD = "Все условия закона подтверждены имеющимися сведениями"
PROVEN, BROKEN, UNPROVEN = "Условие подтверждено", "Условие не выполнено", "Условие не подтверждено"

Grounds = list[tuple[str, list[tuple[str, str]]]]


def grounds_of(right: measures.Right) -> Grounds:
    """Groups of (code, sentence): for a grant and for a refusal. Sentences are Russian, they go into the decision."""
    doubtful = [one for one in right.conditions if one["answer"] != "yes"]
    grant = [("grant:all", f"{ALL_HOLD} ({'; '.join(right.law[:3])}).")]
    grant += [(f"grant:{one['id']}", _sentence(PROVEN, one, right.law)) for one in doubtful]
    refuse = [
        (f"refuse:{one['id']}", _sentence(BROKEN if one["answer"] == "no" else UNPROVEN, one, right.law))
        for one in (doubtful or right.conditions)
    ]
    return [(str(GRANT), grant), (str(REFUSE), refuse)]


def _sentence(begin: str, condition: Mapping[str, Any], law: Sequence[str]) -> str:
    places = [str(one) for one in condition.get("law", ()) if " " in str(one)] or list(law[:1])
    cited = f" ({'; '.join(places)})" if places else ""
    return f"{begin}: {condition['title'][:1].lower()}{condition['title'][1:]}{cited}."
