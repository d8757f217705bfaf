"""A programme is on: it begins with the award, is reported every month, the person finds work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kazna.contexts.notifications import public as notifications
from kazna.contexts.programmes.actions.agree_programme import locked, tell_rule
from kazna.contexts.programmes.actions.watch_family import count_family
from kazna.contexts.programmes.contracts import ProgrammeRefused, ProgrammeState, Terms
from kazna.contexts.programmes.letters import letter
from kazna.contexts.programmes.models import Programme, ProgrammeReport, ProgrammeStep
from kazna.contexts.programmes.terms import terms_of
from kazna.contexts.registers import public as registers
from kazna.events.cases import AwardGranted
from kazna.events.cause import Cause
from kazna.events.programmes import ProgrammeReported
from kazna.kernel.periods import add_months
from kazna.plumbing.outbox import publish

Report = ProgrammeReport


@transaction.atomic
def begin_programmes(events: Sequence[AwardGranted]) -> None:
    """An award of a measure with a signed programme begins it; a later award of it goes on with the same programme."""
    signed = Programme.objects.filter(state__in=(ProgrammeState.AGREED, ProgrammeState.ACTIVE))
    asked = signed.filter(person_id__in={event.recipient_id for event in events})
    with_programme = set(asked.values_list("person_id", "measure"))
    for event in events:
        if (event.recipient_id, event.measure) not in with_programme:
            continue
        found = signed.select_for_update().filter(person_id=event.recipient_id, measure=event.measure)
        for programme in found:
            is_new = programme.state == ProgrammeState.AGREED
            programme.state, programme.award_id = ProgrammeState.ACTIVE, event.award_id
            programme.save(update_fields=["state", "award_id"])
            if is_new:
                _expect_reports(programme, terms_of(programme.measure, event.on))
                count_family(programme, 0, event.on)
                notifications.notify([letter(programme, "active", event.cause, on=event.on)])


def _expect_reports(programme: Programme, terms: Terms) -> None:
    signed = programme.signed_on or programme.requested_on
    Report.objects.bulk_create(
        [
            Report(
                programme=programme, person_id=programme.person_id, body=programme.body, number=number,
                first_day=add_months(signed, (number - 1) * terms.report_months),
                due_on=add_months(signed, number * terms.report_months) + timedelta(days=terms.report_days - 1),
            )
            for number in range(1, (programme.months or 1) // terms.report_months + 1)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def file_report(
    *, programme_id: UUID, number: int, text: str, spent_kopecks: int, done: Sequence[int], on: date
) -> None:
    """The report of a month: what was done (numbers of steps), what was spent. Filed again it replaces what waits.

    Raises ProgrammeNotFound, ProgrammeRefused (not begun, accepted already, a month to come, nothing said).
    """
    programme = locked(programme_id)
    report = programme.reports.select_for_update().filter(number=number).first()
    if programme.state != ProgrammeState.ACTIVE or report is None:
        raise ProgrammeRefused(why="отчёты принимают, пока программа идёт")
    if report.state == Report.State.ACCEPTED:
        raise ProgrammeRefused(why="этот отчёт уже принят")
    if on < report.first_day:
        raise ProgrammeRefused(why="этот месяц ещё не начался")
    if not text.strip():
        raise ProgrammeRefused(why="напишите, что сделано за месяц")
    if spent_kopecks < 0:
        raise ProgrammeRefused(why="потраченная сумма меньше нуля")
    report.state, report.text, report.spent_kopecks = Report.State.FILED, text.strip()[:4000], spent_kopecks
    report.filed_on, report.remark = on, ""
    report.is_late = report.is_late or on > report.due_on
    report.save()
    programme.steps.filter(number__in=done, done_on=None).update(done_on=on, proof=f"Отчёт {number}")
    if report.is_late and not programme.reports.filter(is_late=True, state=Report.State.WAITED).exists():
        _tell(programme, Cause(None, timezone.now()), on, is_missed=False)


def _tell(programme: Programme, cause: Cause, on: date, *, is_missed: bool) -> None:
    """Whether the award waits for a report is told to those who pay it."""
    if programme.award_id is not None:
        publish(ProgrammeReported(programme.id, programme.award_id, programme.person_id, is_missed, on, cause))


@transaction.atomic
def look_at_report(*, programme_id: UUID, number: int, accepted: bool, remark: str, by: str, on: date) -> None:
    """An officer accepts a report or gives it back with a remark. Raises ProgrammeRefused."""
    programme = locked(programme_id)
    report = programme.reports.select_for_update().filter(number=number, state=Report.State.FILED).first()
    if report is None:
        raise ProgrammeRefused(why="этого отчёта нет, он ещё не сдан или уже принят")
    if not accepted and not remark.strip():
        raise ProgrammeRefused(why="напишите, чего не хватает: это прочитает человек")
    report.state = Report.State.ACCEPTED if accepted else Report.State.RETURNED
    report.remark, report.looked_by = remark.strip(), by
    report.save()
    if not accepted:
        ProgrammeStep.objects.filter(programme=programme, proof=f"Отчёт {number}").update(done_on=None, proof="")
        cause = Cause(None, timezone.now())
        tag = f"{number}/{report.filed_on}"
        notifications.notify([letter(programme, "returned", cause, on=on, tag=tag, remark=report.remark)])


@transaction.atomic
def remind_reports(on: date) -> None:
    """Ask for the reports of months that have ended; say which are late."""
    waited = Report.objects.filter(state__in=(Report.State.WAITED, Report.State.RETURNED))
    waited = waited.filter(programme__state=ProgrammeState.ACTIVE).select_related("programme")
    cause = Cause(None, timezone.now())
    letters = []
    for report in waited.filter(due_on__lt=on, is_late=False).order_by("id"):
        letters.append(letter(report.programme, "late", cause, on=on, tag=str(report.number),
                              first=report.first_day, due=report.due_on))  # fmt: skip
        report.is_late = True
        report.save(update_fields=["is_late"])
        _tell(report.programme, cause, on, is_missed=True)
    for report in waited.filter(is_late=False, first_day__lt=on, due_on__gte=on, due_on__lte=on + timedelta(days=5)):
        letters.append(letter(report.programme, "report", cause, on=on, tag=str(report.number),
                              first=report.first_day, due=report.due_on))  # fmt: skip
    notifications.notify(letters)


@transaction.atomic
def note_work(causes: dict[UUID, Cause], on: date) -> None:
    """People who found work during a programme that pays on for it: the rule is told, nobody brings a paper."""
    found = Programme.objects.select_for_update().filter(
        person_id__in=list(causes), state__in=(ProgrammeState.AGREED, ProgrammeState.ACTIVE), is_employed=False
    )
    mine = [one for one in found if terms_of(one.measure, one.signed_on or on).employment]
    jobs = registers.facts_of([one.person_id for one in mine], kinds=["employment"]) if mine else []
    for programme in mine:
        begun = [j for j in jobs if j.subject_id == programme.person_id and j.valid_from >= (programme.signed_on or on)]
        if begun:
            programme.is_employed = True
            programme.save(update_fields=["is_employed"])
            tell_rule(programme, on, causes[programme.person_id])
