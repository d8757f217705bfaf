"""The person allows an agreement, or takes the consent back."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kazna.contexts.disclosure.contracts import ConsentNotAsked
from kazna.contexts.disclosure.models import Agreement, Consent, Subscription


@transaction.atomic
def give_consent(*, agreement_id: int, person_id: UUID, on: date, now: datetime) -> None:
    """Repeatable. Raises ConsentNotAsked. Law: 152-ФЗ, articles 6 and 9."""
    in_force = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    if not Agreement.objects.filter(in_force, id=agreement_id, needs_consent=True, consumer__is_active=True).exists():
        raise ConsentNotAsked()
    if not Consent.objects.filter(agreement_id=agreement_id, person_id=person_id, withdrawn_at=None).exists():
        Consent.objects.bulk_create([Consent(agreement_id=agreement_id, person_id=person_id, given_at=now)])


@transaction.atomic
def withdraw_consent(*, agreement_id: int, person_id: UUID, now: datetime) -> None:
    """From now on nothing is given under the agreement, changes included. Law: 152-ФЗ, article 9, part 2."""
    Consent.objects.filter(agreement_id=agreement_id, person_id=person_id, withdrawn_at=None).update(withdrawn_at=now)
    Subscription.objects.filter(agreement_id=agreement_id, person_id=person_id).delete()
