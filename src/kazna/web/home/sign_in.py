"""Signing in and out with a built-in account."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kazna.contexts.audit import public as audit
from kazna.contexts.identity import public as identity
from kazna.web.addresses import own_address
from kazna.web.home.forms import SignInForm
from kazna.web.powers import open_to_all

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password; go on to where the visitor was heading."""
    going_to = own_address(request.POST.get("next") or request.GET.get("next"), resolve_url("begin"))
    if request.method != "POST":
        return render(request, "home/sign_in.html", {"form": SignInForm(), "going_to": going_to})
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
    return render(request, "home/sign_in.html", {"form": form, "going_to": going_to}, status=422)


@require_POST
@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the session and go to the open home page."""
    auth.logout(request)
    return redirect("home")
