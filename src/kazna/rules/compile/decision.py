"""The bare answer that every back end must give alike, and the interpreter's own way to it without a trace."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.spans import is_unknown
from kazna.rules.outcome import State
from kazna.rules.program import Program, in_force

MOST_CONDITIONS = 58  # a mask is one 64-bit number, and four bits are for the results


class Decision(NamedTuple):
    """`no` and `open`: bit i is set when condition i is not fulfilled or unknown.

    After the bits of the conditions, `open` of an undecided case has one each for an unknown amount, first day of the
    term, last day of the term and governing date. Money in kopecks; `term_to` None means open or not granted.
    """

    state: State
    amount: int | None
    term_from: date | None
    term_to: date | None
    no: int
    open: int


def decide(program: Program, environment: Environment) -> Decision:
    """As `Program.run`, without collecting what is missing."""
    governing = environment.governing = program.governing.value(environment)
    unsure = is_unknown(governing)
    no = unknown = 0
    for bit, (condition, code) in enumerate(program.conditions):
        applies = in_force(condition, governing)
        if applies is False:
            continue
        found = code.value(environment)
        if found is True:
            continue
        if found is None or applies is None:
            unknown |= 1 << bit
        else:
            no |= 1 << bit
    if no:
        return Decision("refused", None, None, None, no, unknown)
    bit = len(program.conditions)
    results = []
    for place, part in enumerate((program.amount, program.term_from, program.term_to)):
        value = part.value(environment) if part is not None else None
        if part is not None and is_unknown(value):
            unknown |= 1 << (bit + place)
        results.append(value)
    if unsure:
        unknown |= 1 << (bit + 3)
    if unknown:
        return Decision("unknown", None, None, None, 0, unknown)
    amount, term_from, term_to = results
    return Decision("granted", amount, term_from, None if term_to == date.max else term_to, 0, 0)
