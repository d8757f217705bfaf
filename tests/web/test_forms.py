"""Every form people meet, sent empty, absurd, hostile, very long, tampered with: words come back, never a crash."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import signed_in
from tests.web.found_forms import FoundForm, forms_of
from tests.web.test_accessibility import details
from tests.web.test_screens import SCREENS

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(7)</script>"
HOSTILE = f"{SCRIPT}\"' onfocus=alert(7) ' OR 1=1 -- \x00 \u202e {{{{7*7}}}}"
WAYS = {  # what is typed; whether choices, hidden fields and buttons are left as the page offers them
    "empty": ("", True),
    "absurd": ("-99999999999999999999", True),
    "no such day": ("32.13.0000", True),
    "hostile": (HOSTILE, True),
    "very long": ("ж" * 30_000, True),
    "tampered": (HOSTILE, False),
}
LEFT_ALONE = ("/logout/", "/settings/")
OFFERED = ("hidden", "button", "submit", "select", "radio", "checkbox")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")


def filled(form: FoundForm, typed: str, as_offered: bool) -> dict[str, object]:
    sent: dict[str, object] = {}
    for one in form.fields:
        if one.kind == "file":
            sent[one.name] = SimpleUploadedFile("spravka.pdf", (typed or " ").encode(), "application/pdf")
        elif one.kind in OFFERED and as_offered:
            sent[one.name] = next((value for value in one.values if value), "") if typed or one.kind == "hidden" else ""
        else:
            sent[one.name] = typed
    return sent


def found(client, addresses: list[str]) -> list[FoundForm]:
    """Each form once: the same fields sent to the same kind of address are the same form."""
    forms = {}
    for address in addresses:
        page = client.get(address)
        for form in forms_of(address, page.content.decode()):
            key = (form.method, ID.sub("N", form.address.partition("?")[0]), *(one.name for one in form.fields))
            if form.method != "dialog" and not form.address.startswith(LEFT_ALONE):
                forms.setdefault(key, form)
    return list(forms.values())


@pytest.mark.parametrize("role", sorted({"", *SCREENS}))
def test_no_form_crashes_or_sends_scripts_back(town, client, tmp_path, monkeypatch, role):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    browser = signed_in("mother" if role == "citizen" else role) if role else client
    browser.raise_request_exception = False
    forms = found(browser, [*SCREENS.get(role, []), *details(town, role, tmp_path)[role]])
    wrong = []

    for form in forms:
        for way, (typed, as_offered) in WAYS.items():
            answer = getattr(browser, form.method.lower())(form.address, filled(form, typed, as_offered))
            page = "" if answer.streaming else answer.content.decode("utf-8", "replace")
            where = f"{form.method} {form.address[:80]} {way}"
            wrong += [f"{where}: {answer.status_code}"] if answer.status_code >= 500 else []
            wrong += [f"{where}: the script came back"] if SCRIPT in page else []
            told = re.search(r'role="alert".*?[а-яё]{4}|<h1>[^<]*[а-яё]{4}', page, re.DOTALL | re.IGNORECASE)
            wrong += (
                [f"{where}: refused without words"] if 400 <= answer.status_code < 500 and page and not told else []
            )

    assert forms
    assert "\n".join(wrong) == ""
