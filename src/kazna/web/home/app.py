"""The site as an application: manifest, service worker, the page shown without a network."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kazna.kernel.places import ROOT
from kazna.web.powers import open_to_all

SCRIPT = ROOT / "src" / "kazna" / "web" / "static" / "worker.js"


@require_safe
@open_to_all
def manifest(request: HttpRequest) -> HttpResponse:
    """By W3C Web Application Manifest."""
    icons = [
        {"src": static(f"app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    shortcuts = [
        {"name": _("Мои выплаты"), "url": reverse("my_payments")},
        {"name": _("Сообщения"), "url": reverse("my_inbox")},
    ]
    told = {
        "id": "/",
        "name": _("Казна — государственная поддержка"),
        "short_name": _("Казна"),
        "lang": "ru",
        "start_url": reverse("begin"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f3f6f4",
        "theme_color": "#0a5a49",
        "icons": icons,
        "shortcuts": shortcuts,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@open_to_all
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from the root so that it serves the whole site."""
    script = SCRIPT.read_text(encoding="utf-8")
    for name in ("kazna.css", "kazna.js", "fonts/golos-text-cyrillic.woff2", "fonts/golos-text-latin.woff2"):
        script = script.replace(f'"/static/{name}"', f'"{static(name)}"')
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@open_to_all
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown when there is no network and the page was not kept, or a form did not get through."""
    return render(request, "home/offline.html", {"unsent": "unsent" in request.GET})
