"""A body asks to be a participant; the operator or the branch decides; staff and certificates follow."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction

from kazna.contexts.egisso import public as egisso
from kazna.contexts.identity import public as identity
from kazna.contexts.suppliers.models import Application, Certificate, Member
from kazna.kernel.errors import DomainError

ROLES = ("loader", "methodologist", "signer", "head")

BODY_CODE = re.compile(r"\d{4}\.\d{6}")


class ApplicationKnown(DomainError):
    sentence = "Заявка этого органа уже рассматривается, она подана {day}. Дождитесь ответа."


class ApplicationDecided(DomainError):
    sentence = "По заявке уже принято решение: {state}."


class CodeTaken(DomainError):
    sentence = "Код {code} уже у другого органа. Возьмите следующий свободный."


class CodeMalformed(DomainError):
    sentence = "Код «{code}» не похож на код органа: нужны четыре цифры, точка и шесть цифр, как 0011.000123."


class CertificateRefused(DomainError):
    sentence = "Сертификат не принят: {why}."


class InnRefused(DomainError):
    sentence = "ИНН {inn} не проходит проверку контрольного числа; сверьте последние цифры."


def submit(
    *, title: str, inn: str, ogrn: str, region: str, contact: str, email: str, now: datetime, oktmo: str = "",
    address: str = "", source: str = "form", number: UUID | None = None,
) -> Application:  # fmt: skip
    """An application waits for the operator. Raises ApplicationKnown, InnRefused."""
    if not inn_is_right(inn):
        raise InnRefused(inn=inn)
    known = Application.objects.filter(inn=inn, region=region, state__in=["submitted", "in_work"]).first()
    if known:
        raise ApplicationKnown(day=f"{known.submitted_at:%d.%m.%Y}")
    return Application.objects.create(
        id=number or uuid5(NAMESPACE_URL, f"{inn} {region} {now.isoformat()}"), title=title, inn=inn, ogrn=ogrn,
        region=region, oktmo=oktmo, address=address, contact=contact, email=email, source=source, submitted_at=now,
    )  # fmt: skip


@transaction.atomic
def register(application_id: UUID, *, code: str = "", by: str, on: date, now: datetime) -> str:
    """Give the body its code and open its card; return the code. Raises ApplicationDecided, CodeMalformed,
    CodeTaken.
    """
    told = _open(application_id)
    code = code or egisso.participants.next_code(told.region)
    if not BODY_CODE.fullmatch(code):
        raise CodeMalformed(code=code[:20])
    if egisso.participants.body(code):
        raise CodeTaken(code=code)
    egisso.participants.put_body(code=code, title=told.title, region=told.region, oktmo=told.oktmo, on=on)
    _decide(told, "registered", by, now, code=code)
    return code


def refuse(application_id: UUID, *, why: str, by: str, now: datetime) -> None:
    """Refuse with a reason the body will read. Raises ApplicationDecided."""
    _decide(_open(application_id), "refused", by, now, answer=why)


def take_to_work(application_id: UUID, *, by: str, now: datetime) -> None:
    """The branch helps with it. Raises ApplicationDecided."""
    told = _open(application_id)
    told.state, told.decided_by = "in_work", by
    told.save()


@transaction.atomic
def add_member(*, body: str, login: str, name: str, role: str, now: datetime) -> str:
    """Open an account for a person of the body; return the first password, shown once. Raises AccountTaken."""
    card = egisso.participants.body(body)
    password = secrets.token_urlsafe(9)
    if Member.objects.filter(login=login).exists():
        raise identity.AccountTaken(login=login)
    identity.create_account(login=login, password=password, role="supplier", shown_name=name, body=body)
    Member.objects.create(body=body, region=card.territory if card else "", login=login, name=name, role=role,
                          added_at=now)  # fmt: skip
    return password


@transaction.atomic
def add_certificate(payload: bytes, *, body: str, on: date, now: datetime) -> Certificate:
    """Keep a certificate (PEM or DER); packages of the body then have to be signed. Raises CertificateRefused."""
    try:
        read = x509.load_pem_x509_certificate if b"-----BEGIN" in payload else x509.load_der_x509_certificate
        found = read(payload)
        first, last = found.not_valid_before_utc.date(), found.not_valid_after_utc.date()
    except ValueError as problem:
        raise CertificateRefused(why="файл не читается как сертификат PEM или DER") from problem
    if not first <= on <= last:
        raise CertificateRefused(why=f"он действует с {first:%d.%m.%Y} по {last:%d.%m.%Y}")
    card = egisso.participants.body(body)
    kept, _ = Certificate.objects.update_or_create(
        body=body, digest=sha256(found.public_bytes(Encoding.DER)).hexdigest(),
        defaults={"region": card.territory if card else "", "subject": found.subject.rfc4514_string()[:500],
                  "valid_from": first, "valid_to": last, "added_at": now, "withdrawn_at": None},
    )  # fmt: skip
    _tell_certificates(body)
    return kept


def withdraw_certificate(*, body: str, digest: str, now: datetime) -> None:
    """Packages signed with it are refused from now on."""
    Certificate.objects.filter(body=body, digest=digest).update(withdrawn_at=now)
    _tell_certificates(body)


def inn_is_right(inn: str) -> bool:
    """Control digits of an ИНН of an organisation, 10 digits."""
    if len(inn) != 10 or not inn.isdecimal():
        return False
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return sum(int(digit) * weight for digit, weight in zip(inn, weights, strict=False)) % 11 % 10 == int(inn[9])


def _tell_certificates(body: str) -> None:
    kept = list(Certificate.objects.filter(body=body).values_list("digest", "withdrawn_at"))
    egisso.participants.set_certificates(
        code=body,
        digests=[digest for digest, withdrawn_at in kept if withdrawn_at is None],
        withdrawn=[digest for digest, withdrawn_at in kept if withdrawn_at],
    )


def _open(application_id: UUID) -> Application:
    told = Application.objects.select_for_update().get(pk=application_id)
    if told.state not in ("submitted", "in_work"):
        raise ApplicationDecided(state={"registered": "орган зарегистрирован", "refused": "отказ"}[told.state])
    return told


def _decide(told: Application, state: str, by: str, now: datetime, *, code: str = "", answer: str = "") -> None:
    told.state, told.code, told.answer, told.decided_by, told.decided_at = state, code, answer, by, now
    told.save()
