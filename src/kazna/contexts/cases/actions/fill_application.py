"""Start an application in one channel and go on in another: answers, files, one version at a time."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from kazna.contexts.cases.attaching import MOST_FILES, take_file
from kazna.contexts.cases.bodies import body_of
from kazna.contexts.cases.contracts_applications import (
    ApplicationChanged,
    ApplicationNotFound,
    ApplicationNotOpen,
    FileRefused,
    MeasureNotOpen,
    NotRepresentative,
)
from kazna.contexts.cases.models import Application, Attachment
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import filestore
from kazna.plumbing.viruses import scan


@transaction.atomic
def start_application(
    *,
    measure: str,
    recipient_id: UUID,
    subject_id: UUID,
    filed_by: UUID,
    channel: str,
    on: date,
    entered_by: str = "",
    key: str | None = None,
    key_sha256: str = "",
) -> Application:
    """A draft for this recipient and subject; the one begun before is continued, whatever its channel.

    Raises MeasureNotOpen, NotRepresentative.
    """
    passport = _passport(measure, channel, on)
    relation = relation_of(filed_by, recipient_id, on)
    found = Application.objects.select_for_update().filter(
        measure=measure, recipient_id=recipient_id, subject_id=subject_id, state=Application.State.DRAFT
    )
    if (draft := found.first()) is not None:
        return draft
    territory = registers.cards([recipient_id])[recipient_id].territory
    kind = passport.get("body")
    body = body_of(kind if isinstance(kind, str) else "sfr", territory)
    return Application.objects.create(
        id=uuid4(),
        measure=measure,
        recipient_id=recipient_id,
        subject_id=subject_id,
        filed_by=filed_by,
        relation=relation,
        channel=channel,
        last_channel=channel,
        entered_by=entered_by,
        body=body,
        territory=body.partition("-")[2],
        started_on=on,
        key=key,
        key_sha256=key_sha256,
    )


def relation_of(filed_by: UUID, recipient_id: UUID, on: date) -> str:
    """Who applies: the person, a parent, or a guardian by the register. Raises NotRepresentative."""
    if filed_by == recipient_id:
        return "self"
    tie = next((one for one in registers.ward_ties(filed_by, on) if one.person_id == recipient_id), None)
    if tie is None or "applications" in tie.limits:
        raise NotRepresentative()
    return "guardian" if tie.role == "guardian" else "parent"


def _passport(measure: str, channel: str, on: date) -> dict[str, object]:
    library = measures.law_in_force()
    if measure not in library.measures:
        raise MeasureNotOpen(why=": такой меры нет")
    edition = next((one for one in library.measures[measure] if one.holds(on)), None)
    if edition is None:
        raise MeasureNotOpen(why=": её срок не наступил или прошёл")
    passport = library.passport(edition)
    if not passport.get("launched"):
        raise MeasureNotOpen(why=": она ещё не введена")
    if channel not in passport.get("channels", (channel,)):
        raise MeasureNotOpen(why=" отсюда: она назначается без заявления или через другое ведомство")
    return passport


def roles_of(application: Application) -> dict[str, UUID]:
    """Who plays whom in the measure's rule."""
    return roles_for(
        measure=application.measure, recipient_id=application.recipient_id, subject_id=application.subject_id
    )


def roles_for(*, measure: str, recipient_id: UUID, subject_id: UUID) -> dict[str, UUID]:
    """Roles by what the measure is decided for: person; child or deceased with the applicant."""
    editions = measures.law_in_force().measures.get(measure)
    if not editions:
        raise MeasureNotOpen(why=": такой меры нет")
    decided_for = editions[-1].document["decided_for"]
    if decided_for == "person":
        return {"person": recipient_id}
    return {decided_for: subject_id, "applicant": recipient_id}


@transaction.atomic
def answer_question(
    *, application_id: UUID, question: str, answer: str, version: int, channel: str, on: date
) -> Application:
    """Keep one answer, checked against its question. Answering again changes it; what hung on it is asked anew.

    Raises ApplicationNotFound, ApplicationNotOpen, ApplicationChanged, AnswerError.
    """
    application = open_draft(application_id, version)
    answers = {**application.answers, question: answer[:200]}
    turn = measures.turn_of_form(measure=application.measure, roles=roles_of(application), answers=answers, on=on)
    application.answers = {one.question.id: one.typed for one in turn.answered}
    return _touched(application, channel)


@transaction.atomic
def attach_file(*, application_id: UUID, name: str, content: bytes, channel: str, on: date) -> Attachment:
    """Keep a file: checked by its bytes and by the scanner, stored outside the database. The same file is kept once.

    Raises FileRefused, VirusFound, ScannerSilent.
    """
    application = open_draft(application_id, None)
    file = take_file(name, content)
    if application.attachments.count() >= MOST_FILES:
        raise FileRefused(name=file.name, why=f"приложено уже {MOST_FILES} файлов", do="Удалите лишние.")
    verdict = scan(content)
    attachment, _ = Attachment.objects.get_or_create(
        application=application,
        sha256=filestore.put(content),
        defaults={
            "id": uuid4(),
            "recipient_id": application.recipient_id,
            "body": application.body,
            "name": file.name,
            "kind": file.kind,
            "size": len(content),
            "scan": verdict,
            "added_on": on,
        },
    )
    _touched(application, channel)
    return attachment


@transaction.atomic
def remove_file(*, application_id: UUID, attachment_id: UUID) -> None:
    """Take a file out of a draft; its bytes go from the store when nobody else keeps the same ones."""
    application = open_draft(application_id, None)
    found = application.attachments.filter(id=attachment_id).first()
    if found is None:
        raise ApplicationNotFound()
    found.delete()
    if not Attachment.objects.filter(sha256=found.sha256).exists():
        transaction.on_commit(lambda: filestore.remove(found.sha256))


def open_draft(application_id: UUID, version: int | None) -> Application:
    application = Application.objects.select_for_update().filter(id=application_id).first()
    if application is None:
        raise ApplicationNotFound()
    if application.state != Application.State.DRAFT:
        raise ApplicationNotOpen()
    if version is not None and version != application.version:
        raise ApplicationChanged()
    return application


def _touched(application: Application, channel: str) -> Application:
    application.version += 1
    application.last_channel = channel
    application.save(update_fields=["answers", "version", "last_channel"])
    return application
