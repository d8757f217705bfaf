"""One post → the documents it carries, each with its digest."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from uuid import UUID

from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.archive import entries, is_archive, is_table_archive, open_archive
from kazna.contexts.integration.readers.refusals import Unreadable
from kazna.contexts.integration.remarks import Remark, remark

IN_REPLY = re.compile(r"in-reply-to-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[.-]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document before reading. One refused at the door has no payload when it was not unpacked."""

    file_name: str
    payload: bytes
    digest: str
    size_bytes: int
    refusals: tuple[Remark, ...] = ()
    in_reply_to: UUID | None = None


def unpack_delivery(payload: bytes, file_name: str, limits: Limits) -> list[Incoming]:
    """The document itself, or the files of a batch; an archive refused as a whole is one refused document."""
    whole = sha256(payload)
    limit = limits.archive_bytes if is_archive(payload) else limits.document_bytes
    if len(payload) > limit:
        refusal = remark("too_large", "файл", size=len(payload), limit=limit)
        return [Incoming(file_name, b"", whole, len(payload), (refusal,))]
    if not is_archive(payload):
        return [Incoming(file_name, payload, whole, len(payload))]
    try:
        with open_archive(payload, limits) as archive:
            if is_table_archive(archive):
                return [Incoming(file_name, payload, whole, len(payload))]
            found = list(entries(archive, limits))
    except Unreadable as refusal:
        return [Incoming(file_name, payload, whole, len(payload), refusal.remarks)]
    return [
        Incoming(entry.name, entry.payload, sha256(entry.payload), len(entry.payload))
        if entry.refusal is None
        else Incoming(entry.name, b"", sha256(f"{whole}/{entry.name}".encode()), 0, entry.refusal.remarks)
        for entry in found
    ] or [Incoming(file_name, payload, whole, len(payload), (remark("empty", "архив"),))]


def addressed(incoming: Incoming, in_reply_to: UUID | None) -> Incoming:
    """The document with the question it answers: by the envelope, or by its name inside a batch.

    «Nothing is known» of two people is one body: the number of the question tells the answers apart, so it is
    part of the digest.
    """
    named = IN_REPLY.match(incoming.file_name)
    question = in_reply_to or (UUID(named[1]) if named else None)
    if question is None:
        return incoming
    return replace(incoming, in_reply_to=question, digest=sha256(f"{question}/{incoming.digest}".encode()))


def sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
