"""Measures that exclude one another, by the relations their passports declare: which award gives way to which.

Nothing here knows a measure: `relations` of the passport name the others and say how it is between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kazna.contexts.cases.policies import Held
from kazna.contexts.cases.wording import sum_of
from kazna.contexts.measures.contracts import Right

CHOICE, LARGER, INSTEAD = "one_of", "larger_of", "instead_of"
EXCLUDING = (INSTEAD, LARGER, CHOICE)


@dataclass(frozen=True, slots=True)
class Rival:
    """An award in force that cannot stand beside the right; `kind` of the relation, `law` and `note` say why."""

    held: Held
    kind: str
    law: str
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the relations make of a granted right: `gives_way` awards end for it; `refusal` says why it is not granted.

    `choose`: the citizen is shown both and takes one.
    """

    gives_way: tuple[Held, ...] = ()
    refusal: str = ""
    choose: tuple[Rival, ...] = ()


def excluded_by(passport: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Other measures by id with the relation to each; of several relations the first declared."""
    found: dict[str, Mapping[str, Any]] = {}
    for relation in passport.get("relations") or ():
        if relation["kind"] in EXCLUDING:
            for measure in relation.get("measures") or ():
                found.setdefault(measure, relation)
    return found


def rivals_of(right: Right, held: Iterable[Held]) -> list[Rival]:
    """Live awards of measures the passport excludes: of the same recipient, or about the same subject."""
    excluded = excluded_by(right.passport)
    return [
        Rival(one, str(relation["kind"]), str(relation.get("law", "")), str(relation.get("note", "")))
        for one in held
        if (relation := excluded.get(one.award.measure)) is not None
        and one.is_live(right.on)
        and (one.award.recipient_id == right.recipient_id or one.award.subject_id == right.subject_id)
    ]


def judge_rivals(right: Right, rivals: Sequence[Rival], chosen: frozenset[Any]) -> Verdict:
    """`chosen`: ids of awards the citizen has given up for this right."""
    gives_way: list[Held] = []
    choose: list[Rival] = []
    for rival in rivals:
        award = rival.held.award
        if rival.kind == INSTEAD or award.id in chosen:
            gives_way.append(rival.held)
        elif rival.kind == LARGER:
            if (right.amount_kopecks or 0) <= award.amount_kopecks:
                sums = sum_of(award.amount_kopecks, award.period)
                return Verdict(refusal=f"Уже назначено «{award.title}»: {sums}, это не меньше. {_why(rival)}")
            gives_way.append(rival.held)
        else:
            choose.append(rival)
    return Verdict(tuple(gives_way), "", tuple(choose))


def _why(rival: Rival) -> str:
    return f"{rival.note} ({rival.law})." if rival.law else rival.note
