"""Windows over a series: unknown months have the bounds of the fact, known ones are counted exactly."""

from __future__ import annotations

from typing import Any

from kazna.rules.evaluate.code import Code, Compiler, missing_of
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.series import Series, month_number
from kazna.rules.evaluate.spans import high, low, plain, span, unknown_of
from kazna.rules.language.nodes import Window


def window(compiler: Compiler, node: Window) -> Code:
    """Unknown as a whole (within its type) while the day may fall into more than one month."""
    series, before = compiler.compile(node.series), compiler.compile(node.before)
    at_least = compiler.compile(node.at_least) if node.at_least is not None else None
    bounds = plain(node.series.type.lo), plain(node.series.type.hi)
    whatever, count = unknown_of(node.type), node.months

    def amounts(environment: Environment) -> list[tuple[Any, Any]] | None:
        """The least and the greatest amount of each month of the window; None when the months are unknown."""
        day = before.value(environment)
        end = month_number(low(day))
        if month_number(high(day)) != end:
            return None
        found: Series | None = series.value(environment)
        known = [found.amount(month) if found is not None else None for month in range(end - count, end)]
        return [bounds if amount is None else (amount, amount) for amount in known]

    def total(environment: Environment) -> Any:
        found = amounts(environment)
        if found is None:
            return whatever
        return span(sum(least for least, _ in found), sum(most for _, most in found))

    def months(environment: Environment) -> Any:
        found = amounts(environment)
        if found is None:
            return whatever
        if at_least is None:
            return span(sum(least > 0 for least, _ in found), sum(most > 0 for _, most in found))
        wanted = at_least.value(environment)
        surely, possibly = high(wanted), low(wanted)
        return span(sum(least >= surely for least, _ in found), sum(most >= possibly for _, most in found))

    def missing(environment: Environment, names: set[str]) -> None:
        rest(environment, names)
        found = amounts(environment)
        if found is not None and any(least != most for least, most in found):
            series.missing(environment, names)

    rest = missing_of(before, at_least) if at_least is not None else missing_of(before)
    return Code(total if node.function == "window_sum" else months, missing)
