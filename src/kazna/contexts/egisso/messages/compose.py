"""A message of the album from records in our words, as a regional system sends them in JSON."""

from __future__ import annotations

from typing import Any

from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.kernel.errors import DomainError


class RecordsRefused(DomainError):
    sentence = "Записи не складываются в сообщение {message}: {why}."


def compose(message: str, package_id: str, records: list[tuple[str, dict[str, Any]]]) -> bytes:
    """Records as (element of the album, card in our words). Raises RecordsRefused; what they say is not judged here."""
    known = BY_KEY.get(message)
    if known is None or not known.kinds:
        raise RecordsRefused(message=message, why="такого сообщения с записями нет")
    for number, (element, _) in enumerate(records, 1):
        if element not in known.kinds:
            raise RecordsRefused(message=message, why=f"запись {number}: нет вида «{element[:60]}»")
    try:
        return to_bytes(package(message, package_id, records))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise RecordsRefused(message=message, why="поля записи не того вида, что в описании") from problem
