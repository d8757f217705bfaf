"""A person asks for a programme: the application is a fact, the programme waits for an officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.programmes.contracts import OPEN, ProgrammeOpen, ProgrammeRefused, ProgrammeState
from kazna.contexts.programmes.models import Programme
from kazna.contexts.programmes.terms import all_terms, terms_of
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import Fact, NewFact
from kazna.events.cause import Cause

NAMESPACE = uuid5(NAMESPACE_URL, "kazna/programmes")
APPLICATION = "application"


@transaction.atomic
def request_programme(
    *, measure: str, person_id: UUID, needs: str, on: date, cause: Cause, source: str = "citizen"
) -> Programme:
    """Record the application and open the programme. Raises NoProgramme, ProgrammeOpen, ProgrammeRefused."""
    terms_of(measure, on)
    if not needs.strip():
        raise ProgrammeRefused(why="напишите, что семье нужно: от этого зависит программа")
    if Programme.objects.filter(person_id=person_id, measure=measure, state__in=OPEN).exists():
        raise ProgrammeOpen()
    fact = NewFact(APPLICATION, person_id, None, f"{measure}/{on}", on, None,
                   {"measure": measure, "filed_on": on.isoformat()})  # fmt: skip
    programme = _open(measure, person_id, on, needs.strip()[:4000])
    registers.report([fact], source=source, on=on, cause=cause)
    return programme


def open_for_applications(facts: Sequence[Fact], on: date) -> None:
    """Programmes for applications that came by other channels; one that is open already is left alone."""
    known = all_terms(on)
    for fact in facts:
        measure = fact.value.get("measure", "")
        if fact.kind != APPLICATION or measure not in known:
            continue
        if not Programme.objects.filter(person_id=fact.subject_id, measure=measure, state__in=OPEN).exists():
            _open(measure, fact.subject_id, on, "")


def _open(measure: str, person_id: UUID, on: date, needs: str) -> Programme:
    edition = measures.law_in_force().edition(measure, on)
    territory = registers.cards([person_id])[person_id].territory
    body = cases.body_of(edition.document["passport"].get("body", "sfr"), territory)
    ordinal = Programme.objects.filter(person_id=person_id, measure=measure).count() + 1
    try:
        with transaction.atomic():
            return Programme.objects.create(
                id=uuid5(NAMESPACE, f"{measure}/{person_id}/{ordinal}"),
                measure=measure,
                title=edition.short_title,
                person_id=person_id,
                body=body,
                territory=body.partition("-")[2],
                state=ProgrammeState.REQUESTED,
                needs=needs,
                requested_on=on,
            )
    except IntegrityError as taken:
        raise ProgrammeOpen() from taken
