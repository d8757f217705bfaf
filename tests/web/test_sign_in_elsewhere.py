"""«Войти через Госуслуги»: real processes, both protocols, and everything that may be wrong with an answer."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlparse

import httpx
import pytest
from django.conf import settings
from django.test import Client
from tests.contexts.identity.services import PEOPLE, esia_service, plain_service, through
from tests.factories.people import cause, fact
from tests.web.conftest import TODAY, signed_in

from kazna.contexts.audit import public as audit
from kazna.contexts.identity import public as identity
from kazna.contexts.identity.models import Account, Alarm, Link
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
OFF = {"esia": {**settings.KAZNA_SIGN_IN["esia"], "url": ""}, "oidc": {**settings.KAZNA_SIGN_IN["oidc"], "url": ""}}


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with esia_service(tmp_path_factory.mktemp("esia"), PEOPLE) as settings_of_client:
        yield settings_of_client


@pytest.fixture(params=["v3", "classic"])
def esia(request, service, settings):
    settings.KAZNA_SIGN_IN = OFF | {"esia": {**service, "protocol": request.param}}
    return service["url"]


@pytest.fixture
def v3(service, settings):
    settings.KAZNA_SIGN_IN = OFF | {"esia": service}
    yield service["url"]
    httpx.post(service["url"] + "/trouble/none")


def leave(browser: Client, going_to: str = "") -> str:
    answer = browser.get("/login/esia/" + (f"?{urlencode({'next': going_to})}" if going_to else ""))
    assert answer.status_code == 302
    return answer.headers["Location"]


def come(browser: Client, oid: str = "1000001"):
    return browser.get(through(leave(browser), oid=oid))


def test_a_confirmed_person_signs_in_by_either_protocol(town, esia):
    browser = Client()
    before = browser.get("/login/").content.decode()

    answer = browser.get(through(leave(browser, "/my/data/"), oid="1000001"))

    assert "Войти через Госуслуги" in before
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/data/")
    assert "Смирнова Анна Сергеевна" in browser.get("/my/data/").content.decode()
    assert Account.objects.filter(person_id=town.mother).count() == 1  # the account that was there is used
    assert audit.entries(act="sign_in")[0].thing == "esia"


def test_a_second_sign_in_uses_the_same_link(town, v3):
    come(Client())
    come(Client())

    assert Link.objects.count() == 1


def test_who_comes_through_esia_acts_for_a_grown_up_ward_by_the_register(town, v3):
    value = {"form": "guardianship", "act": "77-5", "limits": []}
    told = fact("family.guardianship", town.disabled, date(2026, 1, 5), value, about=town.mother)
    registers.report([told], source="opeka", on=TODAY, cause=cause(TODAY))
    browser = Client()
    come(browser)

    assert browser.post("/my/acting/", {"person": str(town.disabled)}).status_code == 302
    assert "Ёлкин" in browser.get("/my/data/").content.decode()
    assert browser.post("/my/acting/", {"person": str(town.stranger)}).status_code == 404


def test_a_person_without_an_account_gets_one(town, v3):
    Account.objects.filter(person_id=town.mother).delete()

    assert come(Client()).status_code == 302
    assert not Account.objects.get(person_id=town.mother).has_usable_password()


def test_an_unconfirmed_account_is_told_what_to_do(town, v3):
    answer = come(Client(), "1000003")

    assert answer.status_code == 403
    assert "Как подтвердить учётную запись" in answer.content.decode()
    assert Link.objects.count() == 0


def test_another_birthday_raises_an_alarm_and_links_nobody(town, v3):
    browser = Client()

    answer = come(browser, "1000002")

    assert answer.status_code == 409
    assert "дата рождения" in answer.content.decode()
    assert Link.objects.count() == 0
    assert Alarm.objects.get().fields == ["дата рождения"]
    assert browser.get("/my/").status_code == 302
    officer = signed_in("officer")
    assert "Смирнова Анна Сергеевна" in officer.get("/work/alarms/").content.decode()
    officer.post(f"/work/alarms/{Alarm.objects.get().id}/")
    assert identity.alarms(limit=5) == []


def test_a_link_never_moves_to_another_person(town, v3):
    come(Client())
    Link.objects.update(account=Account.objects.get(login="citizen"))

    answer = come(Client())

    assert answer.status_code == 409
    assert Alarm.objects.get().fields == ["владелец учётной записи"]


def test_nobody_here_has_this_snils(town, v3):
    answer = come(Client(), "1000004")

    assert answer.status_code == 409
    assert "нет человека с вашим СНИЛС" in answer.content.decode()


def test_an_answer_is_used_once(town, v3):
    browser = Client()
    back = through(leave(browser), oid="1000001")
    browser.get(back)

    again = browser.get(back)
    stolen = Client().get(back)

    assert [again.status_code, stolen.status_code] == [409, 409]
    assert "уже использован" in stolen.content.decode()


def test_a_code_is_used_once_at_the_provider(town, v3):
    first, second = Client(), Client()
    code = parse_qs(urlparse(through(leave(first), oid="1000001")).query)["code"][0]
    mine = parse_qs(urlparse(leave(second)).query)["state"][0]

    answer = second.get("/login/esia/back/", {"code": code, "state": mine})  # another browser's code: PKCE

    assert answer.status_code == 409
    assert "ESIA-007040" in answer.content.decode()


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ("signature", "подпись"),
        ("audience", "другой системе"),
        ("issuer", "другим сервисом"),
        ("nonce", "другой попытке"),
        ("future", "часы"),
        ("late", "срок ответа истёк"),
        ("slow", "ESIA-007011"),
    ],
)
def test_a_wrong_token_lets_nobody_in(town, v3, trouble, says):
    httpx.post(f"{v3}/trouble/{trouble}")
    browser = Client()

    answer = come(browser)

    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert browser.get("/my/").status_code == 302


def test_a_refusal_at_the_provider_is_explained(town, v3):
    browser = Client()

    answer = browser.get(through(leave(browser), deny="1"))

    assert "ESIA-007004" in answer.content.decode()


def test_words_of_strangers_are_not_shown(town, v3):
    browser = Client()
    state = parse_qs(urlparse(leave(browser)).query)["state"][0]

    answer = browser.get(
        "/login/esia/back/", {"state": state, "error": "<b>x</b>", "error_description": "Позвоните 8-800 <script>"}
    )

    assert "Позвоните" not in answer.content.decode()


def test_a_provider_that_is_down_is_a_page_and_not_a_crash(town, v3, settings):
    browser = Client()
    back = through(leave(browser), oid="1000001")
    settings.KAZNA_SIGN_IN = OFF | {"esia": {**settings.KAZNA_SIGN_IN["esia"], "url": "http://127.0.0.1:9"}}

    answer = browser.get(back)

    assert answer.status_code == 503
    assert "Попробовать ещё раз" in answer.content.decode()


def test_a_foreign_address_is_not_gone_to(town, v3):
    browser = Client()

    answer = browser.get(through(leave(browser, "https://evil.example/"), oid="1000001"))

    assert answer.headers["Location"] == "/begin/"


def test_the_session_gets_another_key(town, v3):
    browser = Client()
    back = through(leave(browser), oid="1000001")
    before = browser.session.session_key

    browser.get(back)

    assert browser.session.session_key != before


def test_signing_out_leads_through_the_provider(town, v3):
    browser = Client()
    come(browser)

    page = browser.post("/logout/").content.decode()

    assert f"{v3}/idp/ext/Logout?client_id=KAZNA01" in page
    assert browser.get("/my/").status_code == 302


def test_requests_are_refused_by_their_official_codes(service):
    """The service itself: signature, time, scope, address."""
    now = datetime.now(UTC)
    asked = {"client_id": "KAZNA01", "response_type": "code", "scope": "openid", "state": "s",
             "client_secret": "AAAA", "timestamp": f"{now:%Y.%m.%d %H:%M:%S %z}",
             "redirect_uri": "http://testserver/login/esia/back/"}  # fmt: skip

    def code_of(**changes: str) -> str:
        answer = httpx.get(f"{service['url']}/aas/oauth2/ac", params=asked | changes)
        told = parse_qs(urlparse(answer.headers.get("location", "")).query).get("error_description", [answer.text])[0]
        return told[:11]

    assert code_of() == "ESIA-007053"
    assert code_of(timestamp=f"{now - timedelta(hours=1):%Y.%m.%d %H:%M:%S %z}") == "ESIA-007015"
    assert code_of(state="") == "ESIA-007014"
    assert code_of(scope="") == "ESIA-007013"
    assert code_of(redirect_uri="http://evil.example/") == "ESIA-007023"
    assert code_of(client_id="NOBODY") == "ESIA-008010"


def test_any_ordinary_provider_works_by_settings_alone(town, tmp_path, settings):
    claims = {"sub": "u-1", "snils": "112-233-445 95", "family_name": "Смирнова", "given_name": "Анна",
              "middle_name": "Сергеевна", "birthdate": "1995-05-01"}  # fmt: skip
    with plain_service(tmp_path, [claims, {"sub": "chief", "login": "officer"}]) as plain:
        settings.KAZNA_SIGN_IN = OFF | {"oidc": plain}
        browser, staff, stranger = Client(), Client(), Client()
        citizen_answer = browser.get(through(browser.get("/login/oidc/").headers["Location"], sub="u-1"))
        unknown = stranger.get(through(stranger.get("/login/oidc/").headers["Location"], sub="chief"))
        settings.KAZNA_SIGN_IN = OFF | {"oidc": {**plain, "login_claim": "login"}}
        staff.get(through(staff.get("/login/oidc/").headers["Location"], sub="chief"))
        out = browser.post("/logout/").content.decode()

    assert citizen_answer.status_code == 302
    assert f"{plain['url']}/bye" in out
    assert unknown.status_code == 409
    assert staff.get("/work/").status_code == 200
