"""Put questions to other agencies in the queue, one open question per person and subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from kazna.contexts.integration.contracts import AskedQuestion, Question
from kazna.contexts.integration.holders.topic import QuestionIncomplete
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.models import AgencyRequest
from kazna.kernel.errors import DomainError

REQUESTS = UUID("0d0a3b52-8e2c-5d0f-8a43-5b7f3f9f6a11")  # own namespace of request ids
Key = tuple[str, str, UUID, str]  # agency, topic, whom it is about, year or day
Status = AgencyRequest.Status
OPEN = (Status.QUEUED, Status.SENT)


class AgencyUnknown(DomainError):
    sentence = "Ведомству «{agency}» мы таких вопросов («{topic}») не задаём."


@transaction.atomic
def ask(*, questions: Sequence[Question]) -> list[AskedQuestion]:
    """See `public.ask`."""
    wanted = {one.key: one for one in questions}
    already = _open(wanted)
    counted = _asked_today([one for one in wanted.values() if one.anew])
    fresh = [_row(one, counted[key]) for key, one in wanted.items() if key not in already]
    AgencyRequest.objects.bulk_create(sorted(fresh, key=lambda row: row.id), batch_size=500, ignore_conflicts=True)
    stored = AgencyRequest.objects.filter(id__in=[row.id for row in fresh]).defer("payload")
    rows = {_key(row): row for row in stored} | already | _open(wanted)
    return [asked(rows[one.key]) for one in questions]


def asked(row: AgencyRequest) -> AskedQuestion:
    return AskedQuestion(
        request_id=row.id,
        agency=row.agency,
        subject_id=row.subject_id,
        about=row.about,
        asked_on=row.asked_on,
        status=row.status,
        attempts=row.attempts,
        answered_on=row.answered_on,
        answer_by=row.answer_by,
        topic=row.topic,
    )


def _key(row: AgencyRequest) -> Key:
    return row.agency, row.topic, row.subject_id, row.about


def _open(wanted: dict[Key, Question]) -> dict[Key, AgencyRequest]:
    subjects = {one.subject_id for one in wanted.values()}
    rows = AgencyRequest.objects.filter(subject_id__in=subjects, status__in=OPEN).defer("payload")
    found = {_key(row): row for row in rows}
    return {key: row for key, row in found.items() if key in wanted}


def _asked_today(questions: Sequence[Question]) -> Counter[Key]:
    """How often each was asked on its day: a question to be asked anew gets a number of its own."""
    if not questions:
        return Counter()
    rows = AgencyRequest.objects.filter(
        subject_id__in={one.subject_id for one in questions}, asked_on__in={one.asked_on for one in questions}
    ).defer("payload")
    keys = {one.key for one in questions}
    return Counter(key for row in rows if (key := _key(row)) in keys)


def _row(question: Question, asked_before: int = 0) -> AgencyRequest:
    """The request ready to send; one that cannot be written is kept as failed, for a person to see.

    The id follows from the question and its day, so a question asked twice on one day is one request.
    """
    topic = TOPICS.get((question.agency, question.topic))
    if topic is None:
        raise AgencyUnknown(agency=question.agency, topic=question.topic)
    whom = f"{question.agency}/{question.topic}" if question.topic else question.agency
    again = f"/{asked_before}" if asked_before else ""
    request_id = uuid5(REQUESTS, f"{whom}/{question.subject_id}/{question.about}/{question.asked_on}{again}")
    status, trouble = Status.QUEUED, ""
    try:
        payload = topic.write(request_id, question)
    except QuestionIncomplete as refusal:
        payload, status, trouble = b"", Status.FAILED, str(refusal)
    return AgencyRequest(
        id=request_id,
        agency=question.agency,
        topic=question.topic,
        subject_id=question.subject_id,
        about=question.about,
        correlation=topic.correlate(request_id, question),
        status=status,
        asked_on=question.asked_on,
        payload=payload,
        next_try_at=timezone.now(),
        last_error=trouble,
        answer_by=question.answer_by,
    )
