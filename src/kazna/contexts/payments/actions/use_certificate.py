"""A seller takes a certificate: never more than is left, never other goods, never after its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from kazna.contexts.payments.certificates import Certificate, CertificateUse
from kazna.kernel.errors import DomainError
from kazna.kernel.money import roubles_and_kopecks


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

    Sellers at the same moment wait for one another on the row, so that the sum is never overspent.
    Raises CertificateRefused.
    """
    certificate = Certificate.objects.select_for_update().filter(pk=number).first()
    if certificate is None:
        raise CertificateRefused(reason="такого номера нет; сверьте 25 цифр")
    known = CertificateUse.objects.filter(pk=purchase.transaction_number).first()
    left = certificate.amount_kopecks - certificate.used_kopecks
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
    certificate.used_kopecks += purchase.kopecks
    certificate.save(update_fields=["used_kopecks"])
    CertificateUse.objects.create(
        transaction_number=purchase.transaction_number, certificate=certificate, recipient_id=certificate.recipient_id,
        body=certificate.body, goods_code=purchase.goods_code, kopecks=purchase.kopecks,
        full_kopecks=purchase.full_kopecks, seller_inn=purchase.seller_inn, seller_name=purchase.seller_name,
        happened_at=purchase.happened_at, taken_on=on,
    )  # fmt: skip
    return left - purchase.kopecks


@transaction.atomic
def block_certificates(award_ids: list[object], on: date) -> None:
    """The awards ended: nothing more is bought by their certificates."""
    Certificate.objects.filter(award_id__in=award_ids, blocked_on=None).update(blocked_on=on)


def _check(certificate: Certificate, purchase: Purchase, left: int, on: date) -> None:
    if purchase.goods_code not in certificate.goods:
        raise CertificateRefused(reason=f"товара «{purchase.goods_code[:30]}» в нём нет")
    if purchase.kopecks < 0:
        bought = certificate.uses.filter(goods_code=purchase.goods_code).aggregate(sum=Sum("kopecks"))["sum"] or 0
        if -purchase.kopecks > bought:
            raise CertificateRefused(reason="вернуть можно не больше, чем по нему куплено")
        return
    if certificate.blocked_on is not None:
        raise CertificateRefused(reason="он закрыт: назначение прекращено")
    if not certificate.first_day <= on <= certificate.last_day:
        raise CertificateRefused(reason=f"он действует с {certificate.first_day} по {certificate.last_day}")
    if not 0 < purchase.kopecks <= purchase.full_kopecks:
        raise CertificateRefused(reason="сумма по нему должна быть больше нуля и не больше цены")
    if purchase.kopecks > left:
        raise CertificateRefused(reason=f"на нём осталось {roubles_and_kopecks(left)}; остальное платит покупатель")
