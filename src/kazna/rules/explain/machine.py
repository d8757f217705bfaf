"""The explanation for machines: ids, values, words, articles and sources as plain JSON."""

from __future__ import annotations

from typing import Any

from kazna.rules.documents.measure import Citation
from kazna.rules.edition import Edition, cited
from kazna.rules.explain.contrast import nearest_changes, nearest_pairs
from kazna.rules.explain.sentences import sentences
from kazna.rules.explain.summary import summary
from kazna.rules.explain.wording import name_of, say, say_fact
from kazna.rules.outcome import ConditionResult, Outcome, as_json
from kazna.rules.plan.plan import make_plan

FORMAT = 1


def machine_explanation(outcome: Outcome, edition: Edition, *, contrast: bool = True) -> dict[str, Any]:
    """Everything `summary` and `sentences` say, in parts. Money in kopecks, dates as ISO text.

    `contrast` False leaves out what would have to be different (it determines the case again many times).
    """
    measure = edition.measure
    found: dict[str, Any] = {
        "format": FORMAT,
        "measure": {"id": edition.id, "title": edition.title, "edition_from": as_json(edition.start)},
        "on": as_json(outcome.on),
        "governing_date": as_json(outcome.governing_date),
        "state": outcome.state,
        "amount_kopecks": outcome.amount_kopecks,
        "term": {"from": as_json(outcome.term_from), "to": as_json(outcome.term_to)},
        "summary": summary(outcome, edition),
        "conditions": [_condition(outcome, edition, result) for result in outcome.conditions],
        "steps": [
            {
                "name": result.name,
                "title": result.title,
                "value": as_json(result.value),
                "said": say(result.value, is_money=result.is_money),
                "law": _laws(edition, step.citation),
            }
            for result, step in zip(outcome.steps, measure.steps, strict=True)
        ],
        "amount": {"title": measure.amount.title, "law": _laws(edition, measure.amount.citation)}
        if measure.amount is not None
        else None,
        "parameters": [
            {
                "name": used.name,
                "title": used.title,
                "key": used.key,
                "value": as_json(used.value),
                "said": say(used.value, is_money=used.is_money),
                "from": as_json(used.start),
                "to": as_json(used.end),
                "law": used.law,
                "source": used.source,
                "verified": used.verified,
            }
            for used in outcome.parameters_used
        ],
        "plan": make_plan([(edition, outcome)]).as_json() if outcome.state == "unknown" else None,
        "presumed": [{"name": name, "title": name_of(edition, name)} for name in outcome.presumed],
        "by_cases": [{"name": name, "title": name_of(edition, name)} for name in outcome.by_cases],
        "sentences": sentences(outcome, edition, contrast=contrast, pairs=contrast),
    }
    if contrast and outcome.state == "refused":
        found["contrast"] = [
            {"facts": {one.fact: as_json(one.value)}, "sentence": one.sentence}
            for one in nearest_changes(outcome, edition)
        ] + [
            {"facts": {name: as_json(value) for name, value in (pair.first, pair.second)}, "sentence": pair.sentence}
            for pair in nearest_pairs(outcome, edition)
        ]
    return found


def _condition(outcome: Outcome, edition: Edition, result: ConditionResult) -> dict[str, Any]:
    condition = next(one for one in edition.measure.conditions if one.id == result.id)
    return {
        "id": result.id,
        "title": result.title,
        "answer": result.answer,
        "refusal": condition.refusal or None,
        "law": _laws(edition, condition.citation),
        "facts": [_fact(outcome, edition, name, value) for name, value in result.facts],
        "steps": list(result.steps),
        "missing": list(result.missing),
    }


def _fact(outcome: Outcome, edition: Edition, name: str, value: Any) -> dict[str, Any]:
    definition = edition.determiner.definition(name)
    return {
        "name": name,
        "title": name_of(edition, name),
        "value": as_json(value),
        "said": say_fact(definition, value) if definition is not None else say(value),
        "source": definition.holder if definition is not None else "",
        "why_unknown": outcome.unknown_reasons.get(name),
    }


def _laws(edition: Edition, citation: Citation) -> list[dict[str, Any]]:
    """Each cited act: its key, name and place, whether the text was read, and where."""
    return [
        {
            "key": key,
            "act": str(edition.laws[key].get("act", "")),
            "cited": cited(edition.laws[key], citation.article),
            "verified": edition.laws[key].get("verified") is True,
            "source": str(edition.laws[key].get("source") or ""),
        }
        for key in citation.keys
        if key in edition.laws
    ]
