"""What a rule says of one situation: people of whom exactly the same is known get the very same answer, made once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from kazna.rules import Edition, Outcome, Situation
from kazna.rules.documents.parameters import Parameters
from kazna.rules.explain import sentences, summary

KEPT = 4096


@dataclass(frozen=True)
class Answer:
    """The outcome with all that is said of it; nothing in it names a person. Shared, so never written into."""

    outcome: Outcome
    mode: str
    body: str
    sentences: tuple[str, ...]
    summary: str
    trace_text: str

    @cached_property
    def trace(self) -> dict[str, Any]:
        """As it is read back from the database."""
        return dict(json.loads(self.trace_text))

    @cached_property
    def trace_sha256(self) -> str:
        return hashlib.sha256(self.trace_text.encode()).hexdigest()

    @cached_property
    def sentences_text(self) -> str:
        return json.dumps(self.sentences, ensure_ascii=False)


def canonical(value: Any) -> str:
    """JSON with one spelling, so that equal traces are equal bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def answered(edition: Edition, parameters: Parameters, situation: Situation, on: date) -> Answer:
    """Run the rule."""
    outcome = edition.determine(situation, on=on, parameters=parameters)
    return Answer(
        outcome=outcome,
        mode=edition.choose("mode", situation, on) or "application",
        body=edition.choose("body", situation, on) or "sfr",
        sentences=tuple(sentences(outcome, edition)),
        summary=summary(outcome, edition),
        trace_text=canonical(outcome.trace),
    )


def same_answer(edition: Edition, parameters: Parameters, situation: Situation, on: date) -> Answer:
    """Run the rule unless it was run for exactly this: the same edition, figures, day and known facts."""
    return _kept(Asked(edition, parameters, situation, on))


class Asked:
    """One question to a rule. Two are the same when every fact the edition reads is, down to the type of its value."""

    __slots__ = ("edition", "key", "on", "parameters", "situation")

    def __init__(self, edition: Edition, parameters: Parameters, situation: Situation, on: date) -> None:
        self.edition, self.parameters, self.situation, self.on = edition, parameters, situation, on
        relations = tuple(
            [
                (name, None if rows is None else tuple([_known(row) for row in rows]))
                for name, rows in situation.relations.items()
            ]
        )
        reasons = tuple(situation.unknown_reasons.items())
        self.key = (id(edition), id(parameters), on, _known(situation.facts), relations, reasons)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.key == other.key


def _known(facts: Mapping[str, Any]) -> tuple[tuple[str, type, Any], ...]:
    """Facts as a key; yes and 1 are equal in Python and not to a rule. Monthly amounts come as a dict."""
    return tuple(
        [(name, type(value), repr(value) if isinstance(value, dict | list) else value) for name, value in facts.items()]
    )


@lru_cache(maxsize=KEPT)
def _kept(asked: Asked) -> Answer:
    return answered(asked.edition, asked.parameters, asked.situation, asked.on)
