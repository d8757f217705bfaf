"""How the family lives: its income a head before the programme and through the year after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Question
from kazna.contexts.programmes.contracts import ProgrammeRefused, ProgrammeState, Terms
from kazna.contexts.programmes.models import Programme, ProgrammeCheck
from kazna.contexts.programmes.terms import terms_of
from kazna.kernel.periods import add_months


def count_family(programme: Programme, number: int, on: date) -> ProgrammeCheck:
    """Count the income as the rule of the measure counts it, and keep the answer so that it can be derived again."""
    terms = terms_of(programme.measure, programme.signed_on or on)
    check, _ = ProgrammeCheck.objects.get_or_create(
        programme=programme, number=number,
        defaults={"person_id": programme.person_id, "body": programme.body, "due_on": on},
    )  # fmt: skip
    if check.counted_on:
        return check
    [answers] = measures.recount([Question(programme.measure, {"person": programme.person_id}, (on,), anew=True)])
    if answers:
        [right] = measures.keep(answers)
        check.right_id = right.id
        check.income_kopecks, check.family_size = _a_head(terms, right.trace)
    check.counted_on = on
    check.save()
    return check


def _a_head(terms: Terms, trace: Any) -> tuple[int | None, int | None]:
    """Kopecks a head and month (down to a whole kopeck), people in the family; None where the rule does not know."""
    steps = {step["name"]: step["value"] for step in trace["steps"]}
    income, size = _whole(steps.get(terms.income)), _whole(steps.get(terms.size))
    return (None if income is None or not size else income // terms.income_months // size), size


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | str) and str(value).lstrip("-").isdigit() else None


def plan_checks(programme: Programme, on: date) -> None:
    """The visits of the year after the end."""
    terms = terms_of(programme.measure, programme.signed_on or on)
    ends = programme.ended_on or on
    ProgrammeCheck.objects.bulk_create(
        [
            ProgrammeCheck(
                programme=programme, person_id=programme.person_id, body=programme.body, number=number,
                due_on=add_months(ends, number * terms.watch_every),
            )
            for number in range(1, terms.watch_months // terms.watch_every + 1)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def watch_families(on: date) -> None:
    """Count what is due today; a programme whose last check is behind is closed."""
    for check in ProgrammeCheck.objects.filter(due_on__lte=on, counted_on=None).select_related("programme"):
        count_family(check.programme, check.number, on)
    for programme in Programme.objects.filter(state=ProgrammeState.FINISHED):
        if not programme.checks.filter(counted_on=None).exists():
            programme.state = ProgrammeState.CLOSED
            programme.save(update_fields=["state"])


@transaction.atomic
def note_check(*, programme_id: UUID, number: int, note: str, by: str) -> None:
    """What the officer saw of the family. Raises ProgrammeRefused before the day."""
    check = ProgrammeCheck.objects.select_for_update().filter(programme_id=programme_id, number=number).first()
    if check is None or check.counted_on is None:
        raise ProgrammeRefused(why="эта проверка ещё впереди")
    if not note.strip():
        raise ProgrammeRefused(why="напишите, что вы увидели")
    check.note, check.looked_by = note.strip()[:4000], by
    check.save(update_fields=["note", "looked_by"])
