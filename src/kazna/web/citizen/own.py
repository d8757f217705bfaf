"""What belongs to the citizen: the self, the wards, and nobody else's."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest

from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers

ACTS_FOR = "acts_for"


def me(request: HttpRequest) -> UUID:
    """For whom the account acts: its own person, or the ward chosen («за кого»)."""
    return acting_for(request) or request.viewer.person_ids[0]


def acting_for(request: HttpRequest) -> UUID | None:
    """The ward chosen in this session, as long as the register still shows the tie; None: for oneself."""
    chosen = request.session.get(ACTS_FOR)
    wards = {str(person_id): person_id for person_id in request.viewer.person_ids[1:]}
    return wards.get(chosen or "")


def must_be_ours(request: HttpRequest, *person_ids: UUID) -> None:
    """404 unless one of the people is the citizen or a ward; what is another's does not exist here."""
    if not set(person_ids) & set(request.viewer.person_ids):
        raise Http404


def names(person_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Full names by person; people hidden from the viewer are left out."""
    found = registers.cards([person_id for person_id in set(person_ids) if person_id])
    return {person_id: card.full_name for person_id, card in found.items()}


def needs_account(order: payments.PaymentView) -> bool:
    """The money waits for the person to give an account (and not for a budget or for heirs)."""
    return order.state == "returned" or (order.state == "held" and order.hold_reason in ("", "no_account"))
