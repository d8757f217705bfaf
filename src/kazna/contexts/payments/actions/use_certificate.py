"""A seller takes a certificate: never more than is left, never other goods, never after its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from kazna.contexts.payments.actions.close_certificates import KINDS
from kazna.contexts.payments.certificates import Certificate, CertificateUse
from kazna.contexts.payments.contracts import CertificateEnding, CertificateStage
from kazna.contexts.payments.ledger import Kind, move_and_post
from kazna.kernel.errors import DomainError
from kazna.kernel.money import roubles_and_kopecks

CLOSED = {
    CertificateEnding.BLOCKED: "он закрыт: назначение прекращено",
    CertificateEnding.REVOKED: "он закрыт: назначение отменено",
    CertificateEnding.DIED: "он закрыт: владельца нет в живых",
}

USE = """
    UPDATE payments_certificate SET used_kopecks = used_kopecks + %(kopecks)s,
           returned_kopecks = returned_kopecks + %(to_budget)s
    WHERE number = %(number)s
    RETURNING number AS certificate, measure, body, kbk, recipient_id, abs(%(kopecks)s)::bigint AS amount_kopecks
"""

ON_TO_BUDGET = """
    SELECT number AS certificate, measure, body, kbk, recipient_id, %(to_budget)s::bigint AS amount_kopecks
    FROM payments_certificate WHERE number = %(number)s
"""


class CertificateRefused(DomainError):
    sentence = "Сертификат не принят: {reason}."


@dataclass(frozen=True, slots=True)
class Purchase:
    """Kopecks taken from a certificate for goods of one class; below zero when they came back to it."""

    transaction_number: str
    goods_code: str
    kopecks: int
    full_kopecks: int
    seller_inn: str
    seller_name: str
    happened_at: datetime


@transaction.atomic
def use_certificate(number: str, purchase: Purchase, on: date) -> int:
    """Take the purchase off; return the kopecks left. The same transaction again changes nothing.

    Sellers at the same moment wait for one another on the row, so that the sum is never overspent. Goods may come back
    after the certificate was closed: their money goes to the budget, nothing can be bought for it.
    Raises CertificateRefused.
    """
    certificate = Certificate.objects.select_for_update().filter(pk=number).first()
    if certificate is None or certificate.issued_on is None:
        raise CertificateRefused(reason="такого номера нет; сверьте 25 цифр")
    known = CertificateUse.objects.filter(pk=purchase.transaction_number).first()
    left = certificate.amount_kopecks - certificate.used_kopecks - certificate.returned_kopecks
    if known is not None:
        same = (known.certificate_id, known.kopecks, known.goods_code) == (
            number,
            purchase.kopecks,
            purchase.goods_code,
        )
        if not same:
            raise CertificateRefused(reason="операция с этим номером уже была с другим содержанием")
        return left
    _check(certificate, purchase, left, on)
    try:
        with transaction.atomic():
            CertificateUse.objects.create(
                transaction_number=purchase.transaction_number, certificate=certificate,
                recipient_id=certificate.recipient_id, body=certificate.body, goods_code=purchase.goods_code,
                kopecks=purchase.kopecks, full_kopecks=purchase.full_kopecks, seller_inn=purchase.seller_inn,
                seller_name=purchase.seller_name, happened_at=purchase.happened_at, taken_on=on,
            )  # fmt: skip
    except IntegrityError:
        raise CertificateRefused(reason="операция с этим номером только что была у другого сертификата") from None
    _move_money(certificate, purchase.kopecks, on)
    return 0 if certificate.state == CertificateStage.CLOSED else left - purchase.kopecks


def _move_money(certificate: Certificate, kopecks: int, on: date) -> None:
    """To the seller or back; what comes back to a closed certificate goes on to the budget at once."""
    to_budget = -kopecks if certificate.state == CertificateStage.CLOSED else 0
    params = {"number": certificate.number, "kopecks": kopecks, "to_budget": to_budget}
    move_and_post(Kind.CERTIFICATE_USED if kopecks > 0 else Kind.CERTIFICATE_BACK, USE, params, on=on)
    if to_budget:
        move_and_post(KINDS[CertificateEnding(certificate.ending)], ON_TO_BUDGET, params, on=on)


def _check(certificate: Certificate, purchase: Purchase, left: int, on: date) -> None:
    if purchase.goods_code not in certificate.goods:
        raise CertificateRefused(reason=f"товара «{purchase.goods_code[:30]}» в нём нет")
    if purchase.kopecks < 0:
        bought = certificate.uses.filter(goods_code=purchase.goods_code).aggregate(sum=Sum("kopecks"))["sum"] or 0
        if -purchase.kopecks > bought:
            raise CertificateRefused(reason="вернуть можно не больше, чем по нему куплено")
        return
    if certificate.state == CertificateStage.CLOSED and certificate.ending in CLOSED:
        raise CertificateRefused(reason=CLOSED[CertificateEnding(certificate.ending)])
    if certificate.stops_on is not None and on >= certificate.stops_on:
        raise CertificateRefused(reason=CLOSED[CertificateEnding.BLOCKED])
    if certificate.state == CertificateStage.CLOSED or not certificate.first_day <= on <= certificate.last_day:
        days = f"с {certificate.first_day:%d.%m.%Y} по {certificate.last_day:%d.%m.%Y}"
        raise CertificateRefused(reason=f"он действует {days}")
    if not 0 < purchase.kopecks <= purchase.full_kopecks:
        raise CertificateRefused(reason="сумма по нему должна быть больше нуля и не больше цены")
    if purchase.kopecks > left:
        raise CertificateRefused(reason=f"на нём осталось {roubles_and_kopecks(left)}; остальное платит покупатель")
