"""A register of ours as the bank's file, and the proof that the file has not changed."""

from __future__ import annotations

import hashlib

from django.conf import settings

from kazna.contexts.integration.public import CreditRegister, RegisterLine, write_credit_register, write_ufebs
from kazna.contexts.payments import models
from kazna.contexts.payments.adapters.postal_register import write_postal_register
from kazna.contexts.payments.payers import payer_of
from kazna.kernel.errors import DomainError


class RegisterChanged(DomainError):
    sentence = "Реестр {number} отличается от уже записанного: не отправляйте его и сообщите разработчикам."


def payload_of(register: models.Register) -> bytes:
    """The register's bytes; the first writing fixes their digest. Raises RegisterChanged ever after."""
    if register.bik.startswith("post-"):
        return _fixed(register, write_postal_register(register))
    if register.is_for_creditors:  # to organizations too: the list of credits to people knows only their names
        return _fixed(register, write_ufebs(_to_creditors(register)))
    write = write_ufebs if register.bik in settings.KAZNA_UFEBS_BANKS else write_credit_register
    return _fixed(register, write(_neutral(register)))


def _fixed(register: models.Register, payload: bytes) -> bytes:
    digest = hashlib.sha256(payload).hexdigest()
    if register.sha256 and register.sha256 != digest:
        raise RegisterChanged(number=register.number)
    if not register.sha256:
        register.sha256 = digest
        register.save(update_fields=["sha256"])
    return payload


def _neutral(register: models.Register) -> CreditRegister:
    return _of_lines(
        register,
        tuple(
            RegisterLine(*row)
            for row in register.lines.order_by("number").values_list(
                "number", "surname", "forename", "patronymic", "account", "amount_kopecks"
            )
        ),
    )


def _to_creditors(register: models.Register) -> CreditRegister:
    found = register.transfers.order_by("number").select_related("writ")
    return _of_lines(
        register,
        tuple(
            RegisterLine(
                one.number, one.creditor_name, "", None, one.account, one.amount_kopecks,
                f"Удержано по исполнительному документу № {one.writ.number} от {one.writ.issued_on:%d.%m.%Y}",
            )
            for one in found
        ),
    )  # fmt: skip


def _of_lines(register: models.Register, lines: tuple[RegisterLine, ...]) -> CreditRegister:
    payer = payer_of(register.body)
    return CreditRegister(
        register_id=register.id,
        number=register.number,
        register_date=register.date,
        formed_on=register.date,
        contract_number=payer.contract_number,
        contract_date=payer.contract_date,
        payer_name=payer.name,
        payer_inn=payer.inn,
        payer_account=payer.account,
        payer_bik=payer.bik,
        bank_branch=register.bik,
        lines=lines,
    )
