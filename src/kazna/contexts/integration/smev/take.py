"""Keep one message from our queue and act on it, in one transaction, before it is acknowledged."""

from __future__ import annotations

import zlib
from datetime import date, datetime
from uuid import UUID, uuid1, uuid5

import httpx
from django.db import transaction
from django.db.models import F

from kazna.contexts.integration.actions.keep_delivery import keep_delivery
from kazna.contexts.integration.models import AgencyRequest, SmevDelivery, SmevMessage, SmevReply
from kazna.contexts.integration.readers.formats import XML_FORMATS
from kazna.contexts.integration.readers.safe_xml import parse
from kazna.contexts.integration.smev import policy
from kazna.contexts.integration.smev.attachments import AttachmentRefused, fetch_stored
from kazna.contexts.integration.smev.channel import Channel
from kazna.contexts.integration.smev.envelope.read import Delivered, StatusTold, operator_of, sender_of
from kazna.contexts.integration.smev.envelope.soap import message_id_in
from kazna.contexts.integration.smev.settle import apply_rule
from kazna.contexts.integration.smev.signing.provider import SignatureRefused, refused
from kazna.contexts.integration.smev.transport import AnswerTooLarge, fetch_file

Outcome = SmevDelivery.Outcome
OPEN = (AgencyRequest.Status.QUEUED, AgencyRequest.Status.SENT)
NAMELESS = UUID("7b8f2a36-94c1-5b0e-a3d2-4c56e1f0d9aa")  # namespace of deliveries without a readable id
UNKNOWN_REQUEST = ("UNKNOWN_REQUEST_DESCRIPTION", "Такой вид запроса наша система не обслуживает.")


class _Refused(Exception):
    """The message is kept but not believed."""


def take(
    delivered: Delivered, payload: bytes, ours: Channel, client: httpx.Client, *, on: date, now: datetime
) -> SmevDelivery:
    """The stored delivery; the same MessageID again is only counted. `on` is the operating day.

    Raises Unreachable when a file named by reference cannot be fetched now: nothing is kept, it comes again.
    """
    files = _read_files(delivered, ours, client)
    with transaction.atomic():
        if known := _again(delivered.message_id):
            return known
        row = SmevDelivery(
            message_id=delivered.message_id,
            kind=delivered.kind,
            original_id=delivered.original_id,
            sender=delivered.sender[:100],
            envelope=zlib.compress(payload),
            size_bytes=len(payload),
            received_at=now,
        )
        try:
            operator_of(delivered, provider=ours.provider, trust=ours.trust, now=now)
        except SignatureRefused as problem:
            return _keep(row, Outcome.REFUSED, str(problem), is_accepted=False)
        try:
            signer = sender_of(delivered, provider=ours.provider, trust=ours.trust, now=now)
            if signer.mnemonic != delivered.sender:
                raise refused("SignatureIsInvalid", f"подписал «{signer.mnemonic}», отправитель «{delivered.sender}»")
            if files:
                raise _Refused(files)
            act = _answer if delivered.kind == "response" else _request
            return act(delivered, row, ours, on=on, now=now)
        except (SignatureRefused, _Refused) as problem:
            if delivered.kind == "response":
                _note_on_question(row, str(problem))
            return _keep(row, Outcome.REFUSED, str(problem))


def take_unreadable(payload: bytes, reason: str, kind: str, *, now: datetime) -> SmevDelivery:
    """Keep what cannot be read; its id, if it can be seen, frees the queue."""
    message_id = message_id_in(payload)
    with transaction.atomic():
        if message_id and (known := _again(message_id)):
            return known
        row = SmevDelivery(
            message_id=message_id or uuid5(NAMELESS, str(zlib.crc32(payload))),
            kind=kind if message_id else "nameless",
            envelope=zlib.compress(payload),
            size_bytes=len(payload),
            received_at=now,
            acknowledged_at=None if message_id else now,
        )
        known = _again(row.message_id)
        return known or _keep(row, Outcome.REFUSED, reason, is_accepted=False)


def take_status(told: StatusTold, ours: Channel, *, now: datetime) -> bool:
    """Act on a status; False when it is not СМЭВ's or not about a message of ours."""
    try:
        operator_of(told, provider=ours.provider, trust=ours.trust, now=now)
    except SignatureRefused:
        return False
    with transaction.atomic():
        message = SmevMessage.objects.filter(message_id=told.original_id).select_related("request").first()
        if message is None:
            return False
        _act_on_status(message, told.status, told.details)
    return True


