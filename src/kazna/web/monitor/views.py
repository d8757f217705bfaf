"""The spine as it lives: counts and rates, what waits, what failed, what came last."""

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
from kazna.web.journal import note_act
from kazna.web.monitor.events import bus_lag
from kazna.web.powers import allow

MESSAGES_SHOWN = 12


@require_safe
@allow("officer", "methodologist", "administrator")
def monitor(request: HttpRequest) -> HttpResponse:
    """The whole page; the panel in it renews itself every two seconds where JavaScript is on."""
    return render(request, "monitor/monitor.html", _panel())


@require_safe
@allow("officer", "methodologist", "administrator")
def panel(request: HttpRequest) -> HttpResponse:
    """The moving part alone."""
    return render(request, "monitor/_panel.html", _panel())


@require_POST
@allow("officer", "methodologist", "administrator")
def retry(request: HttpRequest) -> HttpResponse:
    """Try a stuck event again, or all of them."""
    chosen = request.POST.get("delivery", "")
    count = retry_stuck(delivery_ids=[int(chosen)] if chosen.isdecimal() and len(chosen) < 19 else None)
    note_act(request, "retry", thing=chosen or "all", purpose=f"Повтор застрявших событий: {count}")
    return redirect("monitor")


def _panel() -> dict[str, Any]:
    rights = measures.counts()
    orders = {state: pieces for state, (pieces, _kopecks) in payments.counts()["orders"].items()}
    return {
        "intake": integration.counts(),
        "registers": registers.counts(),
        "events": life_events.counts(),
        "cases": cases.counts(),
        "payments": orders,
        "totals": {**_by_state(rights), "orders": sum(orders.values())},
        "notices": notifications.counts(),
        "exchange": integration.smev_counts(on=clock.today()),
        "latency": notifications.latency(),
        "pulse": pulse.pulse(),
        "failed": pulse.failed_events(),
        "bus": bus_lag(),
        "recent": integration.recent(limit=MESSAGES_SHOWN),
    }


def _by_state(rights: dict[str, dict[str, int]]) -> dict[str, int]:
    """Rights of all measures together."""
    totals = {state: sum(row.get(state, 0) for row in rights.values()) for state in ("granted", "refused", "unknown")}
    return {**totals, "rights": sum(totals.values())}
