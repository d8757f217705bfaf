"""Signing in with a built-in account, and signing out."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kazna.contexts.audit import public as audit
from kazna.contexts.identity import public as identity
from kazna.kernel.errors import DomainError
from kazna.web.addresses import own_address
from kazna.web.home.elsewhere import BACKEND, SIGNED_IN_BY
from kazna.web.home.forms import SignInForm
from kazna.web.kept_forms import KEPT
from kazna.web.powers import open_to_all


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Offer the providers, ask for login and password; go on to where the visitor was heading."""
    going_to = own_address(request.POST.get("next") or request.GET.get("next"), resolve_url("begin"))
    page = {"going_to": going_to, "providers": identity.sign_in_providers(), "timed_out": "late" in request.GET}
    page["kept"] = KEPT in request.session
    if request.method != "POST":
        return render(request, "home/sign_in.html", page | {"form": SignInForm()})
    form = SignInForm(request.POST)
    if form.is_valid():
        try:
            account = identity.sign_in(**form.cleaned_data, now=timezone.now())
        except (identity.WrongPassword, identity.AccountClosedForAWhile) as refusal:
            form.add_error(None, str(refusal))
        else:
            auth.login(request, account, backend=BACKEND)
            audit.record([audit.NewEntry(act="sign_in", login=account.login, role=account.role, body=account.body)])
            return redirect(going_to)
    return render(request, "home/sign_in.html", page | {"form": form}, status=422)


@require_POST
@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the session here; who came by a provider is led through its sign-out too.

    The way there is a page of ours and not a redirect: a form may be sent to this site only.
    """
    came_by = request.session.get(SIGNED_IN_BY)
    auth.logout(request)
    request.viewer = None  # type: ignore[attr-defined]  # the page below is a stranger's
    if not came_by:
        return redirect("home")
    back = settings.KAZNA_PUBLIC_URL + "/" if settings.KAZNA_PUBLIC_URL else request.build_absolute_uri("/")
    try:
        address = identity.goodbye(code=came_by["code"], id_token=came_by["id_token"], back=back)
    except DomainError:  # the provider is no longer set up: our own session is gone all the same
        address = ""
    return render(request, "home/signed_out.html", {"address": address})
