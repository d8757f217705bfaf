"""What was typed outlives the session; a form sent twice is answered once."""

import re
import threading
import time
from uuid import uuid4

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import PASSWORD, signed_in
from tests.web.found_forms import forms_of
from tests.web.scenes import offer_of
from tests.web.test_accessibility import details
from tests.web.test_forms import filled, found
from tests.web.test_screens import SCREENS

from kazna.contexts.audit import public as audit
from kazna.contexts.registers import public as registers
from kazna.plumbing import answers
from kazna.plumbing.models import Answered
from kazna.web.form_key import FIELD, FormKey
from kazna.web.forms_once import _sent
from kazna.web.kept_forms import KEPT
from kazna.web.session_limits import SEEN

pytestmark = pytest.mark.django_db
ACCOUNT = {"bik": "044525225", "account": "4081781093816000000", "card": ""}
TYPED = "Отчество моё — Семёновна; «кавычки» & <теги> остаются как были.\nВторая строка."
WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM) \"?(\w+)")
DAY = re.compile(r"_on$|_day$|^day|since|until|date")
TECHNICAL = {"plumbing_answered", "django_session"}


def hidden(browser: Client, page: str, last: bool = True) -> str:
    return re.findall(rf'name="{FIELD}" value="([^"]+)"', browser.get(page).content.decode())[-1 if last else 0]


def silent(browser: Client) -> None:
    session = browser.session
    session[SEEN] = time.time() - 31 * 60
    session.save()


def wrong_fact(browser: Client) -> str:
    page = browser.get("/my/data/").content.decode()
    return re.findall(r"/my/facts/[0-9a-f-]+/wrong/", page)[-1]


def back(browser: Client, location: str, login: str = "mother"):
    """Sign in where the redirect led and open the page it leads on to."""
    page = browser.get(location).content.decode()
    going_to = re.search(r'name="next" value="([^"]*)"', page)[1].replace("&amp;", "&")
    answer = browser.post("/login/", {"login": login, "password": PASSWORD, "next": going_to})
    return page, browser.get(answer.headers["Location"])


@pytest.mark.parametrize("how", ["silence", "no session"])
def test_what_was_typed_comes_back_after_signing_in(town, how):
    browser = signed_in("mother")
    page = wrong_fact(browser)
    sent = {"claim": TYPED, FIELD: hidden(browser, page)}
    if how == "silence":
        silent(browser)
    else:
        browser.session.flush()

    late = browser.post(page, sent)
    asked, answer = back(browser, late.headers["Location"])

    html = answer.content.decode()
    assert "не пропало" in asked
    assert "Форма ещё не отправлена" in html
    assert "Отчество моё — Семёновна; «кавычки» &amp; &lt;теги&gt; остаются как были.\nВторая строка." in html
    assert "Форма ещё не отправлена" not in browser.get(page).content.decode()
    assert browser.post(page, {"claim": TYPED, FIELD: hidden(browser, page)}).status_code == 302


def test_another_account_does_not_see_what_was_typed(town):
    browser = signed_in("mother")
    page = wrong_fact(browser)
    sent = {"claim": TYPED, FIELD: hidden(browser, page)}
    silent(browser)
    late = browser.post(page, sent)

    _asked, answer = back(browser, late.headers["Location"], "citizen")

    assert "Семёновна" not in answer.content.decode()
    assert KEPT not in browser.session


def test_what_is_kept_cannot_be_read_and_holds_an_hour(town, monkeypatch):
    browser = signed_in("mother")
    page = wrong_fact(browser)
    sent = {"claim": TYPED, "password": "тайна", FIELD: hidden(browser, page)}
    silent(browser)
    late = browser.post(page, sent)

    assert "Семёновна" not in str(dict(browser.session.items()))
    monkeypatch.setattr("kazna.web.kept_forms.SECONDS", -1)
    assert "Семёновна" not in back(browser, late.headers["Location"])[1].content.decode()


def test_a_form_of_nobody_known_is_not_kept(town):
    """Without a key written by us a stranger's page could put words into a form."""
    browser = signed_in("mother")
    page = wrong_fact(browser)
    forged = signing.dumps(["x", "1", "", page], salt="another")
    silent(browser)

    browser.post(page, {"claim": TYPED, FIELD: forged})

    assert KEPT not in browser.session


