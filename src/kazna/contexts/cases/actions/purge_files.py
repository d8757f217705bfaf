"""Forget what need not be kept any more: files and answers of cases closed longer ago than their passport's term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Max

from kazna.contexts.audit import public as audit
from kazna.contexts.cases.contracts import CaseState, Purged
from kazna.contexts.cases.models import Application, Attachment, Case, CaseStep
from kazna.contexts.measures import public as measures
from kazna.plumbing import filestore

DEFAULT_YEARS = 5
CHUNK = 500


def purge_files(*, on: date, dry_run: bool) -> Purged:
    """What is, or would be, forgotten. Decisions, awards and steps stay: they are never deleted.

    Goes chunk by chunk and may be stopped and run again. A file that another application keeps stays in the store.
    """
    applications = files = size = 0
    for chunk in _chunks(on):
        kept = Attachment.objects.filter(application__in=chunk, purged_on=None)
        sizes = list(kept.values_list("size", flat=True))
        applications, files, size = applications + len(chunk), files + len(sizes), size + sum(sizes)
        if not dry_run:
            _forget(chunk, on)
    return Purged(applications, files, size)


def _chunks(on: date) -> Iterator[list[Application]]:
    """Applications whose term has passed, by id, a chunk at a time."""
    years = _years()
    last = None
    while True:
        found = Application.objects.exclude(state=Application.State.DRAFT).filter(purged_on=None).order_by("id")
        if last is not None:
            found = found.filter(id__gt=last)
        rows = list(found[:CHUNK])
        if not rows:
            return
        last = rows[-1].id
        ended = _ended(rows)
        over = [row for row in rows if row.id in ended and _is_over(ended[row.id], years.get(row.measure), on)]
        if over:
            yield over


def _ended(rows: list[Application]) -> dict[object, date]:
    """The day each application's matter was closed; a withdrawn one ended by itself, an open one is not here."""
    keys = {(row.measure, row.subject_id, row.recipient_id): row for row in rows}
    found: dict[object, date] = {row.id: row.withdrawn_on for row in rows if row.withdrawn_on}
    cases = Case.objects.filter(recipient_id__in={row.recipient_id for row in rows})
    still_open, closed = set(), {}
    for case in cases:
        key = (case.measure, case.subject_id, case.recipient_id)
        if key in keys:
            if case.state == CaseState.CLOSED:
                closed[case.id] = key
            else:
                still_open.add(key)
    days = CaseStep.objects.filter(case_id__in=closed).values("case_id").annotate(day=Max("on"))
    for row in days:
        application = keys[closed[row["case_id"]]]
        found[application.id] = max(found.get(application.id, row["day"]), row["day"])
    return {
        row.id: found[row.id]
        for row in rows
        if row.id in found and (row.measure, row.subject_id, row.recipient_id) not in still_open
    }


def _is_over(ended: date, years: int | None, on: date) -> bool:
    keep = years or DEFAULT_YEARS
    day = ended.replace(year=ended.year + keep, day=min(ended.day, 28) if ended.month == 2 else ended.day)
    return day < on


def _years() -> dict[str, int]:
    """How many years each measure's closed cases are kept, by its passport."""
    library = measures.law_in_force()
    passports = {name: library.passport(editions[-1]) for name, editions in library.measures.items()}
    return {name: passport.get("retention_years", DEFAULT_YEARS) for name, passport in passports.items()}


@transaction.atomic
def _forget(chunk: list[Application], on: date) -> None:
    gone = list(Attachment.objects.filter(application__in=chunk, purged_on=None).values_list("sha256", flat=True))
    Attachment.objects.filter(application__in=chunk, purged_on=None).update(purged_on=on)
    Application.objects.filter(id__in=[row.id for row in chunk]).update(answers={}, purged_on=on)
    audit.record(
        [
            audit.NewEntry(
                act="purge", login="system", role="system", body=row.body, person_id=row.recipient_id,
                purpose="Удаление по сроку хранения", thing=str(row.id),
            )
            for row in chunk
        ]
    )  # fmt: skip
    kept = set(Attachment.objects.filter(sha256__in=gone, purged_on=None).values_list("sha256", flat=True))
    transaction.on_commit(lambda: [filestore.remove(one) for one in set(gone) - kept])
