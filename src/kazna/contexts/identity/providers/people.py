"""Who the provider says has signed in, in our words; foreign names of fields stay here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kazna.contexts.identity.contracts import Proven
from kazna.contexts.identity.providers.settings import Provider
from kazna.kernel.identifiers import plain_snils, snils_is_valid


def of_esia(provider: str, oid: str, told: Mapping[str, Any], id_token: str) -> Proven:
    return Proven(
        provider=provider, subject=oid, snils=_snils(told.get("snils")), surname=_text(told.get("lastName")),
        forename=_text(told.get("firstName")), patronymic=_text(told.get("middleName")),
        birth_date=_day(told.get("birthDate"), "%d.%m.%Y"), is_confirmed=told.get("trusted") is True,
        id_token=id_token,
    )  # fmt: skip


def of_claims(one: Provider, claims: Mapping[str, Any], id_token: str) -> Proven:
    """Standard claims of OIDC; the patronymic is `middle_name`."""
    return Proven(
        provider=one.code, subject=str(claims["sub"]), snils=_snils(claims.get(one.snils_claim)),
        surname=_text(claims.get("family_name")), forename=_text(claims.get("given_name")),
        patronymic=_text(claims.get("middle_name")), birth_date=_day(claims.get("birthdate"), "%Y-%m-%d"),
        is_confirmed=not one.confirmed_claim or claims.get(one.confirmed_claim) is True, id_token=id_token,
        login=_text(claims.get(one.login_claim)) if one.login_claim else "",
    )  # fmt: skip


def _snils(value: Any) -> str:
    """Eleven digits, or nothing when it is no СНИЛС."""
    text = plain_snils(_text(value))
    return text if snils_is_valid(text) else ""


def _text(value: Any) -> str:
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _day(value: Any, form: str) -> date | None:
    try:
        return datetime.strptime(_text(value), form).date()
    except ValueError:
        return None
