"""Another account for my payments: fill in, check, send."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kazna.contexts.registers import public as registers
from kazna.events.cause import Cause
from kazna.plumbing import clock
from kazna.web.citizen.forms import AccountForm
from kazna.web.citizen.own import me
from kazna.web.journal import note_act
from kazna.web.powers import allow


@require_http_methods(["GET", "HEAD", "POST"])
@allow("citizen")
def account(request: HttpRequest) -> HttpResponse:
    """Ask for the account; a valid one is shown again to be checked and only then recorded.

    For a ward only where the act of appointment leaves it to the guardian (48-ФЗ, статья 15).
    """
    registers.must_represent(request.viewer.person_ids[0], me(request), clock.today(), act="accounts")
    if request.method != "POST":
        return render(request, "citizen/account.html", {"form": AccountForm(), "known": _known(request)})
    form = AccountForm(request.POST)
    if not form.is_valid() or request.POST.get("step") == "change":
        status = 422 if form.errors else 200
        return render(request, "citizen/account.html", {"form": form, "known": _known(request)}, status=status)
    if request.POST.get("step") != "send":
        return render(request, "citizen/account_check.html", {"form": form})
    _record(request, form.cleaned_data)
    return redirect("my_account_done")


@require_safe
@allow("citizen")
def account_done(request: HttpRequest) -> HttpResponse:
    """The receipt."""
    return render(request, "citizen/account_done.html", {"known": _known(request)})


@require_safe
@allow("citizen")
def where_letters_led(request: HttpRequest) -> HttpResponse:
    """Notices of returned payments written before led to an address that was not there."""
    return redirect("my_account", permanent=True)


def _record(request: HttpRequest, given: dict[str, str]) -> None:
    today = clock.today()
    fact = registers.NewFact(
        kind="person.account",
        subject_id=me(request),
        object_id=None,
        thing=f"cabinet/{today}/{given['bik']}/{given['account']}",
        valid_from=today,
        valid_to=None,
        value={"bik": given["bik"], "account": given["account"], "holder": None}
        | ({"card": given["card"]} if given["card"] else {}),
    )
    cause = Cause(document_id=None, received_at=timezone.now())
    registers.report([fact], source="citizen", on=today, cause=cause)
    note_act(request, "account", person_id=me(request), purpose="Новый счёт для выплат")


def _known(request: HttpRequest) -> registers.Fact | None:
    """The account in force, told last."""
    today = clock.today()
    facts = registers.facts_of([me(request)], kinds=["person.account"])
    return max((fact for fact in facts if fact.holds_on(today)), key=lambda fact: fact.seq, default=None)
