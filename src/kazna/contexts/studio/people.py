"""Examples for the conditions nobody tries yet: invented people found by looking, answered by the draft as it is.

Nobody real is in them. The expected answer is the draft's own: the methodologist compares it with the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from kazna.contexts.studio.blocks import quoted
from kazna.kernel.errors import DomainError
from kazna.rules.drafting import Draft
from kazna.rules.edition import Edition
from kazna.rules.examples import read_examples
from kazna.rules.language.types import Kind, Type
from kazna.rules.outcome import Outcome
from kazna.rules.situation import TIE, Situation
from kazna.rules.trial.draw import Draws
from kazna.rules.trial.hints import hints_of

TRIES, AROUND = 3000, 1200
GIVEN = re.compile(r"(?P<head>^[ ]{4}given:(?:[ ]*&\w+)?[ ]*\n)(?P<body>(?:^[ ]{6,}[^\n]*\n)+)", re.MULTILINE)
USUAL_TIES = ("applicant", "child")


@dataclass(slots=True)
class Found:
    name: str
    on: date
    situation: Situation
    outcome: Outcome


class Search:
    """Deterministic: the same draft, the same people."""

    def __init__(self, draft: Draft) -> None:
        assert draft.edition is not None
        self.draft, self.edition = draft, draft.edition
        examples = read_examples(draft.library, self.edition)[0]
        self.on = examples[0].on if examples else self.edition.start
        self.chance = np.random.default_rng(7)
        hints = hints_of(self.edition)
        self.draws, self.marks = Draws(self.chance, hints, self.on), sorted(hints.money)
        self.base = self._whole(examples[0].situation if examples else Situation({}, {}))

    def _whole(self, situation: Situation) -> Situation:
        """With a value for everything the edition reads."""
        facts = {n: situation.facts.get(n, self._plain(n, f.type)) for n, f in self.edition.facts.items()}
        if "application.date" in facts:
            facts["application.date"] = self.on
        people = {name: situation.relations.get(name) for name in self.edition.relations}
        for name, rows in people.items():
            relation = self.edition.relations[name]
            ties = [part.tie for part in relation.parts if part.tie in USUAL_TIES] or [relation.parts[0].tie]
            ties = list(dict.fromkeys(ties))
            people[name] = [
                {TIE: tie, **{short: self._plain(f"{tie}.{short}", relation.facts[short].type)
                              for short in self._shorts(name)}}
                for tie in ties
            ] if not rows else [
                {**{short: self._plain(f"{row[TIE]}.{short}", relation.facts[short].type)
                    for short in self._shorts(name)}, **row}
                for row in rows
            ]  # fmt: skip
        return Situation(facts, people)

    def _shorts(self, relation: str) -> tuple[str, ...]:
        return self.edition.relation_facts.get(relation, ())

    def _plain(self, name: str, kind: Type) -> Any:
        """What is usual: nothing special, an adult of 35, a child of 8."""
        if kind.kind is Kind.BOOL:
            return name == "child.is_child" or name.endswith(
                (".alive", ".residence_permanent", ".lives_with_applicant")
            )
        if kind.kind is Kind.DATE:
            years = 8 if name.startswith("child.") else 35
            return date(self.on.year - years, 5, 15)
        if kind.is_number:
            return min(max(0, int(kind.lo)), int(kind.hi))
        return self._draw(kind)

    def _draw(self, kind: Type) -> Any:
        if kind.kind is Kind.SERIES:
            return None
        if kind.kind is Kind.MONEY and self.marks and self.chance.random() < 0.4:
            value = int(self.chance.choice(self.marks)) * int(self.chance.integers(1, 60))
            return min(max(value, int(kind.lo)), int(kind.hi))
        code = self.draws.column(kind, 1)[0]
        if kind.kind is Kind.BOOL:
            return bool(code)
        if kind.kind is Kind.DATE:
            return date.fromordinal(int(code))
        if kind.kind is Kind.TEXT:
            return kind.values[int(code)]
        if kind.kind is Kind.RATE:
            return Fraction(int(code), kind.parts)
        return int(code)

    def answer(self, situation: Situation) -> Outcome | None:
        try:
            return self.edition.determine(situation, on=self.on, parameters=self.draft.library.parameters)
        except DomainError:
            return None

    def near(self, situation: Situation, changes: int) -> Situation:
        """The same with a few values drawn anew."""
        facts = dict(situation.facts)
        people = {name: [dict(row) for row in rows or ()] for name, rows in situation.relations.items()}
        places: list[tuple[dict[str, Any], str, Type]] = [
            (facts, name, fact.type) for name, fact in self.edition.facts.items() if name != "application.date"
        ]
        for name, rows in people.items():
            kinds = self.edition.relations[name].facts
            places += [(row, short, kinds[short].type) for row in rows for short in self._shorts(name)]
        for place in self.chance.integers(0, len(places), changes) if places else ():
            holder, name, kind = places[int(place)]
            holder[name] = self._draw(kind)
        return Situation(facts, people)

    def granted(self) -> Situation | None:
        """By small steps towards more conditions fulfilled."""
        best, score = self.base, -1.0
        for _ in range(TRIES):
            tried = self.near(best, int(self.chance.integers(1, 4))) if score >= 0 else best
            outcome = self.answer(tried)
            if outcome is None:
                continue
            answers = [one.answer for one in outcome.conditions]
            reached = answers.count("yes") + 0.25 * answers.count("unknown")
            if outcome.state == "granted":
                return tried
            if reached >= score:
                best, score = tried, reached
        return None

    def only_without(self, granted: Situation, condition: str) -> tuple[Situation, Outcome] | None:
        """Somebody who lacks this condition alone."""
        for number in range(AROUND):
            tried = self.near(granted, 1 + number // (AROUND // 3))
            outcome = self.answer(tried)
            answers = {one.id: one.answer for one in outcome.conditions if one.answer != "yes"} if outcome else {}
            if outcome and answers == {condition: "no"}:
                return tried, outcome
        return None

    def unknown(self, granted: Situation) -> tuple[str, Situation, Outcome] | None:
        """The same with one fact nobody knows."""
        for name in granted.facts:
            if name == "application.date":
                continue
            tried = Situation({**granted.facts, name: None}, granted.relations)
            outcome = self.answer(tried)
            if outcome is not None and outcome.state == "unknown":
                return name, tried, outcome
        return None


def lacking_people(draft: Draft) -> list[Found]:
    """Invented people for what no example shows: a grant, each condition as the only reason, missing facts."""
    search = Search(draft)
    granted = search.granted()
    return [] if granted is None else list(_lacking(search, granted))


def completed(text: str, draft: Draft) -> str:
    """The document with the facts a new condition reads told in those examples that are written in lines."""
    search = Search(draft)
    granted = search.granted()
    if granted is None or search.edition is None:
        return text

    def told(found: re.Match[str]) -> str:
        lines = [
            line
            for name, line in _given(granted, search.edition)
            if re.search(rf"(?m)^[ ]*{re.escape(name)}:", found["body"]) is None
        ]
        return found["head"] + found["body"] + "".join(f"{line}\n" for line in lines)

    return GIVEN.sub(told, text)


def _lacking(search: Search, granted: Situation) -> Iterator[Found]:
    draft = search.draft
    states = {result.outcome.state for result in draft.examples if result.ok and result.outcome}
    rows = {row.id: row for row in draft.covered}
    if "granted" not in states or any(row.yes == 0 for row in rows.values()):
        outcome = search.answer(granted)
        assert outcome is not None
        yield Found("всё выполнено (подобрано)", search.on, granted, outcome)
    for condition in search.edition.measure.conditions:
        if rows[condition.id].alone == 0 and (found := search.only_without(granted, condition.id)):
            yield Found(f"не выполнено только: {condition.title} (подобрано)", search.on, *found)
    if "unknown" not in states and (missing := search.unknown(granted)):
        yield Found(f"неизвестно: {missing[0]} (подобрано)", search.on, *missing[1:])


def with_examples(text: str, found: list[Found], edition: Edition) -> str:
    """The document with these examples at the end of its `tests`."""
    if not found:
        return text
    told = "".join(_example(one, edition) for one in found)
    body = text if text.endswith("\n") else text + "\n"
    _, end = tests_of(body)
    head = body[:end].rstrip("\n") if end else f"{body}\ntests:"
    return head + "\n" + told + (body[end:] if end else "")


def tests_of(text: str) -> tuple[int, int]:
    """Where the examples begin and end; (0, 0) when there are none."""
    start = text.find("\ntests:")
    if start < 0:
        return 0, 0
    start += len("\ntests:")
    return start, start + next(_top_keys(text[start:]), len(text) - start)


def _top_keys(text: str) -> Iterator[int]:
    place = 0
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha() or line[:1] == "_":
            yield place
        place += len(line)


def _example(one: Found, edition: Edition) -> str:
    lines = [f"  - name: {quoted(one.name)}", f"    on: {one.on}", "    given:"]
    lines += [line for _, line in _given(one.situation, edition)]
    lines.append(f"    expect: {{{expected(one.outcome)}}}")
    return "\n".join(lines) + "\n"


def _given(situation: Situation, edition: Edition) -> Iterator[tuple[str, str]]:
    """(name, its lines) of each fact and list of people."""
    for name, fact in edition.facts.items():
        if name in situation.facts:
            yield name, f"      {name}: {_value(situation.facts[name], fact.type)}"
    for name, rows in situation.relations.items():
        kinds = edition.relations[name].facts
        lines = [f"      {name}:" if rows else f"      {name}: []"]
        for row in rows or ():
            told = {TIE: row[TIE], **{short: _value(v, kinds[short].type) for short, v in row.items() if short != TIE}}
            lines.append("        - {" + ", ".join(f"{short}: {value}" for short, value in told.items()) + "}")
        yield name, "\n".join(lines)


def expected(outcome: Outcome) -> str:
    """What an example with this answer expects, as in a document."""
    told: dict[str, str] = {"state": outcome.state}
    if outcome.state == "granted" and outcome.amount_kopecks is not None:
        told["amount"] = _roubles(outcome.amount_kopecks)
    if outcome.state == "refused":
        told["because"] = "[" + ", ".join(one.id for one in outcome.conditions if one.answer == "no") + "]"
    if outcome.state == "unknown":
        told["missing"] = "[" + ", ".join(f"'{name}'" for name in outcome.missing) + "]"
    return ", ".join(f"{key}: {value}" for key, value in told.items())


def _value(value: Any, kind: Type) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if kind.kind is Kind.MONEY:
        return _roubles(int(value))
    if isinstance(value, Fraction):
        return f"{float(value):.6f}".rstrip("0").rstrip(".") or "0"
    return f"'{value}'" if isinstance(value, str) else str(value)


def _roubles(kopecks: int) -> str:
    sign = "-" if kopecks < 0 else ""
    whole, rest = divmod(abs(kopecks), 100)
    return f"{sign}{whole}.{rest:02d}" if rest else f"{sign}{whole}"
