"""What to ask agencies for: one request per holder, with the kinds of facts and the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kazna.rules.documents.vocabulary import COSTS
from kazna.rules.plan.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Request:
    """`cost`: own, vitrine or request. `days`: of waiting, the longest of its facts; 0 when at hand.

    `kinds`: of the catalogue. `people`: roles or `member[1]`. `facts`: (name in missing lists, title).
    """

    holder: str
    cost: str
    days: int
    kinds: tuple[str, ...]
    people: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]


def requests_of(wanted: Iterable[Wanted]) -> tuple[Request, ...]:
    """Requests for everything an agency can give: those at hand first, then by days of waiting."""
    groups: dict[tuple[str, str], list[Wanted]] = {}
    for one in wanted:
        if not one.is_for_citizen:
            groups.setdefault((_cost(one), _holder(one)), []).append(one)
    found = [_request(cost, holder, group) for (cost, holder), group in groups.items()]
    return tuple(sorted(found, key=lambda request: (COSTS.index(request.cost), request.days, request.holder)))


def _request(cost: str, holder: str, group: list[Wanted]) -> Request:
    return Request(
        holder=holder,
        cost=cost,
        days=max((one.definition.days for one in group if one.definition is not None), default=0),
        kinds=tuple(sorted({kind for one in group if (kind := _kind(one))})),
        people=tuple(dict.fromkeys(one.person for one in group)),
        facts=tuple((one.name, one.title) for one in group),
        measures=tuple(sorted({measure for one in group for measure in one.measures})),
    )


def _cost(one: Wanted) -> str:
    return one.definition.cost if one.definition is not None else "own"


def _holder(one: Wanted) -> str:
    """Who keeps the fact; of an unknown list of people, who keeps most of their facts."""
    if one.definition is not None or one.relation is None:
        return one.definition.holder if one.definition is not None else ""
    holders = Counter(fact.holder for fact in one.relation.facts.values() if fact.holder)
    return min(holders, key=lambda holder: (-holders[holder], holder), default="")


def _kind(one: Wanted) -> str:
    return str(one.definition.plain.get("kind") or "") if one.definition is not None else ""
