"""Reads of employers: lists by name, one with its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from kazna.contexts.employers.contracts import Employer, EmployerRecord, EmployerRow, EmployerUnknown
from kazna.contexts.employers.models import Employer as Row
from kazna.contexts.employers.models import EmployerEdition


def find(text: str, *, registered_on: date | None, limit: int, after: tuple[str, str] | None) -> list[EmployerRow]:
    digits = "".join(ch for ch in text if ch.isdigit())
    words = " ".join(text.lower().replace("ё", "е").translate(str.maketrans("", "", '«»"')).split())
    found = Row.objects.all()
    if digits and digits == text.strip():
        found = found.filter(Q(inn=digits) | Q(ogrn=digits))
    elif words:
        found = found.filter(Q(sort_key__gte=words, sort_key__lt=words + "\uffff"))
    if registered_on:
        found = found.filter(registered_on__lte=registered_on)
        found = found.filter(Q(removed_on=None) | Q(removed_on__gt=registered_on))
    if after:
        key, ogrn = after
        found = found.filter(Q(sort_key__gt=key) | Q(sort_key=key, ogrn__gt=ogrn))
    return [
        EmployerRow(one.ogrn, one.inn, one.name, one.sort_key, one.region, one.okved, one.registered_on, one.removed_on)
        for one in found.order_by("sort_key", "ogrn")[:limit]
    ]


def employer(number: str, *, on: date | None) -> Employer:
    """By ОГРН, or by ИНН the one registered last."""
    rows = Row.objects.filter(Q(ogrn=number) | Q(inn=number)).order_by("-registered_on", "ogrn")
    for row in rows:
        for told in history(row.ogrn):
            if on is None or told.record.as_of <= on:
                return told
    raise EmployerUnknown(number=number)


def history(ogrn: str) -> list[Employer]:
    """What extracts told, the newest day first."""
    rows = EmployerEdition.objects.filter(ogrn=ogrn).order_by("-as_of", "-id")[:500]
    return [Employer(_record(row.told)) for row in rows]


def _record(told: dict[str, Any]) -> EmployerRecord:
    days = {
        name: date.fromisoformat(told[name]) if told[name] else None
        for name in ("registered_on", "removed_on", "as_of")
    }
    return EmployerRecord(**{**told, **days, "okveds": tuple(told["okveds"]), "branches": tuple(told["branches"])})
