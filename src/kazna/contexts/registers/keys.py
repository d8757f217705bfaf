"""Ids made from content: the same person or fact gets the same id on every run of one installation.

Person ids are keyed by the installation's secret, so that СНИЛС cannot be guessed from them.
"""

from __future__ import annotations

from datetime import date
from hashlib import md5
from typing import Any
from uuid import UUID

from django.conf import settings

from kazna.kernel.quick_json import encoder

_one_spelling = encoder(sort_keys=True, default=str)
KIN = ("mother", "father", "adoptive")  # roles by which one descends; a guardian may be a grandchild


def keyed_id(text: str) -> UUID:
    """Id of what `text` names. The same formula in SQL: md5(secret || '/' || text)::uuid."""
    return UUID(md5(f"{settings.KAZNA_PERSON_KEY}/{text}".encode(), usedforsecurity=False).hexdigest())


def person_id_by_snils(snils: str) -> UUID:
    return keyed_id(f"snils/{snils}")


def content_id(*parts: Any) -> UUID:
    """Id of a row made of these parts; dates, ids and JSON-able values."""
    return keyed_id(_one_spelling(parts))


def sort_key(surname: str, forename: str, patronymic: str | None) -> str:
    """The form in which names are compared and sorted: small letters, ё as е. As the generated column does."""
    return f"{surname} {forename} {patronymic or ''}".lower().replace("ё", "е")


def russian_day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else "не указана"


def record_number(birth_act: str) -> str:
    """The number of a birth record, named by the number itself or by the whole key of the act."""
    return birth_act.split("/")[2] if birth_act.startswith("birth/") else birth_act
