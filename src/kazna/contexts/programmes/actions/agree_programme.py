"""An officer writes the programme, the person signs it: what was agreed becomes the fact the rule reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import FamilyLawUnknown
from kazna.contexts.notifications import public as notifications
from kazna.contexts.programmes.contracts import (
    MOVES,
    NewStep,
    ProgrammeMoved,
    ProgrammeNotFound,
    ProgrammeRefused,
    ProgrammeState,
)
from kazna.contexts.programmes.letters import letter
from kazna.contexts.programmes.models import Programme, ProgrammeStep
from kazna.contexts.programmes.terms import terms_of
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import NewFact
from kazna.events.cause import Cause
from kazna.kernel.periods import add_months

SOURCE = "dszn"
TAKEN = (ProgrammeState.AGREED, ProgrammeState.ACTIVE)


@transaction.atomic
def draft_programme(
    *,
    programme_id: UUID,
    months: int,
    steps: Sequence[NewStep],
    answers: Mapping[str, bool],
    paid_once: bool,
    by: str,
    on: date,
) -> Programme:
    """Write the programme, or write it anew while the person has not signed it.

    Raises ProgrammeNotFound, ProgrammeMoved, ProgrammeRefused (longer than the law allows, no steps, a step after the
    end, costs where nothing is paid for).
    """
    programme = locked(programme_id, ProgrammeState.DRAFTED)
    terms = terms_of(programme.measure, on)
    _check(terms, months, steps, on)
    if missing := [title for key, title in terms.asks.items() if key not in answers]:
        raise ProgrammeRefused(why=f"не отмечено: {missing[0]}")
    programme.state = ProgrammeState.DRAFTED
    programme.months, programme.paid_once, programme.drafted_by = months, paid_once and terms.once, by
    programme.answers = {key: bool(answers[key]) for key in terms.asks}
    programme.save()
    programme.steps.all().delete()
    ProgrammeStep.objects.bulk_create(
        [
            ProgrammeStep(
                programme=programme, person_id=programme.person_id, body=programme.body, number=number,
                title=step.title.strip(), due_on=step.due_on, cost_kopecks=step.cost_kopecks if terms.costs else 0,
            )
            for number, step in enumerate(steps, 1)
        ]
    )  # fmt: skip
    tag = f"{on}/{len(steps)}/{sum(step.cost_kopecks for step in steps)}"
    notifications.notify([letter(programme, "drafted", Cause(None, timezone.now()), on=on, tag=tag)])
    return programme


@transaction.atomic
def sign_programme(*, programme_id: UUID, person_id: UUID, on: date, cause: Cause) -> Programme:
    """The person agrees: the contract begins on this day, the rule is asked again by itself.

    Raises ProgrammeNotFound (of another person too), ProgrammeMoved.
    """
    programme = locked(programme_id, ProgrammeState.AGREED)
    if programme.person_id != person_id:
        raise ProgrammeNotFound()
    if programme.state == ProgrammeState.DRAFTED and programme.steps.filter(due_on__lt=on).exists():
        raise ProgrammeRefused(why="срок первого шага уже прошёл; попросите специалиста обновить программу")
    programme.state, programme.signed_on = ProgrammeState.AGREED, on
    programme.ends_on = last_day(on, programme.months or 1)
    programme.save()
    tell_rule(programme, on, cause)
    return programme


@transaction.atomic
def decline_programme(*, programme_id: UUID, why: str, by: str, on: date, person_id: UUID | None = None) -> Programme:
    """No programme comes of it: the person does not want it (`person_id`) or the officer says why not."""
    programme = locked(programme_id, ProgrammeState.DECLINED)
    if person_id is not None and programme.person_id != person_id:
        raise ProgrammeNotFound()
    if not why.strip():
        raise ProgrammeRefused(why="напишите причину: её прочитает человек")
    programme.state, programme.outcome = ProgrammeState.DECLINED, why.strip()
    programme.ended_on, programme.ended_by = on, by
    programme.save()
    notifications.notify([letter(programme, "declined", Cause(None, timezone.now()), on=on)])
    return programme


def tell_rule(programme: Programme, on: date, cause: Cause) -> None:
    """The fact the rule reads, of this programme; told again it corrects what was told before."""
    terms = terms_of(programme.measure, on)
    value = {
        **programme.answers,
        "programme_agreed": True,
        "active": has_another(programme, terms.beside, on),
        "signed_on": programme.signed_on.isoformat() if programme.signed_on else None,
        "months": programme.months,
        "employed": programme.is_employed,
        "plan_kopecks": sum(programme.steps.values_list("cost_kopecks", flat=True)),
        "paid_once": programme.paid_once,
    }
    fact = NewFact(terms.fact, programme.person_id, None, f"programme/{programme.id}", programme.signed_on or on, None,
                   value)  # fmt: skip
    registers.report([fact], source=SOURCE, on=on, cause=cause)


def has_another(programme: Programme, beside: Sequence[str], on: date) -> bool:
    """Whether the family has another programme that has not ended; those the law allows beside do not count."""
    family = {programme.person_id}
    try:
        found = measures.family(programme.measure, applicant=programme.person_id, on=on)
        family |= {one.person_id for one in found.members if one.belongs is not False}
    except FamilyLawUnknown:
        pass
    others = Programme.objects.filter(person_id__in=family, state__in=TAKEN).exclude(id=programme.id)
    return others.exclude(measure__in=beside).exists()


def locked(programme_id: UUID, to: ProgrammeState | None = None) -> Programme:
    """The programme for the time of the transaction; with `to`, only if it may move there."""
    programme = Programme.objects.select_for_update().filter(id=programme_id).first()
    if programme is None:
        raise ProgrammeNotFound()
    if to is not None and to not in MOVES[ProgrammeState(programme.state)]:
        raise ProgrammeMoved(state=programme.state)
    return programme


def last_day(signed_on: date, months: int) -> date:
    """Inclusive."""
    return date.fromordinal(add_months(signed_on, months).toordinal() - 1)


def _check(terms, months: int, steps: Sequence[NewStep], on: date) -> None:  # type: ignore[no-untyped-def]
    if not 1 <= months <= terms.months:
        raise ProgrammeRefused(why=f"срок программы — от 1 до {terms.months} месяцев")
    if not steps:
        raise ProgrammeRefused(why="в программе нет ни одного шага")
    for number, step in enumerate(steps, 1):
        if not step.title.strip():
            raise ProgrammeRefused(why=f"шаг {number} не назван")
        if not on <= step.due_on <= last_day(on, months):
            raise ProgrammeRefused(why=f"срок шага {number} вне срока программы")
        if step.cost_kopecks < 0:
            raise ProgrammeRefused(why=f"стоимость шага {number} меньше нуля")
    if terms.costs and not any(step.cost_kopecks for step in steps):
        raise ProgrammeRefused(why="укажите, сколько стоит хотя бы один шаг: от этого зависит выплата")