def _answer(delivered: Delivered, row: SmevDelivery, ours: Channel, *, on: date, now: datetime) -> SmevDelivery:
    message = None
    if delivered.original_id:
        message = SmevMessage.objects.filter(message_id=delivered.original_id).select_related("request").first()
    if message is None:
        return _keep(row, Outcome.UNASKED, "Ответ на запрос, которого мы не посылали.")
    row.request, row.agency = message.request, message.request.agency
    expected = ours.mnemonics.get(row.agency, "")
    if delivered.sender != expected:
        raise _Refused(f"Ответил «{delivered.sender}», а спрашивали «{expected}».")
    if delivered.rejections:
        code, description = delivered.rejections[0]
        apply_rule(message.request, policy.on_rejection(code), f"{code}: {description}", of=OPEN)
        return _keep(row, Outcome.NOTED, f"{code}: {description}")
    if delivered.status:
        _act_on_status(message, *delivered.status)
        return _keep(row, Outcome.NOTED, ": ".join(delivered.status))
    return _hand_over(row, delivered, on=on, now=now)


def _request(delivered: Delivered, row: SmevDelivery, ours: Channel, *, on: date, now: datetime) -> SmevDelivery:
    row.agency = ours.agency_of(delivered.sender)
    if delivered.eol and delivered.eol <= now:
        raise _Refused(f"Срок жизни сообщения истёк {delivered.eol:%d.%m.%Y %H:%M}.")
    if not row.agency:
        raise _Refused(f"Система «{delivered.sender}» не названа в настройке KAZNA_SMEV_AGENCIES.")
    if delivered.is_test:
        return _keep(row, Outcome.TEST, "Тестовое сообщение: данные не изменены.")
    if delivered.content is not None and parse(delivered.content).tag in XML_FORMATS:
        return _hand_over(row, delivered, on=on, now=now)
    _keep(row, Outcome.NOTED, UNKNOWN_REQUEST[1])
    SmevReply.objects.create(
        message_id=uuid1(), delivery=row, to=delivered.reply_to, code=UNKNOWN_REQUEST[0],
        description=UNKNOWN_REQUEST[1], next_try_at=now,
    )  # fmt: skip
    return row


def _hand_over(row: SmevDelivery, delivered: Delivered, *, on: date, now: datetime) -> SmevDelivery:
    if delivered.content is None:
        raise _Refused("В сообщении нет документа.")
    keep_delivery(
        delivery_id=row.message_id,
        payload=delivered.content,
        agency=row.agency,
        file_name=f"smev-{row.message_id}.xml",
        content_type="application/xml",
        on=on,
        received_at=now,
        in_reply_to=row.request_id,
    )
    return _keep(row, Outcome.HANDED, "")


def _read_files(delivered: Delivered, ours: Channel, client: httpx.Client) -> str:
    """What is wrong with the files of the message; empty when nothing is."""
    try:
        delivered.attached(most_bytes=ours.most_bytes)
        if delivered.stored:
            method = ours.provider.digest_method
            fetch_stored(
                delivered.stored,
                lambda file_id: fetch_file(client, f"{ours.files_url}/{file_id}", most_bytes=ours.most_bytes),
                lambda body: ours.provider.digest(method, body),
                most_bytes=ours.most_bytes,
            )
    except (AttachmentRefused, AnswerTooLarge) as problem:
        return str(problem)
    return ""


def _act_on_status(message: SmevMessage, status: str, details: str) -> None:
    """A status of a message that has been replaced since is only noted."""
    SmevMessage.objects.filter(number=message.number).update(told=status[:60], details=details[:500])
    is_last = not SmevMessage.objects.filter(request_id=message.request_id, number__gt=message.number).exists()
    if is_last:
        apply_rule(message.request, policy.on_status(status), details or status, of=OPEN)


def _note_on_question(row: SmevDelivery, reason: str) -> None:
    """The question goes on waiting: its deadline will show it, with this reason."""
    if message := SmevMessage.objects.filter(message_id=row.original_id).first():
        row.request_id = message.request_id
        AgencyRequest.objects.filter(id=message.request_id, status__in=OPEN).update(
            last_error=f"Ответ не принят: {reason}"[:300]
        )


def _again(message_id: UUID) -> SmevDelivery | None:
    known = SmevDelivery.objects.filter(message_id=message_id)
    known.update(times_received=F("times_received") + 1)
    return known.defer("envelope").first()


def _keep(row: SmevDelivery, outcome: str, reason: str, *, is_accepted: bool = True) -> SmevDelivery:
    row.outcome, row.reason, row.is_accepted = outcome, reason[:500], is_accepted
    row.save(force_insert=True)
    return row
