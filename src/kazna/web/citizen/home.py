"""The cabinet's first page: what needs me, what I get, what I may get."""

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
from kazna.web.citizen.own import me, names, needs_account
from kazna.web.powers import allow

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
    return render(
        request,
        "citizen/home.html",
        {
            "card": registers.cards([person_id])[person_id],
            "offers": [case for case in matters if case.state == "offered"],
            "rights": {right.id: right for right in rights},
            "running": [case for case in matters if case.state in STILL_RUNNING],
            "awards": awards,
            "next_orders": _next_by_award(orders),
            "troubled": [order for order in orders if needs_account(order)],
            "unsure": [right for right in rights if right.state == "unknown" and right.id not in in_hand],
            "unread": notifications.unread(person_id=person_id),
            "names": names([*(award.subject_id for award in awards), *(case.subject_id for case in matters)]),
            "me": person_id,
        },
    )


def _next_by_award(orders: list[payments.PaymentView]) -> dict[object, payments.PaymentView]:
    """The newest order of each award: the next payment or the last one."""
    newest: dict[object, payments.PaymentView] = {}
    for order in orders:
        newest.setdefault(order.award_id, order)
    return newest
