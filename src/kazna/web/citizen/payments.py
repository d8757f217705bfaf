"""My payments: what came, what will come, what went wrong and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.payments import public as payments
from kazna.plumbing import clock
from kazna.web.citizen.months import changes, chart_of, months_of
from kazna.web.citizen.own import me, needs_account
from kazna.web.paging import day_and_id, page_of
from kazna.web.powers import allow

PER_PAGE = 25
COMPARED = 200  # orders: more than a year of them


@require_safe
@allow("citizen")
def payments_list(request: HttpRequest) -> HttpResponse:
    """Newest first, by key."""
    person_id = me(request)
    recent = payments.payments_of(person_id=person_id, limit=COMPARED) if "after" not in request.GET else []
    page = page_of(
        request,
        lambda after: (
            payments.payments_of(person_id=person_id, limit=PER_PAGE + 1, after=after)
            if "after" in request.GET
            else recent[: PER_PAGE + 1]
        ),
        key=lambda order: f"{order.month}_{order.order_id}",
        parse=day_and_id,
        size=PER_PAGE,
    )
    certificates = payments.certificates_of(person_id=person_id, on=clock.today())
    owes = any(one.state == "owed" for one in payments.overpayments_of(person_id=person_id))
    awards = {award.award_id: award for award in cases.awards_of(person_id=person_id)}
    withheld = payments.withheld_of(order_ids=[order.order_id for order in page.rows if order.withheld_kopecks])
    months = months_of(recent)
    context = {
        "page": page,
        "awards": awards,
        "needs_account": needs_account,
        "owes": owes,
        "certificates": certificates,
        "months": months,
        "chart": chart_of(months),
        "withheld": withheld,
        "has_writs": bool(payments.writs_of(person_id=person_id)),
        "changes": changes(recent, months),
    }
    return render(request, "citizen/payments.html", context)
