"""A blocking face of the NATS client: connect, send in order, fetch, acknowledge.

The client's event loop runs only inside a call, so that the thread may use the database between calls.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

STREAM, SUBJECTS, EVENT = "KAZNA", "kazna.events.>", "kazna.events.{kind}"
MESSAGE_ID, PREDECESSORS = "Nats-Msg-Id", "Kazna-After"
DUPLICATES_SECONDS, KEPT_SECONDS = 600, 30 * 24 * 3600
ACKNOWLEDGE_SECONDS = 30
T = TypeVar("T")


class BusTrouble(Exception):
    """The broker cannot be reached or does not answer; what was not acknowledged will be sent again."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as sent: `message_id` lets the broker drop a repetition."""

    kind: str
    message_id: str
    after: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as received; `tries` counts how often it has been handed out."""

    kind: str
    after: str
    body: bytes
    tries: int
    raw: Any


class Broker:
    """A connection to JetStream with the stream and one durable reader, made when they are not there."""

    def __init__(self, url: str, group: str) -> None:
        try:
            import nats
        except ImportError:
            raise BusTrouble("нет пакета nats-py: установите kazna[bus]") from None
        self._loop = asyncio.new_event_loop()
        self._nats, self._url, self._group = nats, url, group
        try:
            self._run(self._open())
        except BaseException:
            self.close()
            raise

    def send(self, parcels: Sequence[Parcel]) -> list[bool]:
        """In the given order; for each whether the broker has stored it."""
        return self._run(self._send(parcels))

    def fetch(self, most: int, seconds: float) -> list[Arrival]:
        """What has come; empty when nothing came in time."""
        return self._run(self._fetch(most, seconds))

    def settle(self, done: Sequence[Arrival], later: Sequence[Arrival], delay_seconds: float) -> None:
        """Acknowledge what is safe in our database, ask for the rest again after a while."""
        self._run(self._settle(done, later, delay_seconds))

    def backlog(self) -> int:
        """Messages that the group has not acknowledged yet."""
        return self._run(self._backlog())

    def close(self) -> None:
        client = getattr(self, "_client", None)
        if client is not None and not self._loop.is_closed():
            with contextlib.suppress(Exception):
                self._loop.run_until_complete(asyncio.wait_for(client.close(), 2))
        if not self._loop.is_closed():
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._loop.run_until_complete(work)
        except (OSError, TimeoutError, self._nats.errors.Error, self._nats.js.errors.Error) as trouble:
            raise BusTrouble(f"{type(trouble).__name__}: {trouble}"[:200]) from trouble

    async def _open(self) -> None:
        async def quiet(_problem: Exception) -> None:
            """Troubles are told by the calls that meet them."""

        self._client = await self._nats.connect(
            self._url,
            allow_reconnect=False,
            connect_timeout=3,
            error_cb=quiet,
            name="kazna",
            max_reconnect_attempts=1,
            reconnect_time_wait=0.1,
        )
        self._stream = self._client.jetstream(timeout=5)
        api = self._nats.js.api
        try:
            await self._stream.stream_info(STREAM)
        except self._nats.js.errors.NotFoundError:
            await self._stream.add_stream(
                api.StreamConfig(
                    name=STREAM, subjects=[SUBJECTS], storage=api.StorageType.FILE, max_age=KEPT_SECONDS,
                    duplicate_window=DUPLICATES_SECONDS,
                )
            )  # fmt: skip
        config = api.ConsumerConfig(
            durable_name=self._group, ack_policy=api.AckPolicy.EXPLICIT, deliver_policy=api.DeliverPolicy.ALL,
            ack_wait=ACKNOWLEDGE_SECONDS, max_ack_pending=5000,
        )  # fmt: skip
        self._reader = await self._stream.pull_subscribe(SUBJECTS, durable=self._group, stream=STREAM, config=config)

    async def _send(self, parcels: Sequence[Parcel]) -> list[bool]:
        sending = [
            self._stream.publish(
                EVENT.format(kind=one.kind), one.body, timeout=5, stream=STREAM,
                headers={MESSAGE_ID: one.message_id, PREDECESSORS: one.after},
            )
            for one in parcels
        ]  # fmt: skip
        stored = await asyncio.gather(*sending, return_exceptions=True)
        return [not isinstance(answer, BaseException) for answer in stored]

    async def _fetch(self, most: int, seconds: float) -> list[Arrival]:
        try:
            messages = await self._reader.fetch(most, timeout=seconds)
        except (TimeoutError, self._nats.errors.TimeoutError):
            if not self._client.is_connected:
                raise
            return []
        return [
            Arrival(
                one.subject.rpartition(".")[2], (one.headers or {}).get(PREDECESSORS, ""), one.data,
                one.metadata.num_delivered, one,
            )
            for one in messages
        ]  # fmt: skip

    async def _settle(self, done: Sequence[Arrival], later: Sequence[Arrival], delay_seconds: float) -> None:
        for one in done:
            await one.raw.ack()
        for one in later:
            await one.raw.nak(delay=delay_seconds)
        await self._client.flush(timeout=5)

    async def _backlog(self) -> int:
        told = await self._stream.consumer_info(STREAM, self._group)
        return int(told.num_pending + told.num_ack_pending)
