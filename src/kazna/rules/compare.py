"""What changed from one edition of a measure, or one day, to another — in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kazna.rules.edition import Edition
from kazna.rules.explain.rendering import say_rule
from kazna.rules.explain.wording import say
from kazna.rules.language.nodes import Node
from kazna.rules.language.types import Kind

How = Literal["added", "removed", "changed"]
PASSPORT = ("mode", "body", "decision_days", "extension_days", "notice_days", "events", "ends_on", "payment")


@dataclass(frozen=True, slots=True)
class Difference:
    """`what`: condition, step, amount, term, parameter, law or passport. `before`, `after`: in words, or empty."""

    how: How
    what: str
    name: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if self.how == "added":
            return f"Добавлено — {self.name}: {self.after}."
        if self.how == "removed":
            return f"Убрано — {self.name}: {self.before}."
        return f"Изменено — {self.name}: было {self.before}; стало {self.after}."


def differences(before: Edition, after: Edition, *, on: tuple[date, date]) -> list[Difference]:
    """Everything that may change an answer; `on`: the days whose figures are compared."""
    found = [
        *_paired("title", {"название": before.title}, {"название": after.title}),
        *_paired("title", _dates(before), _dates(after)),
        *_paired("condition", _conditions(before), _conditions(after)),
        *_paired("step", _steps(before), _steps(after)),
        *_paired("amount", _formula(before, "amount", "сумма"), _formula(after, "amount", "сумма")),
        *_paired("term", _formula(before, "term_from", "начало срока"), _formula(after, "term_from", "начало срока")),
        *_paired("term", _formula(before, "term_to", "конец срока"), _formula(after, "term_to", "конец срока")),
        *_paired("parameter", _figures(before, on[0]), _figures(after, on[1])),
        *_paired("law", _laws(before), _laws(after)),
        *_paired("passport", _passport(before), _passport(after)),
    ]
    return found


def _paired(what: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one is None and other is not None:
            yield Difference("added", what, name, "", other)
        elif other is None and one is not None:
            yield Difference("removed", what, name, one, "")
        elif one != other:
            yield Difference("changed", what, name, one or "", other or "")


def _dates(edition: Edition) -> dict[str, str]:
    governing = say_rule(edition.measure.governing, edition)
    return {"день, по которому применяется закон": governing}


def _conditions(edition: Edition) -> dict[str, str]:
    """By id: the title may be what changed."""
    found = {}
    for condition in edition.measure.conditions:
        since = f", с {condition.since:%d.%m.%Y}" if condition.since else ""
        until = f", по {condition.until:%d.%m.%Y}" if condition.until else ""
        rule = _said(condition.node, edition, condition.citation)
        found[f"условие «{condition.id}»"] = f"{condition.title} ({rule}{since}{until})"
    return found


def _steps(edition: Edition) -> dict[str, str]:
    return {
        f"шаг «{step.name}»": f"{step.title} = {_said(step.node, edition, step.citation)}"
        for step in edition.measure.steps
    }


def _formula(edition: Edition, part: str, name: str) -> dict[str, str]:
    formula = getattr(edition.measure, part)
    return {name: _said(formula.node, edition, formula.citation)} if formula is not None else {}


def _said(node: Node, edition: Edition, citation: Any) -> str:
    article = edition.cite(citation)
    return say_rule(node, edition) + (f" — {article}" if article else "")


def _figures(edition: Edition, on: date) -> dict[str, str]:
    """Each figure in force on the day; of a regional measure only those of its region."""
    region = str(edition.document.get("region") or "")
    found = {}
    for name in edition.parameter_names:
        parameter = edition.parameters[name]
        is_money = parameter.type.kind is Kind.MONEY
        for key in parameter.rows:
            if parameter.by == "region" and region and key != region:
                continue
            row = parameter.row(key, on)
            said = say(row.value, is_money=is_money) if row is not None else "значения нет"
            found[f"«{parameter.title}»{f', {key}' if key is not None else ''}"] = said
    return found


def _laws(edition: Edition) -> dict[str, str]:
    return {
        f"закон «{key}»": f"{law.get('act', '')}, {law.get('place') or 'место не названо'}"
        for key, law in edition.laws.items()
    }


def _passport(edition: Edition) -> dict[str, str]:
    passport = edition.document.get("passport") or {}
    return {f"паспорт, {key}": str(passport[key]) for key in PASSPORT if key in passport}