def test_a_page_of_before_signing_in_anew_is_shown_filled(town):
    browser = Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get("/login/").content.decode())[1]
    browser.post("/login/", {"login": "mother", "password": PASSWORD, "csrfmiddlewaretoken": token})
    page = wrong_fact(browser)
    sent = {"claim": TYPED, FIELD: hidden(browser, page), "csrfmiddlewaretoken": "0" * 32}

    answer = browser.post(page, sent, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert "Вторая строка." in answer.content.decode()


def test_a_form_for_a_ward_is_never_taken_for_oneself(town):
    browser = signed_in("mother")
    browser.post("/my/acting/", {"person": str(town.child)})
    page = wrong_fact(browser)
    sent = {"claim": TYPED, FIELD: hidden(browser, page)}
    browser.post("/my/acting/", {"person": ""})  # in another window

    answer = browser.post(page, sent, follow=True).content.decode()

    assert "Вы действуете за подопечного" in answer
    assert "Вторая строка." in answer
    assert "act_for" in {one.act for one in audit.looks_at(town.child)}


def test_an_account_typed_too_late_is_in_its_form_again(town):
    browser = signed_in("mother")
    sent = ACCOUNT | {FIELD: hidden(browser, "/my/account/")}
    silent(browser)

    _asked, answer = back(browser, browser.post("/my/account/", sent).headers["Location"])

    assert 'value="4081781093816000000"' in answer.content.decode()
    assert registers.facts_of([town.mother], kinds=["person.account"]) == []


def test_choices_and_boxes_come_back_too(town):
    browser = signed_in("mother")
    form = next(one for one in forms_of("/my/channels/", browser.get("/my/channels/").content.decode())
                if any(field.kind == "checkbox" for field in one.fields))  # fmt: skip
    boxes = [field for field in form.fields if field.kind == "checkbox"]
    sent = {field.name: "on" for field in boxes} | {FIELD: hidden(browser, "/my/channels/")}
    silent(browser)

    _asked, answer = back(browser, browser.post(form.address, sent).headers["Location"])

    html = answer.content.decode()
    assert all(re.search(rf'<input[^>]*name="{one.name}"[^>]*checked', html) for one in boxes)


def test_a_second_sending_gets_the_answer_of_the_first(town):
    browser = signed_in("mother")
    offer = offer_of(town, "ru-child-benefit")
    page = f"/my/cases/{offer.case_id}/"
    form = next(
        one
        for one in forms_of(page, browser.get(page).content.decode())
        if one.address.endswith(("confirm/", "choose/"))
    )
    sent = filled(form, "да", as_offered=True)

    first, second = browser.post(form.address, sent), browser.post(form.address, sent)

    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])


def test_other_words_are_another_sending(town):
    browser = signed_in("mother")
    key = hidden(browser, "/my/account/")
    step = {"bik": "044525225", "account": "40817810938160000001", "card": "", "step": "send", FIELD: key}

    browser.post("/my/account/", step)
    mistaken = browser.post("/my/account/", step | {"account": "1"})

    assert mistaken.status_code == 422


@pytest.mark.parametrize("role", sorted({"", *SCREENS}))
def test_no_form_works_twice(town, client, tmp_path, monkeypatch, role):
    """Every form the pages offer, sent as offered two times: the second time writes nothing."""
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    browser = signed_in("mother" if role == "citizen" else role) if role else client
    browser.raise_request_exception = False
    addresses = [*SCREENS.get(role, []), *details(town, role, tmp_path)[role]]
    forms = [one for one in found(browser, addresses) if one.method.lower() == "post"]
    wrong, done = [], 0

    for form in forms:
        sent = filled(form, "Проверка сведений за 2026 год", as_offered=True)
        sent |= {one.name: "05.03.2026" for one in form.fields if one.kind == "text" and DAY.search(one.name)}
        with CaptureQueriesContext(connection) as asked:
            first = browser.post(form.address, dict(sent))
        wrote = {match[2] for one in asked if (match := WRITES.match(one["sql"]))} - TECHNICAL - {"audit_entry"}
        if first.status_code != 302 and not (first.status_code == 200 and wrote):
            continue
        done += 1
        rewind(sent)
        with CaptureQueriesContext(connection) as asked:
            second = browser.post(form.address, dict(sent))
        again = {match[2] for one in asked if (match := WRITES.match(one["sql"]))} - TECHNICAL
        if (second.status_code, second.headers.get("Location")) != (
            302,
            first.headers.get("Location", form.address),
        ) or again:
            wrong.append(f"{form.address}: {second.status_code} {second.headers.get('Location')} {again}")

    assert "\n".join(wrong) == ""
    assert done or role in ("", "branch", "methodologist", "supervisor")


def rewind(sent: dict[str, object]) -> None:
    for one in sent.values():
        if hasattr(one, "seek"):
            one.seek(0)


@pytest.mark.django_db(transaction=True)
def test_a_second_click_waits_for_the_first_one():
    from django.db import transaction

    key, told = uuid4(), []

    def second() -> None:
        with transaction.atomic():
            told.append(answers.claim(key))
        connection.close()

    with transaction.atomic():
        assert answers.claim(key) is None
        click = threading.Thread(target=second)
        click.start()
        time.sleep(0.3)
        assert told == []
        answers.remember(key, "/done/")
    click.join(10)

    assert told == ["/done/"]


def test_what_failed_may_be_sent_again_and_old_answers_are_forgotten(town):
    key = uuid4()
    assert answers.claim(key) is None
    answers.release(key)
    assert answers.claim(key) is None
    answers.remember(key, "/done/")
    Answered.objects.update(at="2020-01-01T00:00:00Z")

    answers.forget(town.today)

    assert not Answered.objects.exists()


def test_another_file_of_the_same_name_and_size_is_another_sending():
    def sent(content: bytes) -> object:
        file = SimpleUploadedFile("справка.pdf", content)
        request = RequestFactory().post("/apply/files/", {"why": "x", "file": file})
        number = _sent(request, FormKey("n", "", "", "/"))
        assert request.FILES["file"].read() == content  # the view reads it from its beginning
        return number

    assert sent(b"one") == sent(b"one") != sent(b"two")
