"""What we may ask an agency about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from kazna.contexts.integration.contracts import Question
from kazna.kernel.errors import DomainError

Known = TypeVar("Known")


class QuestionIncomplete(DomainError):
    sentence = "Запрос не составить: неизвестно поле «{field}»; сначала дополните сведения о человеке."


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject of questions to one agency: how it is written, where it is posted.

    `schema` checks what we send. `correlate` gives what finds the question by its answer; by default the
    number of the request, which the answer repeats or the envelope carries.
    """

    agency: str
    name: str
    title: str
    path: str
    schema: str
    write: Callable[[UUID, Question], bytes]
    correlate: Callable[[UUID, Question], str] = lambda request_id, question: str(request_id)


def known(value: Known | None, field: str) -> Known:
    """The value, or a refusal to write the question that names what is not known of the person."""
    if value is None or value == "":
        raise QuestionIncomplete(field=field)
    return value
