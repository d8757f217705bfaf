"""Empty our queues in СМЭВ: keep, act, acknowledge, one message at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import httpx
from django.db import connection
from django.utils import timezone

from kazna.contexts.integration.models import SmevDelivery, SmevReply
from kazna.contexts.integration.smev import policy
from kazna.contexts.integration.smev.channel import Channel, channel
from kazna.contexts.integration.smev.envelope import read, write
from kazna.contexts.integration.smev.envelope.soap import EnvelopeRefused, FaultReceived
from kazna.contexts.integration.smev.policy import Action
from kazna.contexts.integration.smev.settle import back_off
from kazna.contexts.integration.smev.take import take, take_status, take_unreadable
from kazna.contexts.integration.smev.transport import AnswerTooLarge, Unreachable, call, smev_client

log = logging.getLogger(__name__)
MOST_AT_ONCE = 100_000  # a queue that never ends must not hold the worker for ever
LOCK = 0x534D4556  # "SMEV"
TROUBLES = (Unreachable, FaultReceived, EnvelopeRefused, AnswerTooLarge)


@dataclass(frozen=True, slots=True)
class PollReport:
    """Messages by outcome, statuses told, and why the round was cut short, if it was."""

    taken: dict[str, int]
    statuses: int
    trouble: str


def poll(*, on: date, client: httpx.Client | None = None) -> PollReport:
    """See `public.poll_smev`. Keeps its own transactions."""
    desk = _Desk(channel(), client or smev_client(), on)
    with _alone() as is_alone:
        return _poll(desk) if is_alone else PollReport({}, 0, "Очередь уже разбирает другой процесс.")


@contextmanager
def _alone() -> Iterator[bool]:
    """One process empties the queues at a time: two would take the same message before either acknowledges it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _poll(desk: _Desk) -> PollReport:
    taken: Counter[str] = Counter()
    try:
        desk.acknowledge_left()
        taken += desk.empty_queue("response", write.get_response, read.read_get_response)
        statuses = desk.read_statuses()
        taken += desk.empty_queue("request", write.get_request, read.read_get_request)
        desk.send_replies()
    except TROUBLES as problem:
        return PollReport(dict(taken), 0, str(problem))
    return PollReport(dict(taken), statuses, "")


class _Desk:
    def __init__(self, ours: Channel, client: httpx.Client, on: date) -> None:
        self.ours, self.client, self.on = ours, client, on

    def call(self, payload: bytes) -> bytes:
        return call(self.client, self.ours.url, payload, most_bytes=self.ours.most_bytes)

    def empty_queue(
        self, kind: str, ask: Callable[..., bytes], understand: Callable[[bytes], read.Delivered | None]
    ) -> Counter[str]:
        """Until the queue is empty; stops at a message whose acknowledgement is refused, or it would come for ever."""
        taken: Counter[str] = Counter()
        for _ in range(MOST_AT_ONCE):
            row = self._take_one(kind, ask, understand)
            if row is None:
                break
            taken[row.outcome] += 1
            if row.kind == "nameless":
                break
            self.acknowledge(row)
        return taken

    def _take_one(
        self, kind: str, ask: Callable[..., bytes], understand: Callable[[bytes], read.Delivered | None]
    ) -> SmevDelivery | None:
        now = timezone.now()
        try:
            payload = self.call(ask(now, self.ours.provider))
        except AnswerTooLarge as problem:
            return take_unreadable(problem.head[: self.ours.most_bytes], str(problem), kind, now=now)
        try:
            delivered = understand(payload)
        except EnvelopeRefused as problem:
            return take_unreadable(payload, str(problem), kind, now=now)
        if delivered is None:
            return None
        return take(delivered, payload, self.ours, self.client, on=self.on, now=now)

    def acknowledge(self, row: SmevDelivery) -> None:
        """Raises Unreachable when СМЭВ does not answer: the message is kept, it will be acknowledged next time."""
        payload = write.ack(row.message_id, self.ours.provider, is_accepted=row.is_accepted)
        try:
            read.read_acked(self.call(payload))
        except FaultReceived as fault:
            if policy.on_fault(fault.name).action != Action.DONE:
                raise
        SmevDelivery.objects.filter(number=row.number).update(acknowledged_at=timezone.now())

    def acknowledge_left(self) -> None:
        """What was kept when the process died before acknowledging."""
        for row in SmevDelivery.objects.filter(acknowledged_at=None).order_by("number").defer("envelope")[:1000]:
            self.acknowledge(row)

    def read_statuses(self) -> int:
        for told in range(MOST_AT_ONCE):
            now = timezone.now()
            status = read.read_get_status(self.call(write.get_status(now, self.ours.provider)))
            if status is None:
                return told
            if not take_status(status, self.ours, now=now):
                log.warning("status %s of %s is not of a message of ours", status.status, status.original_id)
        return MOST_AT_ONCE

    def send_replies(self) -> None:
        """Refusals of requests we do not serve; the same MessageID until СМЭВ has it."""
        now = timezone.now()
        for reply in SmevReply.objects.filter(sent_at=None, next_try_at__lte=now).order_by("number")[:1000]:
            response = write.Response(reply.message_id, reply.to, rejection=(reply.code, reply.description))
            row, attempts = SmevReply.objects.filter(number=reply.number), reply.attempts + 1
            try:
                read.read_sent(self.call(write.send_response(response, self.ours.provider)), "SendResponse")
            except FaultReceived as fault:
                is_over = policy.on_fault(fault.name).action in (Action.DONE, Action.STOP)
                row.update(
                    sent_at=now if is_over else None, attempts=attempts,
                    next_try_at=now + back_off(attempts), last_error=str(fault)[:300],
                )  # fmt: skip
                continue
            row.update(sent_at=now, attempts=attempts, last_error="")
