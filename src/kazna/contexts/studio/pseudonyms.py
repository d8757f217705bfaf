"""Examples out of decided cases that are nobody's case: what at least five cases have in common, the rest averaged.

A scene names nobody: it has no name, number or address. What is left could still point at a family, so

- a value that fewer than five cases have is said as the most frequent one;
- only families that answer alike to every question with a fixed list of answers, five cases at least, make an example;
- every day and every sum in it is the mean of a group of five or more, so it is no single person's;
- all days of an example are then moved together by the same few weeks, which keeps what is between them.

A combination fewer than five cases share makes no example. Monthly series are left out: they are too much one's own.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import fmean
from typing import Any

from kazna.contexts.measures import public as measures
from kazna.contexts.studio.contracts import NotReady, TooFewAlike
from kazna.contexts.studio.people import Found
from kazna.contexts.studio.scenarios.guarding import LEAST
from kazna.contexts.studio.scenarios.territory import kept_territory, opened
from kazna.kernel.errors import DomainError
from kazna.rules.drafting import Draft
from kazna.rules.edition import Edition
from kazna.rules.language.types import Kind, Type
from kazna.rules.situation import TIE, Situation

MOST_CASES, MOST_PEOPLE, WEEKS = 2000, 8, 6
MEANS = (Kind.DATE, Kind.MONEY, Kind.INT, Kind.RATE)
FAR = date(9999, 1, 1)
Cell = tuple[str, int, str]  # fact of a role: ("", 0, name); of a member: (relation, place, short)


def people_like_decided(draft: Draft, territory: str, on: date) -> list[Found]:
    """Examples for a draft from decided cases of the territory's last snapshot, answered by the draft as it is.

    Raises NotReady, NoSnapshot, TooFewAlike.
    """
    if draft.edition is None:
        raise NotReady(why="Сначала исправьте ошибки в тексте: людей подбирают для меры, которая читается.")
    database, part = opened(kept_territory(territory), measures.law_folder(), on)
    try:
        cases = list(measures.scenes_of_awards(database, draft.library, draft.edition, part, MOST_CASES))
    finally:
        database.close()
    found = list(_answered(draft, on, unnamed(cases, draft.edition, on)))
    if not found:
        raise TooFewAlike(cases=len(cases), least=LEAST)
    return _varied(found)


def _answered(draft: Draft, on: date, groups: Iterable[tuple[int, Situation]]) -> Iterable[Found]:
    assert draft.edition is not None
    for place, (number, situation) in enumerate(groups, 1):
        try:
            outcome = draft.edition.determine(situation, on=on, parameters=draft.library.parameters)
        except DomainError:  # an average that no family can be
            continue
        yield Found(f"обезличено, по {number} делам, {place}", on, situation, outcome)


def _varied(found: Sequence[Found]) -> list[Found]:
    """A few of each answer in turn."""
    by_state: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        by_state[one.outcome.state].append(one)
    turns = [(place, state, one) for state, ones in sorted(by_state.items()) for place, one in enumerate(ones)]
    return [one for _, _, one in sorted(turns, key=lambda turn: turn[:2])][:MOST_PEOPLE]


def unnamed(cases: Sequence[Situation], edition: Edition, on: date) -> list[tuple[int, Situation]]:
    """(how many cases, a situation that is nobody's), the largest groups first."""
    kinds = _kinds(edition)
    rows = [_cells(case, edition) for case in cases]
    common = _common(rows, kinds)
    groups: dict[tuple[Any, ...], list[dict[Cell, Any]]] = defaultdict(list)
    for case, row in zip(cases, rows, strict=True):
        shape = tuple((name, None if told is None else len(told)) for name, told in sorted(case.relations.items()))
        said = tuple(
            (cell, common(cell, value)) for cell, value in sorted(row.items()) if not _is_mean(cell, kinds, value)
        )
        known = tuple(cell for cell, value in sorted(row.items()) if _is_mean(cell, kinds, value))
        groups[shape, said, known].append(row)
    told = [
        (len(chunk), _one(shape, said, known, chunk, kinds, on))
        for (shape, said, known), alike in groups.items()
        if len(alike) >= LEAST
        for chunk in _chunks(alike, known)
    ]
    return sorted(told, key=lambda one: -one[0])


def _kinds(edition: Edition) -> dict[tuple[str, str], Type]:
    found = {("", name): fact.type for name, fact in edition.facts.items()}
    for name, relation in edition.relations.items():
        found |= {(name, short): fact.type for short, fact in relation.facts.items()}
    return found


def _cells(case: Situation, edition: Edition) -> dict[Cell, Any]:
    """Every value of a case; series are not told."""
    found: dict[Cell, Any] = {("", 0, name): case.facts.get(name) for name in edition.facts}
    for name, people in case.relations.items():
        for place, person in enumerate(people or ()):
            shorts = (TIE, *edition.relation_facts.get(name, ()))
            found |= {(name, place, short): person.get(short) for short in shorts}
    return {cell: None if isinstance(value, dict) else value for cell, value in found.items()}


def _is_mean(cell: Cell, kinds: dict[tuple[str, str], Type], value: Any) -> bool:
    kind = kinds.get((cell[0], cell[2]))
    if value is None or kind is None or kind.kind not in MEANS:
        return False
    return not (isinstance(value, date) and value >= FAR)


def _common(rows: Sequence[dict[Cell, Any]], kinds: dict[tuple[str, str], Type]):  # type: ignore[no-untyped-def]
    """A value as it is where five cases have it, else the most frequent one of the same cell."""
    counts: dict[tuple[str, str], Counter[Any]] = defaultdict(Counter)
    for row in rows:
        said = {((cell[0], cell[2]), value) for cell, value in row.items() if not _is_mean(cell, kinds, value)}
        for name, value in said:  # a family counts once
            counts[name][value] += 1

    def common(cell: Cell, value: Any) -> Any:
        known = counts[cell[0], cell[2]]
        return value if known[value] >= LEAST else known.most_common(1)[0][0]

    return common


def _chunks(alike: list[dict[Cell, Any]], known: tuple[Cell, ...]) -> list[list[dict[Cell, Any]]]:
    """Neighbours by their days and sums, five to nine together."""
    ordered = sorted(alike, key=lambda row: tuple(_number(row[cell]) for cell in known))
    cuts = max(1, len(ordered) // LEAST)
    found = [ordered[place * LEAST : (place + 1) * LEAST] for place in range(cuts)]
    found[-1] += ordered[cuts * LEAST :]
    return found


def _one(
    shape: tuple[Any, ...],
    said: tuple[tuple[Cell, Any], ...],
    known: tuple[Cell, ...],
    chunk: list[dict[Cell, Any]],
    kinds: dict[tuple[str, str], Type],
    on: date,
) -> Situation:
    values = dict(said) | {cell: _mean([row[cell] for row in chunk], kinds[cell[0], cell[2]]) for cell in known}
    moved = _moved(values, said, on)
    facts = {cell[2]: value for cell, value in moved.items() if not cell[0] and value is not None}
    if "application.date" in facts:
        facts["application.date"] = on
    people: dict[str, Any] = {}
    for name, size in shape:
        people[name] = None if size is None else [
            {cell[2]: value for cell, value in sorted(moved.items(), key=lambda one: one[0][2] != TIE)
             if cell[:2] == (name, place) and value is not None}
            for place in range(size)
        ]  # fmt: skip
    return Situation(facts, people)


def _moved(values: dict[Cell, Any], said: tuple[tuple[Cell, Any], ...], on: date) -> dict[Cell, Any]:
    """All days before the day asked about moved back together by the same one to six weeks."""
    digest = hashlib.sha256(repr((said, sorted(map(str, values.values())))).encode()).digest()
    step = timedelta(days=7 * (1 + digest[0] % WEEKS) + digest[1] % 7)
    return {
        cell: value - step if isinstance(value, date) and date(1900, 3, 1) < value < on else value
        for cell, value in values.items()
    }


def _number(value: Any) -> float:
    return float(value.toordinal() if isinstance(value, date) else value)


def _mean(values: Sequence[Any], kind: Type) -> Any:
    middle = fmean(_number(value) for value in values)
    match kind.kind:
        case Kind.DATE:
            return date.fromordinal(round(middle))
        case Kind.MONEY:
            return min(max(round(middle / 10_000) * 10_000, int(kind.lo)), int(kind.hi))
        case Kind.RATE:
            return Fraction(round(middle * kind.parts), kind.parts)
        case _:
            return round(middle)
