"""One call to СМЭВ over HTTP, never reading more than we are ready to keep."""

from __future__ import annotations

from functools import cache

import httpx

from kazna.contexts.integration.smev.names import CONTENT_TYPE
from kazna.kernel.errors import DomainError

TIMEOUT_SECONDS = 30.0
ENVELOPE_SHARE = 2  # base64 and signatures: an envelope may be so many times larger than its contents
SOAP_STATUSES = (200, 500)


class Unreachable(DomainError):
    """Try again later: СМЭВ did not answer, or something else answered in its place."""

    sentence = "СМЭВ не ответила: {reason}."


class AnswerTooLarge(DomainError):
    """`head` is what was read before we stopped."""

    sentence = "Сообщение СМЭВ больше {most} байт: дальше не читали."


@cache
def smev_client() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT_SECONDS)


def call(client: httpx.Client, url: str, payload: bytes, *, most_bytes: int) -> bytes:
    """The SOAP answer, a fault included. Raises Unreachable, AnswerTooLarge."""
    limit = most_bytes * ENVELOPE_SHARE
    try:
        with client.stream("POST", url, content=payload, headers={"Content-Type": CONTENT_TYPE}) as answer:
            parts, size = [], 0
            for part in answer.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise AnswerTooLarge(most=limit, head=b"".join(parts))
    except httpx.HTTPError as problem:
        raise Unreachable(reason=type(problem).__name__) from problem
    if answer.status_code not in SOAP_STATUSES:
        raise Unreachable(reason=f"код {answer.status_code}")
    return b"".join(parts)


def fetch_file(client: httpx.Client, url: str, *, most_bytes: int) -> bytes:
    """A file of the store by its address. Raises Unreachable, AnswerTooLarge."""
    try:
        with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise Unreachable(reason=f"хранилище файлов: код {answer.status_code}")
            parts, size = [], 0
            for part in answer.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > most_bytes:
                    raise AnswerTooLarge(most=most_bytes, head=b"")
    except httpx.HTTPError as problem:
        raise Unreachable(reason=type(problem).__name__) from problem
    return b"".join(parts)
