"""What people are told about their electronic certificates."""

from __future__ import annotations

from datetime import date

from kazna.contexts.notifications.public import NewNotice
from kazna.contexts.payments.certificates import Certificate
from kazna.events.cause import Cause
from kazna.events.payments import CertificateIssued
from kazna.kernel.money import roubles_and_kopecks

SHOP = (
    "Назовите его номер в магазине, который принимает сертификаты; что дороже, доплатите сами. Деньгами его не выдают."
)


def waiting_letter(certificate: Certificate, on: date, cause: Cause) -> NewNotice:
    """The limit does not let it be issued."""
    return _letter(
        certificate, "waiting", on, cause,
        title="Сертификат ждёт денег бюджета",
        happened=f"Вам положен сертификат на {roubles_and_kopecks(certificate.amount_kopecks)}, но выпустить его пока "
        "нельзя.",
        why="Лимит бюджета на эту меру исчерпан. Сертификаты выпускаются в том порядке, в котором назначены.",
        next_step="Делать ничего не нужно: когда лимит добавят, сертификат выпустят и мы сообщим.",
    )  # fmt: skip


def issued_letter(event: CertificateIssued) -> NewNotice:
    """It can be used."""
    return NewNotice(
        recipient_id=event.recipient_id,
        key=f"certificate-issued:{event.number}",
        title="Электронный сертификат выпущен",
        happened=f"На нём {roubles_and_kopecks(event.amount_kopecks)}. Покупать по нему можно с "
        f"{_day(event.first_day)} по {_day(event.last_day)}.",
        why="Вам назначена помощь, которую дают сертификатом.",
        next_step=SHOP,
        link=f"/payments/certificates/{event.number}/",
        on=event.on,
        cause=event.cause,
    )


def soon_letter(certificate: Certificate, days: int, on: date, cause: Cause) -> NewNotice:
    """Its last day is near and something is left on it."""
    left = certificate.amount_kopecks - certificate.used_kopecks
    return _letter(
        certificate, f"soon:{days}", on, cause,
        title=f"Сертификат действует до {_day(certificate.last_day)}",
        happened=f"На нём осталось {roubles_and_kopecks(left)}.",
        why="После этого дня по нему ничего не купить: остаток вернётся в бюджет.",
        next_step=SHOP,
    )  # fmt: skip


def lapsed_letter(certificate: Certificate, on: date, cause: Cause) -> NewNotice:
    """Its day has passed."""
    happened = f"Последний день был {_day(certificate.last_day)}. В бюджет вернулось " + roubles_and_kopecks(
        certificate.returned_kopecks
    )
    if certificate.issued_on is None:
        happened = "Срок назначения вышел раньше, чем бюджет дал деньги на сертификат."
    return _letter(
        certificate, "lapsed", on, cause,
        title="Срок сертификата вышел",
        happened=happened.rstrip(".") + ".",
        why="Сертификат действует только в свой срок.",
        next_step="Если средство всё ещё нужно и записано в программе реабилитации, попросите его снова.",
    )  # fmt: skip


def _letter(
    certificate: Certificate, kind: str, on: date, cause: Cause, *, title: str, happened: str, why: str, next_step: str
) -> NewNotice:
    return NewNotice(
        recipient_id=certificate.recipient_id,
        key=f"certificate-{kind}:{certificate.number}",
        title=title,
        happened=happened,
        why=why,
        next_step=next_step,
        link=f"/payments/certificates/{certificate.number}/",
        on=on,
        cause=cause,
    )


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
