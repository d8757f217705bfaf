"""Look again at awards that a change touches: back to the right day, and only where the answer differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from kazna.contexts.cases.contracts import CaseState, DecisionKind, Outcome
from kazna.contexts.cases.desk import Desk
from kazna.contexts.cases.drafting import draft_recount
from kazna.contexts.cases.models import Decision
from kazna.contexts.cases.policies import Held
from kazna.contexts.cases.recounting import Chain, Verdict, broken_months, judge
from kazna.contexts.cases.signing import Signing
from kazna.contexts.cases.sources import Sources
from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures.contracts import Question, Recounted, Right, Touched

REASONS = {
    "law": "Изменились величины или правила, по которым назначена выплата.",
    "fact": "Пришли новые сведения, от которых зависит выплата.",
    "correction": "Исправлены сведения, по которым была назначена выплата.",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A chain of awards and who is asked about."""

    touched: Touched
    chain: Chain


@transaction.atomic
def reconsider_awards(
    touched: Sequence[Touched], on: date, sources: Sources, *, why: str = "", dry: bool = False
) -> list[tuple[Matter, Verdict]]:
    """Count the awards of these people anew and decide what differs; returns what differed.

    `why`: law, fact or correction; empty: a correction where the first decision itself would be another one.
    `dry` decides nothing. Awards that an officer granted against the rule, and people who died, are left to people;
    what cannot be answered any more is asked of agencies. Repeated, it finds nothing to change.
    """
    unique = {item.key: item for item in reversed(touched)}
    if not unique:
        return []
    desk = Desk.load(measures={k[0] for k in unique}, subject_ids={k[1] for k in unique}, right_ids=())
    matters = _matters(list(unique.values()), desk, on, sources)
    answers = _answers(matters, on, sources)
    if not dry:
        sources.ask_for([one for m, some in zip(matters, answers, strict=True) for one in _open(m, some)], on)
    judged = [
        (matter, verdict)
        for matter, some in zip(matters, answers, strict=True)
        if (verdict := judge(matter.chain, some, on))
    ]
    if judged and not dry:
        _decide(judged, desk, on, sources, why)
    return judged


def _answers(matters: Sequence[Matter], on: date, sources: Sources) -> list[list[Recounted]]:
    """Answers of each day, and of the days on which a month breaks: two readings for all."""
    answers = [list(some) for some in sources.recount([_question(m, m.chain.days(on)) for m in matters])]
    besides = [broken_months(m.chain, some, on) for m, some in zip(matters, answers, strict=True)]
    asked = [place for place, days in enumerate(besides) if days]
    for place, more in zip(
        asked, sources.recount([_question(matters[place], besides[place]) for place in asked]), strict=True
    ):
        answers[place] += more
    return answers


def _open(matter: Matter, answers: Sequence[Recounted]) -> list[Recounted]:
    """The first day's answer, when it cannot be given any more without something an agency knows."""
    return [one for one in answers if one.day == matter.chain.asked_on and one.state == "unknown"]


def _question(matter: Matter, days: tuple[date, ...]) -> Question:
    return Question(matter.touched.measure, matter.touched.roles, days, matter.chain.numbers)


def _matters(touched: Sequence[Touched], desk: Desk, on: date, sources: Sources) -> list[Matter]:
    own = {item.key: _own(desk, item) for item in touched}
    decisions = _decisions([held for some in own.values() for held in some])
    added = added_by_corrections([item.recipient_id for item in touched if own[item.key]])
    alive = sources.cards({p for item in touched if own[item.key] for p in (item.subject_id, item.recipient_id)})
    chains = {item.key: _chain(own[item.key], decisions, added) for item in touched if own[item.key]}
    rights = sources.rights({decisions[chain.first.decision_id].right_id for chain in chains.values() if chain})
    return [
        Matter(item, chain)
        for item in touched
        if (chain := chains.get(item.key))
        and not any(alive[p].died_on for p in (item.subject_id, item.recipient_id))
        and not _ends_by_event(item, chain)
        and _can_be_asked_again(rights[decisions[chain.first.decision_id].right_id])
        and not _filled_by_officer(decisions[chain.first.decision_id], rights)
    ]


def is_left_to_people(decision: Decision) -> bool:
    """An officer decided otherwise than the rule, or by a complaint; agreeing with the rule is not that."""
    return bool(decision.decided_by) and (decision.against_rule or "against" in decision.ground)


