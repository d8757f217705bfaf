"""The personal file (личное дело): everything of one recipient in the order of days, from cases to their ends."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from kazna.contexts.cases.contracts import CaseState, FilePaper
from kazna.contexts.cases.lifecycle import TITLES
from kazna.contexts.cases.models import Application, Award, AwardStop, Case, CaseStep, Decision
from kazna.contexts.cases.wording import long_day, sum_of, term

CHANNELS = {
    "cabinet": "личный кабинет", "front_office": "приём", "paper": "на бумаге", "api": "через ведомство",
    "egisso": "ЕГИССО", "employer": "через работодателя",
}  # fmt: skip
ORDER = {"application": 0, "attachment": 1, "case": 2, "decision": 3, "award": 4, "stop": 5}


def papers_of(person_id: UUID) -> list[FilePaper]:
    """Applications with their files, cases with their steps, decisions, awards and their ends; the oldest first."""
    found = [*_applications(person_id), *_cases(person_id), *_decisions(person_id), *_awards(person_id)]
    return sorted(found, key=lambda paper: (paper.on, ORDER[paper.kind], paper.title, str(paper.id)))


def _applications(person_id: UUID) -> Iterator[FilePaper]:
    filed = Application.objects.filter(recipient_id=person_id, filed_on__isnull=False).exclude(state="draft")
    for row in filed.prefetch_related("attachments"):
        lines = [f"Мера: {row.measure}", f"Подано: {long_day(row.filed_on)}, {CHANNELS.get(row.channel, row.channel)}"]
        lines += [f"Внёс сотрудник: {row.entered_by}"] if row.entered_by else []
        lines += [f"Отозвано: {long_day(row.withdrawn_on)}"] if row.withdrawn_on else []
        lines += ["Ответы удалены по сроку хранения."] if row.purged_on else []
        lines += [f"{question}: {answer}" for question, answer in sorted(row.answers.items())]
        yield FilePaper("application", row.id, row.filed_on, f"Заявление № {row.number}", tuple(lines))
        for one in row.attachments.all():
            told = [f"Файл: {one.name}, {one.kind}, {one.size} байт", f"Отпечаток: {one.sha256}"]
            told += [f"Удалён по сроку хранения {long_day(one.purged_on)}"] if one.purged_on else []
            yield FilePaper("attachment", one.id, one.added_on, f"Приложение: {one.name}", tuple(told))


def _cases(person_id: UUID) -> Iterator[FilePaper]:
    steps: dict[UUID, list[str]] = {}
    rows = list(Case.objects.filter(recipient_id=person_id))
    for step in CaseStep.objects.filter(case_id__in=[row.id for row in rows]).order_by("number"):
        who = f" ({step.by})" if step.by else ""
        note = f". {step.note}" if step.note else ""
        steps.setdefault(step.case_id, []).append(f"{long_day(step.on)}: {TITLES[CaseState(step.state)]}{who}{note}")
    for row in rows:
        yield FilePaper("case", row.id, row.opened_on, f"Дело: {row.title}", tuple(steps.get(row.id, ())))


def _decisions(person_id: UUID) -> Iterator[FilePaper]:
    for row in Decision.objects.filter(recipient_id=person_id):
        yield FilePaper("decision", row.id, row.on, f"Решение № {row.number}", tuple(row.document["lines"]))


def _awards(person_id: UUID) -> Iterator[FilePaper]:
    for row in Award.objects.filter(recipient_id=person_id):
        days = term(row.first_day, row.last_day, row.period)
        lines = (f"Размер: {sum_of(row.amount_kopecks, row.period)}", f"Срок: {days}" if days else "")
        yield FilePaper("award", row.id, row.granted_on, f"Назначение № {row.number}: {row.title}", lines)
    for stop in AwardStop.objects.filter(recipient_id=person_id).select_related("award"):
        lines = (f"С {long_day(stop.stops_on)}", stop.reason)
        title = f"Прекращение назначения № {stop.award.number}: {stop.award.title}"
        yield FilePaper("stop", stop.award_id, stop.stopped_on, title, lines)
