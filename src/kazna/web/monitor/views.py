"""The spine as it lives: counts and rates, what waits, what failed, what came last."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from kazna.contexts.cases import public as cases
from kazna.contexts.integration import public as integration
from kazna.contexts.life_events import public as life_events
from kazna.contexts.measures import public as measures
from kazna.contexts.notifications import public as notifications
from kazna.contexts.payments import public as payments
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock, pulse
from kazna.plumbing.deliver import retry_stuck
from kazna.plumbing.kept import Kept, Key
from kazna.web.journal import note_act
from kazna.web.monitor.events import bus_lag
from kazna.web.powers import allow

MESSAGES_SHOWN = 12
STEPS = {  # of the main path: the events that tell of each
    "facts": ("FactsChanged",), "events": ("LifeEventFound",), "rights": ("RightFound",),
    "decisions": ("DecisionMade",), "payments": ("PaymentCredited", "PaymentReturned"),
}  # fmt: skip


@require_safe
@allow("officer", "methodologist", "administrator")
def monitor(request: HttpRequest) -> HttpResponse:
    """The panel in it renews itself where JavaScript is on. Figures are the same for all, messages are one's own."""
    told, recent = figures.get(), integration.recent(limit=MESSAGES_SHOWN) if request.viewer.role == "officer" else []
    context = {
        **(told.figures if told else {}), "counted_at": told and told.counted_at, "recent": recent,
        "failed": pulse.failed_events(), "bus": bus_lag(),
    }  # fmt: skip
    return render(request, "monitor/monitor.html", context)


@require_POST
@allow("officer", "methodologist", "administrator")
def retry(request: HttpRequest) -> HttpResponse:
    """Try a stuck event again, or all of them."""
    chosen = request.POST.get("delivery", "")
    count = retry_stuck(delivery_ids=[int(chosen)] if chosen.isdecimal() and len(chosen) < 19 else None)
    note_act(request, "retry", thing=chosen or "all", purpose=f"Повтор застрявших событий: {count}")
    return redirect("monitor")


def _figures(_place: Key) -> dict[str, Any]:
    """Whole tables are counted: seconds at a million people, so they are kept for everybody who looks."""
    intake, rates = integration.counts(), pulse.rates()
    rights = measures.counts()
    orders = payments.orders_by_state()
    return {
        "intake": {"by_status": intake.by_status, "repeats": intake.repeats},
        "rates": {"messages": intake.per_minute}
        | {step: sum(rates.get(kind, 0) for kind in kinds) for step, kinds in STEPS.items()},
        "agencies": _agencies(intake),
        "registers": registers.counts(),
        "events": life_events.counts(),
        "cases": cases.counts(),
        "payments": orders,
        "totals": {**_by_state(rights), "orders": sum(orders.values())},
        "notices": notifications.counts(),
        "exchange": asdict(integration.smev_counts(on=clock.today())),
        "latency": asdict(notifications.latency()),
        "pulse": [asdict(one) for one in pulse.pulse()],
    }


figures = Kept("monitor", _figures)


def _agencies(intake: integration.IntakeCounts) -> list[tuple[str, int, int, int]]:
    """How those we ask answer: (agency, asked, waits, did not answer), who fails first."""
    found: dict[str, Counter[str]] = {}
    for (agency, status), number in intake.questions.items():
        found.setdefault(agency, Counter())[status] += number
    rows = [
        (agency, told.total(), sum(told[one] for one in ("queued", "sent")), told["failed"])
        for agency, told in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[3], -row[2], row[0]))


def _by_state(rights: dict[str, dict[str, int]]) -> dict[str, int]:
    """Rights of all measures together."""
    totals = {state: sum(row.get(state, 0) for row in rights.values()) for state in ("granted", "refused", "unknown")}
    return {**totals, "rights": sum(totals.values())}
