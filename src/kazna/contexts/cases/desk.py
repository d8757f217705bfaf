"""The matters of one batch in memory: read once, moved one by one, written once.

Whatever the batch, each right sees what the rights before it did, so borders of batches do not matter.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection
from django.db.models import Q

from kazna.contexts.cases.contracts import CaseState, DecisionKind, Outcome
from kazna.contexts.cases.lifecycle import OPEN, check_move
from kazna.contexts.cases.models import Award, Case, Choice, Decision, WeighedRight
from kazna.contexts.cases.policies import Held
from kazna.contexts.cases.rivals import Rival, excluded_by, rivals_of
from kazna.contexts.delegation import public as delegation
from kazna.contexts.delegation.contracts import Function, Matter
from kazna.contexts.measures.contracts import Right
from kazna.kernel.named_ids import named_id
from kazna.plumbing.bulk import copy_rows
from kazna.plumbing.new_rows import fresh, insert_all

SPACE = uuid5(NAMESPACE_URL, "kazna/cases").bytes
Key = tuple[str, UUID, UUID]  # measure, subject, recipient
STEP = ("case_id", "recipient_id", "body", "state", "right_id", "on", "note", "by")


@dataclass(slots=True)
class Step:
    """A step of a case before it is written, see CaseStep; of a batch there are thousands."""

    case_id: UUID
    recipient_id: UUID
    body: str
    state: str
    right_id: UUID | None
    on: date
    note: str
    by: str


def content_id(*parts: object) -> UUID:
    return named_id(SPACE, "/".join(map(str, parts)))


def content_text(*parts: object) -> str:
    """The same as text: for rows that are copied, a million of them, an object for each is dear."""
    name = SPACE + "/".join(map(str, parts)).encode()
    made = hashlib.sha1(name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(made[16], 16) & 3]
    return f"{made[:8]}-{made[8:12]}-5{made[13:16]}-{variant}{made[17:20]}-{made[20:32]}"


@dataclass
class Desk:
    """Cases and awards of some subjects, new ones and changed ones marked for writing."""

    cases: dict[Key, list[Case]] = field(default_factory=lambda: defaultdict(list))
    recipients: dict[tuple[str, UUID], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    awards: dict[tuple[str, UUID], list[Held]] = field(default_factory=lambda: defaultdict(list))
    chosen: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    delegated: dict[UUID, Matter] = field(default_factory=dict)
    weighed: set[UUID] = field(default_factory=set)
    fresh: list[UUID] = field(default_factory=list)
    opened: list[Case] = field(default_factory=list)
    touched: dict[UUID, Case] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    @classmethod
    def load(cls, *, measures: Collection[str], subject_ids: Collection[UUID], right_ids: Collection[UUID]) -> Desk:
        """Everything known about these measures of these subjects; other batches wait until this one is done."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases'))")
        desk = cls()
        asked = {"measure__in": set(measures), "subject_id__any_of": set(subject_ids)}
        for case in Case.objects.filter(**asked).order_by("ordinal"):
            desk.keep(case)
        for award in Award.objects.filter(**asked).select_related("stop").order_by("ordinal", "granted_on", "number"):
            stop = getattr(award, "stop", None)
            desk.awards[award.measure, award.subject_id].append(Held(award, stop.stops_on if stop else None))
        desk.delegated = delegation.matters([case.id for own in desk.cases.values() for case in own])
        desk.note_officers()
        desk.weighed = set(WeighedRight.objects.filter(right_id__any_of=right_ids).values_list("right_id", flat=True))
        return desk

    def load_rivals(self, rights: Iterable[Right]) -> None:
        """Awards of measures that the rights' passports exclude, and what citizens chose between them."""
        excluded = {measure for right in rights for measure in excluded_by(right.passport)}
        if not excluded:
            return
        people = {person for right in rights for person in (right.recipient_id, right.subject_id)}
        known = {held.award.id for kept in self.awards.values() for held in kept}
        about = Q(recipient_id__any_of=people) | Q(subject_id__any_of=people)
        for award in Award.objects.filter(about, measure__in=excluded).select_related("stop").order_by("number"):
            if award.id not in known:
                stop = getattr(award, "stop", None)
                self.awards[award.measure, award.subject_id].append(Held(award, stop.stops_on if stop else None))
        opened = [case.id for cases in self.cases.values() for case in cases]
        for choice in Choice.objects.filter(case_id__in=opened):
            self.chosen[choice.case_id] = frozenset(choice.gives_up)

    def rivals(self, right: Right) -> list[Rival]:
        """Live awards that cannot stand beside the right; ones made or stopped in this batch are seen as they are."""
        excluded = excluded_by(right.passport)
        if not excluded:
            return []
        return rivals_of(right, (h for key, kept in self.awards.items() if key[0] in excluded for h in kept))

    def note_officers(self) -> None:
        """Which stops were the decisions of officers, and which only suspend."""
        stopped = {h.award.stop.decision_id for held in self.awards.values() for h in held if h.stops_on is not None}
        if not stopped:
            return
        ours = Q(decided_by="") & ~Q(kind=DecisionKind.SUSPEND)
        found = Decision.objects.filter(id__in=stopped).exclude(ours).values_list("id", "kind")
        kinds = {decision_id: str(kind) for decision_id, kind in found}
        for key, held in self.awards.items() if kinds else ():
            self.awards[key] = [
                replace(h, stopped_by=kinds.get(h.award.stop.decision_id, "")) if h.stops_on is not None else h
                for h in held
            ]

    def keep(self, case: Case) -> None:
        """Put a case after those of the same measure, subject and recipient."""
        key = case.measure, case.subject_id, case.recipient_id
        if not self.cases[key]:
            self.recipients[case.measure, case.subject_id].append(case.recipient_id)
        self.cases[key].append(case)

    def last_of_others(self, right: Right) -> list[Case]:
        """The last case of each other recipient of the same measure for the same subject."""
        others = (one for one in self.recipients[right.measure, right.subject_id] if one != right.recipient_id)
        return [self.cases[right.measure, right.subject_id, one][-1] for one in others]

    def take_up(self, right_id: UUID) -> bool:
        """Note that a right is being weighed; False when it was before."""
        if right_id in self.weighed:
            return False
        self.weighed.add(right_id)
        self.fresh.append(right_id)
        return True

    def last(self, key: Key) -> Case | None:
        kept = self.cases.get(key)
        return kept[-1] if kept else None

    def held(self, measure: str, subject_id: UUID) -> list[Held]:
        return self.awards[measure, subject_id]

    def live_of(self, right: Right) -> Held | None:
        """The award of this right's recipient that is in force."""
        own = (h for h in self.held(right.measure, right.subject_id) if h.award.recipient_id == right.recipient_id)
        return next((held for held in reversed(list(own)) if held.is_live(right.on)), None)

    def open_case(self, right: Right, *, body: str, territory: str) -> Case:
        """The open case of the right, or a new one."""
        last = self.last(right.key)
        if last is not None and CaseState(last.state) in OPEN:
            return last
        ordinal = len(self.cases.get(right.key, ())) + 1
        case = fresh(
            Case,
            id=content_id("case", *right.key, ordinal),
            measure=right.measure,
            code=right.code,
            title=right.short_title,
            subject_id=right.subject_id,
            recipient_id=right.recipient_id,
            ordinal=ordinal,
            body=body,
            territory=territory,
            trigger=right.trigger,
            opened_on=right.on,
            right_id=right.id,
        )
        self.keep(case)
        self.opened.append(case)
        self.step(case, right.on, note="", right_id=right.id)
        return case

    def is_just_opened(self, case: Case) -> bool:
        """Opened in this batch and not yet given to anybody."""
        return any(one is case for one in self.opened) and case.id not in self.delegated

    def give(self, case: Case, body: str) -> None:
        """Another body does a case just opened; its first step is theirs too."""
        case.body = body
        for step in self.steps:
            if step.case_id == case.id:
                step.body = body

    def payer(self, case: Case) -> str:
        """The body that pays: who decides, unless an agreement gave away deciding without paying."""
        matter = self.delegated.get(case.id)
        return case.body if matter is None or Function.PAY in matter.functions else matter.origin_body

    def weigh(self, case: Case, right: Right) -> None:
        """The case now stands on this right."""
        case.right_id = right.id
        case.applied_on = right.applied_on or case.applied_on
        self.touched[case.id] = case

    def move(self, case: Case, state: CaseState, on: date, *, note: str = "", by: str = "") -> None:
        """Move a case; staying where it is leaves no step."""
        if case.state == state:
            return
        check_move(CaseState(case.state), state)
        case.state = state
        self.touched[case.id] = case
        self.step(case, on, note=note, by=by, right_id=case.right_id)

    def close(self, case: Case, outcome: Outcome, on: date, *, note: str) -> None:
        self.move(case, CaseState.CLOSED, on, note=note)
        case.outcome = outcome

    def step(self, case: Case, on: date, *, note: str, by: str = "", right_id: UUID | None = None) -> None:
        self.steps.append(Step(case.id, case.recipient_id, case.body, case.state, right_id, on, note, by))

    def hold(self, award: Award) -> None:
        """Put a new award where the next right will see it."""
        self.awards[award.measure, award.subject_id].append(Held(award))

    def stop(self, award: Award, stops_on: date) -> None:
        kept = self.awards[award.measure, award.subject_id]
        kept[:] = [Held(h.award, stops_on) if h.award.id == award.id else h for h in kept]

    def ordinal_of(self, right: Right) -> int:
        """Which award of this measure, subject and recipient the next one is."""
        own = (h for h in self.held(right.measure, right.subject_id) if h.award.recipient_id == right.recipient_id)
        return sum(1 for _ in own) + 1

    def write_cases(self) -> None:
        """Write what was opened and moved. Decisions and awards are written by `signing`."""
        opened = {case.id for case in self.opened}
        changed = [case for case in self.touched.values() if case.id not in opened]
        Case.objects.bulk_update(changed, CHANGING, batch_size=500)  # first: the next case opens when this one closed
        insert_all(self.opened)
        copy_rows("cases_step", STEP, map(attrgetter(*STEP), self.steps))
        copy_rows("cases_weighed_right", ["right_id"], ([one] for one in self.fresh))


CHANGING = [
    "state", "outcome", "applied_on", "due_on", "is_overdue", "waits_for", "right_id", "decision_id",
]  # fmt: skip


def people_of(rights: Mapping[UUID, Right]) -> set[UUID]:
    return {person for right in rights.values() for person in (right.subject_id, right.recipient_id)}