def _filled_by_officer(decision: Decision, rights: Mapping[UUID, Right]) -> bool:
    """The rule had no answer then: the officer's stands until people look again."""
    return bool(decision.decided_by) and rights[decision.right_id].state == "unknown"


def _ends_by_event(item: Touched, chain: Chain) -> bool:
    """The very fact may be an event that ends the award: then the event decides, not the recount."""
    held = chain.last
    return held.stops_on is None and bool(set(held.award.ends_on) & life_events.codes_found_in(item.kinds))


def _can_be_asked_again(right: Right) -> bool:
    """An application that is nowhere recorded has no day to ask about."""
    return right.mode == "proactive_decision" or right.applied_on is not None


def _own(desk: Desk, item: Touched) -> list[Held]:
    held = (h for h in desk.held(item.measure, item.subject_id) if h.award.recipient_id == item.recipient_id)
    return sorted(held, key=lambda h: h.award.ordinal)


def _decisions(held: Sequence[Held]) -> dict[UUID, Decision]:
    wanted = {h.award.decision_id for h in held if h.award.decision_id}
    return {row.id: row for row in Decision.objects.filter(id__in=wanted).defer("kept_document", "wording")}


def added_by_corrections(recipients: Sequence[UUID]) -> dict[tuple[UUID, date], int]:
    """What earlier corrections added to months of awards."""
    found = Decision.objects.filter(recipient_id__in=recipients, ground__has_key="differences")
    added: dict[tuple[UUID, date], int] = defaultdict(int)
    for ground in found.values_list("ground", flat=True):
        for one in ground["differences"]:
            added[UUID(one["award_id"]), date.fromisoformat(one["month"])] += one["due_kopecks"] - one["was_kopecks"]
    return added


def _chain(
    own: Sequence[Held], decisions: Mapping[UUID, Decision], added: Mapping[tuple[UUID, date], int]
) -> Chain | None:
    """The newest award and those it came after; None when it is not the rule's own decision."""
    by_id = {item.award.id: item for item in own}
    held = [own[-1]]
    while (before := by_id.get(held[0].award.replaces_id)) is not None:
        held.insert(0, before)
    made = [decisions.get(item.award.decision_id) for item in held]
    if any(row is None or is_left_to_people(row) for row in made) or made[0].right_id is None:  # type: ignore[union-attr]
        return None
    ids = {item.award.id for item in held}
    return Chain(
        tuple(held),
        is_alone=len(held) == len(own),
        asked_on=held[0].award.granted_on,
        corrected={key: kopecks for key, kopecks in added.items() if key[0] in ids},
    )


def _decide(
    judged: Sequence[tuple[Matter, Verdict]], desk: Desk, on: date, sources: Sources, why: str
) -> list[Decision]:
    signing = Signing(sources, desk)
    rights = iter(sources.keep([answer for _, verdict in judged for answer in verdict.answers]))
    for matter, verdict in judged:
        stands_on = [next(rights) for _ in verdict.answers]
        ground = why or ("correction" if verdict.was_wrong else "fact")
        kind = kind_of(verdict, ground)
        draft = draft_recount(
            desk,
            matter.chain,
            verdict,
            stands_on,
            matter.touched.cause,
            kind=kind,
            on=on,
            why=ground,
            reason=REASONS[ground],
        )
        signing.drafts.append(draft)
        if kind == DecisionKind.STOP:
            _close(desk, matter, on, draft.stop_reason)
    return signing.sign()


def kind_of(verdict: Verdict, ground: str) -> DecisionKind:
    """What a decision on this verdict is called."""
    if verdict.is_resumed:
        return DecisionKind.RESUME
    if verdict.stops_on and verdict.begins is None:
        return DecisionKind.STOP
    is_mistake = ground == "correction" and bool(verdict.differences)
    return DecisionKind.CORRECT if is_mistake else DecisionKind.CHANGE


def _close(desk: Desk, matter: Matter, on: date, note: str) -> None:
    case = next((c for c in desk.cases[matter.touched.key] if c.id == matter.chain.last.award.case_id), None)
    if case is not None and case.state == CaseState.PROVIDED:
        desk.close(case, Outcome.GRANTED, on, note=note)
