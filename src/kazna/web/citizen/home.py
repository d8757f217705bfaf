"""The cabinet's first page: what needs me, what I get, what I may get."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.web.awards import current
from kazna.web.citizen.own import me, needs_account
from kazna.web.powers import allow

MOST_NEEDED, MOST_UNSURE = 3, 3
ON_THEIR_WAY = ("scheduled", "in_register", "sent")
STILL_RUNNING = ("received", "collecting", "waiting_person", "determined")


@require_safe
@allow("citizen")
def home(request: HttpRequest) -> HttpResponse:
    """At most a screenful; every line leads to its own page."""
    person_id, today = me(request), clock.today()
    matters = [case for case in cases.cases_of(person_id=person_id) if case.recipient_id == person_id]
    awards = current(cases.awards_of(person_id=person_id), today)
    rights = measures.rights_of(person_id)
    in_hand = {case.right_id for case in matters if case.state != "closed"}
    orders = payments.payments_of(person_id=person_id, limit=20)
    troubled = [order for order in orders if needs_account(order)]
    offers = [case for case in matters if case.state == "offered"]
    room = MOST_NEEDED - bool(troubled)
    cards = registers.cards([person_id, *(one.subject_id for one in (*awards, *matters) if one.subject_id)])
    return render(
        request,
        "citizen/home.html",
        {
            "card": cards[person_id],
            "offers": offers[:room],
            "more_offers": len(offers[room:]),
            "next_payment": next_payment(payments.obligations_of(person_id=person_id), orders, today),
            "has_wards": len(request.viewer.person_ids) > 1,
            "rights": {right.id: right for right in rights},
            "running": [case for case in matters if case.state in STILL_RUNNING],
            "awards": awards,
            "next_orders": _next_by_award(orders),
            "troubled": troubled,
            "unsure": [right for right in rights if right.state == "unknown" and right.id not in in_hand],
            "most_unsure": MOST_UNSURE,
            "unread": notifications.unread(person_id=person_id),
            "names": {one: card.full_name for one, card in cards.items()},
            "me": person_id,
        },
    )


def _next_by_award(orders: list[payments.PaymentView]) -> dict[object, payments.PaymentView]:
    """The newest order of each award: the next payment or the last one."""
    newest: dict[object, payments.PaymentView] = {}
    for order in orders:
        newest.setdefault(order.award_id, order)
    return newest


@dataclass(frozen=True, slots=True)
class NextPayment:
    """The nearest money: kopecks, the day, the last four digits of the account («» when not known yet)."""

    award_id: UUID
    amount_kopecks: int
    pay_on: date
    account_end: str


def next_payment(
    owed: list[payments.Obligation], orders: list[payments.PaymentView], today: date
) -> NextPayment | None:
    """An order on its way, else the next day of an award that goes on."""
    coming = [order for order in orders if order.state in ON_THEIR_WAY]
    ends = {order.award_id: order.account_end for order in reversed(orders) if order.account_end}
    found = [NextPayment(one.award_id, one.amount_kopecks, one.pay_on, one.account_end) for one in coming]
    found += [
        NextPayment(one.award_id, one.amount_kopecks, one.next_pay_on, ends.get(one.award_id, ""))
        for one in owed
        if one.next_pay_on and one.next_pay_on >= today and one.award_id not in {order.award_id for order in coming}
    ]
    return min(found, key=lambda one: (one.pay_on, -one.amount_kopecks), default=None)
