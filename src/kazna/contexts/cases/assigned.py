"""The facts that registers are told of awards: what was assigned, counted again and indexed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kazna.contexts.cases.models import Award, Decision
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Right
from kazna.contexts.registers.contracts import NewFact
from kazna.kernel.money import round_half_up
from kazna.kernel.periods import add_months, month_start


@dataclass(frozen=True, slots=True)
class Since:
    """What came after an award was granted.

    `months`: kopecks a whole month is worth where it was counted again; `begins`: the first whole month found due.
    `line`: first days and sums of the award and of those it came after, the oldest first; `counted`: months of all of
    them that were counted again.
    """

    months: Mapping[date, int] = field(default_factory=dict)
    begins: date = date.max
    line: tuple[tuple[date, int], ...] = ()
    counted: Mapping[date, int] = field(default_factory=dict)

    def rate(self, month: date) -> int | None:
        """What a whole month is worth by all decisions; None before the first award."""
        begun = [kopecks for first_day, kopecks in self.line if month_start(first_day) <= month]
        return self.counted.get(month, begun[-1] if begun else None)


NOTHING = Since()
ROUNDING = 100  # kopecks by which a rule's own figure may differ from the sum multiplied


def since_granted(awards: Collection[Award]) -> dict[UUID, Since]:
    """What came of monthly awards later, by award; two queries for all."""
    monthly = [award for award in awards if award.period == "month"]
    counted, begins = _counted_again({award.recipient_id for award in monthly})
    before = {award.replaces_id for award in monthly} - {None}
    if not counted and not before:
        return {}
    recipients = {award.recipient_id for award in monthly if award.replaces_id or award.id in counted}
    fields = ("id", "replaces_id", "first_day", "amount_kopecks")
    chains = Award.objects.filter(recipient_id__in=recipients, period="month").only(*fields).in_bulk()
    return {award.id: _since(award, chains, counted, begins) for award in monthly}


def _counted_again(recipients: Collection[UUID]) -> tuple[dict[UUID, dict[date, int]], dict[UUID, date]]:
    """Months of awards that decisions counted again, and the first whole one that was found due."""
    counted: dict[UUID, dict[date, int]] = defaultdict(dict)
    begins: dict[UUID, date] = {}
    found = Decision.objects.filter(recipient_id__in=recipients, ground__has_key="differences").order_by("number")
    for ground in found.values_list("ground", flat=True):
        for one in ground["differences"]:
            award_id, month = UUID(one["award_id"]), date.fromisoformat(one["month"])
            counted[award_id][month] = one.get("rate_kopecks", one["due_kopecks"])
            if one["due_kopecks"] and "rate_kopecks" not in one:
                begins[award_id] = min(month, begins.get(award_id, month))
    return counted, begins


def _since(
    award: Award,
    chains: Mapping[UUID, Award],
    counted: Mapping[UUID, Mapping[date, int]],
    begins: Mapping[UUID, date],
) -> Since:
    line = [award]
    while (before := chains.get(line[0].replaces_id)) is not None:  # type: ignore[arg-type]
        line.insert(0, before)
    return Since(
        counted.get(award.id, {}),
        begins.get(award.id, date.max),
        tuple((one.first_day, one.amount_kopecks) for one in line),
        {month: kopecks for one in line for month, kopecks in counted.get(one.id, {}).items()},
    )


def _indexed(award: Award, since: Since) -> dict[str, int]:
    """Kopecks that indexations added, by day: of a run of their own, or within a sum counted anew for other reasons."""
    last = max([award.first_day, *since.months])
    found = {}
    for day, coefficients in measures.raises_of(award.measure).items() if since.line else ():
        before, after = since.rate(add_months(day, -1)), since.rate(day)
        coefficient = coefficients.get(award.territory, coefficients.get(""))
        if day > last or not before or not after or coefficient is None or coefficient <= 1:
            continue
        if abs(after - before * coefficient) <= ROUNDING:
            found[day.isoformat()] = after - before
        else:
            found[day.isoformat()] = after - round_half_up(after / coefficient)
    return found


def assigned(award: Award, right: Right | None, since: Since = NOTHING) -> NewFact:
    """The fact of an award by the right that granted it, `[valid_from, valid_to)`; a stop shortens it.

    `thing` is the award's number. Steps of the rule that are plain yes or no (`tolerance`: the excess of
    income was forgiven) go along in `steps`; `months` are worth another sum than `amount_kopecks`;
    `indexed` is what indexations added to both, by day.
    """
    stop = getattr(award, "stop", None)
    until = award.last_day + timedelta(days=1) if award.last_day else None
    if stop and (until is None or stop.stops_on < until):
        until = stop.stops_on
    steps = right.trace.get("steps", ()) if right and right.state == "granted" else ()
    value: dict[str, Any] = {
        "measure": award.measure,
        "amount_kopecks": award.amount_kopecks,
        "period": award.period,
        "level": right.level if right else ("region" if award.body.startswith("dszn") else "federal"),
        "decision": award.number,
        "steps": {step["name"]: step["value"] for step in steps if isinstance(step["value"], bool)},
    }
    if since.months:
        value["months"] = {f"{month:%Y-%m}": kopecks for month, kopecks in sorted(since.months.items())}
    if award.period == "month" and award.taken_over_on is None:
        value["indexed"] = _indexed(award, since)
    valid_from = min(award.first_day, since.begins) if since.begins < month_start(award.first_day) else award.first_day
    return NewFact(
        kind="measure.assigned",
        subject_id=award.recipient_id,
        object_id=award.subject_id if award.subject_id != award.recipient_id else None,
        thing=award.number,
        valid_from=valid_from,
        valid_to=max(until, valid_from) if until else None,
        value=value,
    )
