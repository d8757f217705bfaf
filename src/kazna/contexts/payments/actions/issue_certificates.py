"""Awards in kind: a certificate where the measure gives one, otherwise goods, a service or a privilege to be given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments.actions.keep_to_limits import issue_what_fits
from kazna.contexts.payments.budget_lines import kbk_of
from kazna.contexts.payments.certificate_letters import waiting_letter
from kazna.contexts.payments.certificates import Certificate, Provision
from kazna.contexts.payments.contracts import CertificateStage
from kazna.contexts.payments.programs import programmes
from kazna.events.cases import AwardGranted
from kazna.kernel.errors import DomainError
from kazna.plumbing.new_rows import insert_all
from kazna.plumbing.numbering import take

IN_KIND = ("goods", "service", "privilege", "in_kind")


class ProvisionRefused(DomainError):
    sentence = "Выдача не записана: {reason}."


@transaction.atomic
def issue_certificates(events: Sequence[AwardGranted]) -> int:
    """One certificate or provision per award; an award told twice changes nothing. Returns the certificates made.

    A certificate that the limit does not let go waits in its order; the holder is told.
    """
    known = set(
        Certificate.objects.filter(award_id__in=[e.award_id for e in events]).values_list("award_id", flat=True)
    )
    fresh = [
        event
        for event in {event.award_id: event for event in events}.values()
        if event.form == "certificate" and event.measure in programmes() and event.award_id not in known
    ]
    if fresh:
        numbers = take("certificate", len(fresh))
        Certificate.objects.bulk_create(
            [_certificate(event, number) for event, number in zip(fresh, numbers, strict=True)]
        )
        causes = {event.award_id: event.cause for event in fresh}
        issue_what_fits(max(event.on for event in fresh), causes)
        held = Certificate.objects.filter(award_id__in=list(causes), state=CertificateStage.WAITING).order_by("number")
        notifications.notify([waiting_letter(one, one.granted_on, causes[one.award_id]) for one in held])
    insert_all(
        [
            Provision(
                award_id=event.award_id, measure=event.measure, body=event.body, form=event.form,
                recipient_id=event.recipient_id, first_day=event.first_day, last_day=event.last_day,
            )
            for event in events
            if event.form in IN_KIND
        ],
        unless=["award_id"],
    )  # fmt: skip
    return len(fresh)


@transaction.atomic
def give_in_kind(*, award_id: UUID, document: str, on: date) -> None:
    """Goods were handed over, a service done, a privilege opened; the same document again changes nothing."""
    found = Provision.objects.select_for_update().filter(pk=award_id).first()
    if found is None:
        raise ProvisionRefused(reason="такого назначения в натуральной форме нет")
    if found.given_on is not None:
        if found.document != document:
            raise ProvisionRefused(reason=f"уже выдано по документу «{found.document}»")
        return
    found.given_on, found.document = on, document
    found.save(update_fields=["given_on", "document"])


def _certificate(event: AwardGranted, number: int) -> Certificate:
    programme = programmes()[event.measure]
    last_day = event.on + timedelta(days=programme.days - 1)
    return Certificate(
        number=f"{event.on:%Y}{number:021d}",
        award_id=event.award_id,
        measure=event.measure,
        body=event.body,
        kbk=kbk_of(event.measure, event.body),
        recipient_id=event.recipient_id,
        program=programme.code,
        goods=programme.goods,
        amount_kopecks=event.amount_kopecks,
        state=CertificateStage.WAITING,
        granted_on=event.on,
        days=programme.days,
        latest_day=event.last_day,
        first_day=event.on,
        last_day=min(last_day, event.last_day) if event.last_day else last_day,
    )
