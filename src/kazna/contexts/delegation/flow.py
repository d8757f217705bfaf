"""Where a new case flows: to the least loaded of the bodies that work under an agreement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from kazna.contexts.delegation.contracts import Function, Matter, NewMatter
from kazna.contexts.delegation.models import Agreement, DelegatedCase


@dataclass
class Flow:
    """Agreements of a day; `loads`: open cases by body, and each case given away counts at once."""

    agreements: Sequence[Agreement]
    loads: dict[str, int]
    new: list[NewMatter] = field(default_factory=list)

    def agreement(self, origin_body: str, measure: str) -> Agreement | None:
        return next((a for a in self.agreements if a.origin_body == origin_body and measure in a.measures), None)

    def give(
        self, *, case_id: UUID, measure: str, origin_body: str, recipient_id: UUID, subject_id: UUID, on: date
    ) -> Matter | None:
        """Who does this case instead of its own body; None: nobody, no agreement holds."""
        agreement = self.agreement(origin_body, measure)
        if agreement is None:
            return None
        body = self.least_loaded(agreement.bodies)
        self.loads[body] = self.loads.get(body, 0) + 1
        self.new.append(NewMatter(case_id, agreement.id, measure, body, recipient_id, subject_id, on))
        return Matter(case_id, agreement.id, origin_body, body, frozenset(map(Function, agreement.functions)))

    def least_loaded(self, bodies: Mapping[str, int]) -> str:
        """Open cases a head, the one just coming included; equal ones by name."""
        return min(bodies, key=lambda body: ((self.loads.get(body, 0) + 1) / bodies[body], body))

    def write(self) -> None:
        """Remember what was given away."""
        origins = {a.id: a.origin_body for a in self.agreements}
        DelegatedCase.objects.bulk_create(
            [
                DelegatedCase(
                    case_id=one.case_id, agreement_id=one.agreement_id, measure=one.measure, body=one.body,
                    origin_body=origins[one.agreement_id], recipient_id=one.recipient_id, subject_id=one.subject_id,
                    since=one.since,
                )
                for one in self.new
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        self.new = []


def agreements_on(day: date) -> list[Agreement]:
    """Those in force, by number."""
    held = Agreement.objects.filter(first_day__lte=day).filter(Q(last_day__isnull=True) | Q(last_day__gte=day))
    return list(held.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).order_by("number", "id"))


def matters(case_ids: Collection[UUID]) -> dict[UUID, Matter]:
    """Cases among these that are done under an agreement now. One query."""
    rows = DelegatedCase.objects.filter(case_id__in=list(case_ids), until=None).select_related("agreement")
    return {
        row.case_id: Matter(
            row.case_id, row.agreement_id, row.origin_body, row.body, frozenset(map(Function, row.agreement.functions))
        )
        for row in rows
    }
