"""How the screens look and speak: type, colours, language; kept in cookies, no account needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from kazna.web.addresses import own_address
from kazna.web.display import YEAR_SECONDS, Display, display_of, remember_display
from kazna.web.home.forms import DisplayForm
from kazna.web.language import CHOICES
from kazna.web.powers import open_to_all


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def display(request: HttpRequest) -> HttpResponse:
    """«Версия для слабовидящих»: choose, see it at once, go back to where you were."""
    going_to = own_address(request.POST.get("next") or request.GET.get("next"), resolve_url("home"))
    if request.method == "POST":
        form = DisplayForm(request.POST)
        if form.is_valid():
            response = redirect(going_to)
            remember_display(response, Display(**form.cleaned_data))
            return response
        return render(request, "home/display.html", {"form": form, "going_to": going_to}, status=422)
    now = display_of(request)
    form = DisplayForm(initial={"size": now.size, "colours": now.colours})
    return render(request, "home/display.html", {"form": form, "going_to": going_to})


@csrf_exempt  # a stranger's page with this button holds no token, so that browsers may keep it
@require_POST
@open_to_all
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language and show the same page in it."""
    response = redirect(own_address(request.POST.get("next"), resolve_url("home")))
    language = request.POST.get("language", "")
    if language in CHOICES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
    return response
