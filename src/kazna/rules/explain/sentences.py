"""Step by step: each condition with its answer, numbers and article, then the computation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kazna.rules.documents.vocabulary import lower_first
from kazna.rules.edition import Edition
from kazna.rules.explain.contrast import nearest_changes, nearest_pairs
from kazna.rules.explain.wording import name_of, say, say_fact
from kazna.rules.language.nodes import Builtin, FactRef, Node, ParameterRef, StepRef
from kazna.rules.language.types import Kind
from kazna.rules.outcome import ConditionResult, Outcome, ParameterUsed, StepResult

ANSWERS = {"yes": "да", "no": "нет", "unknown": "пока неизвестно"}
MOST_DETAILS = 6
NEVER = "не наступает"


def sentences(outcome: Outcome, edition: Edition, *, contrast: bool = True, pairs: bool = False) -> list[str]:
    """The whole explanation, one sentence a line; every number and article the decision rests on.

    `contrast`: with what would have to be different after a refusal; `pairs`: two facts too when one is not
    enough, which takes longer.
    """
    lines = [_condition(outcome, edition, result) for result in outcome.conditions]
    steps, parameters = _shown(outcome, edition)
    lines += _steps(outcome, edition, steps)
    lines += [_parameter(used) for used in outcome.parameters_used if used.name in parameters]
    lines += _amount_and_term(outcome, edition)
    lines += _reservations(outcome, edition)
    if outcome.state == "refused" and contrast:
        lines += [change.sentence for change in nearest_changes(outcome, edition)]
        lines += [pair.sentence for pair in nearest_pairs(outcome, edition)] if pairs else []
    return lines


def _condition(outcome: Outcome, edition: Edition, result: ConditionResult) -> str:
    definition = next(condition for condition in edition.measure.conditions if condition.id == result.id)
    if result.answer == "unknown":
        names = ", ".join(name_of(edition, name) for name in result.missing)
        details = [f"не хватает: {names}" + (f"; спросим: «{definition.ask}»" if definition.ask else "")]
    else:
        details = list(_details(outcome, edition, definition.node))[:MOST_DETAILS]
    said = f": {', '.join(details)}" if details else ""
    citation = edition.cite(definition.citation)
    return f"{result.title} — {ANSWERS[result.answer]}{said}{f' ({citation})' if citation else ''}."


def _details(outcome: Outcome, edition: Edition, node: Node) -> Iterator[str]:
    """The numbers the answer rests on; a lone yes/no fact only repeats the title and is left out."""
    named = {part.name: part for part in node.walk() if isinstance(part, (FactRef, StepRef, ParameterRef))}
    alone = len(named) == 1
    facts = dict(pair for result in outcome.conditions for pair in result.facts)
    steps = {step.name: step for step in outcome.steps}
    for name, part in named.items():
        if isinstance(part, FactRef):
            definition, value = edition.facts[name], facts.get(name)
            if definition.type.kind is not Kind.BOOL:
                dash = " —" if definition.type.kind is Kind.TEXT else ""
                yield f"{definition.short}{dash} {say_fact(definition, value)}"
            elif not alone and value is not None:
                yield f"{definition.short} — {say(value)}"
        elif isinstance(part, StepRef):
            step = steps[name]
            if not (alone and isinstance(step.value, bool)):
                dash = " —" if isinstance(step.value, bool) or step.value == date.max else ""
                yield f"{lower_first(step.title)}{dash} {_said(step)}"
        else:
            for used in outcome.parameters_used:
                if used.name == name:
                    yield f"{lower_first(used.title)} {say(used.value, is_money=used.is_money)}"
    if outcome.governing_date is not None and any(isinstance(part, Builtin) for part in node.walk()):
        yield f"на {say(outcome.governing_date)}"


def _shown(outcome: Outcome, edition: Edition) -> tuple[set[str], set[str]]:
    """Steps and parameters the answer rests on: a refusal needs no amount, an expired condition nothing."""
    usages = [edition.determiner.usages[result.id] for result in outcome.conditions]
    if outcome.state != "refused":
        usages.append(edition.results_usage)
    steps = {name for usage in usages for name in usage.steps}
    return steps | set(edition.idle_steps), {name for usage in usages for name in usage.parameters}


def _steps(outcome: Outcome, edition: Edition, shown: set[str]) -> Iterator[str]:
    citations = {step.name: edition.cite(step.citation) for step in edition.measure.steps}
    for step in outcome.steps:
        if step.name not in shown:
            continue
        article = f" ({citations[step.name]})" if citations[step.name] else ""
        yield f"{step.title}: {_said(step)}{article}."


def _said(step: StepResult) -> str:
    """The value of a step; a day that never comes is said to be one."""
    return NEVER if step.value == date.max else say(step.value, is_money=step.is_money)


def _parameter(used: ParameterUsed) -> str:
    term = f"с {say(used.start)}" + (f" по {say(used.end)}" if used.end is not None else "")
    key = f", {used.key}" if used.key is not None else ""
    doubt = "" if used.verified else "; значение не сверено с официальным текстом"
    return f"{used.title}{key}: {say(used.value, is_money=used.is_money)} {term} ({used.law}){doubt}."


def _amount_and_term(outcome: Outcome, edition: Edition) -> Iterator[str]:
    measure = edition.measure
    if outcome.amount_kopecks is not None and measure.amount is not None:
        title = measure.amount.title or "Сумма"
        yield f"{title}: {say(outcome.amount_kopecks, is_money=True)} ({edition.cite(measure.amount.citation)})."
    if outcome.term_from is not None and measure.term_from is not None:
        end = "бессрочно" if outcome.term_to is None else f"по {say(outcome.term_to)}"
        yield f"Срок: с {say(outcome.term_from)} {end} ({edition.cite(measure.term_from.citation)})."


def _reservations(outcome: Outcome, edition: Edition) -> Iterator[str]:
    for name in outcome.presumed:
        yield f"Сведений нет, закон велит считать по общему правилу: {name_of(edition, name)}."
    if outcome.by_cases:
        names = ", ".join(name_of(edition, name) for name in outcome.by_cases)
        yield f"Неизвестно, но ответа не меняет: {names}."
