"""Versions of the classifier of measures: what is in force, drafts, differences, activation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kazna.contexts.egisso import public as egisso
from kazna.kernel.errors import DomainError
from kazna.web.egisso.forms import CodeForm, DraftForm, RuleForm
from kazna.web.journal import note_act
from kazna.web.powers import allow

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def versions(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first; on POST a new draft."""
    form, status = DraftForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            number = egisso.draft_classifier(by=request.user.get_username(), **form.cleaned_data)
            note_act(request, "draft", thing=number, purpose="Черновик версии классификатора")
            return redirect("classifier_version", source="own_", number=number)
    return render(
        request, "egisso/versions.html", {"versions": egisso.classifier_versions(), "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow("methodologist")
def version(request: HttpRequest, source: str, number: int) -> HttpResponse:
    """One version: differences, facets, rules; on POST a code or a rule of a draft."""
    found = _version(source, number)
    facets = [(code, title) for code, title, _ in found["facets"]]
    asked = request.POST.get("act", "")
    code_form = CodeForm(request.POST if asked == "code" else None, facets=facets)
    rule_form = RuleForm(request.POST if asked in ("rule", "drop") else None)
    form, status = (code_form if asked == "code" else rule_form), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _change(request, number, asked, form.cleaned_data)
                return redirect("classifier_version", source=source, number=number)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
    changes = egisso.classifier_changes(number=number, source=source)
    return render(
        request,
        "egisso/version.html",
        {
            "version": found, "changes": changes[:MOST_SHOWN], "changes_count": len(changes),
            "rules": found["rules"][:MOST_SHOWN], "code_form": code_form, "rule_form": rule_form, "form": form,
        },
        status=status,
    )  # fmt: skip


def _change(request: HttpRequest, number: int, act: str, data: dict[str, str]) -> None:
    by = request.user.get_username()
    if act == "code":
        egisso.put_classifier_code(number=number, by=by, **data)
    elif act == "drop":
        egisso.drop_classifier_rule(number=number, code=data["code"].strip(), by=by)
    else:
        egisso.put_classifier_rule(number=number, code=data["code"].strip(), by=by)
    note_act(request, "classifier", thing=number, purpose=f"Правка черновика: {act}")


@require_POST
@allow("methodologist")
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Publish, activate, archive, or return to a draft."""
    chosen = request.POST.get("to", "")
    if not (chosen.isdecimal() and len(chosen) == 1):
        raise Http404
    egisso.move_classifier(number=number, to=int(chosen), by=request.user.get_username())
    note_act(request, "classifier", thing=number, purpose=f"Состояние версии: {chosen}")
    return redirect("classifier_version", source="own_", number=number)


@require_safe
@allow("methodologist")
def message(request: HttpRequest, source: str, number: int) -> HttpResponse:
    """The distribution message: the whole version, or its activation."""
    _version(source, number)
    activation = request.GET.get("kind") == "activation"
    body = egisso.classifier_message(number=number, source=source, activation=activation)
    response = HttpResponse(body, content_type="application/xml")
    name = f"{'10.03.O' if activation else '10.01.O'}-{number}.xml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _version(source: str, number: int) -> dict:  # type: ignore[type-arg]
    try:
        return egisso.classifier_version(number=number, source=source)
    except DomainError as refusal:
        raise Http404 from refusal
