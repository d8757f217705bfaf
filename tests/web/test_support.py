"""Open pages: search, situations, decision pages, calculators; nobody signs in, nothing hostile comes back."""

import pytest
from django.test import Client
from tests.web.conftest import signed_in

from kazna.contexts.measures import public as measures

pytestmark = pytest.mark.django_db
RECKONED = "/support/calculators/ru-birth-grant/?q1=01.02.2026&q2=77"


def test_words_lead_to_the_decision_page(town):
    page = Client().get("/support/", {"q": "родился ребенок"}).content.decode()

    assert "/support/measures/ru-birth-grant/" in page
    assert Client().get("/support/measures/ru-birth-grant/").status_code == 200


def test_every_situation_and_measure_opens(town):
    for situation in measures.scenarios():
        assert Client().get(f"/support/situations/{situation.id}/").status_code == 200
    for measure in ("ru-child-benefit", "r77-school-meals", "ru-technical-aid", "ru-housing-subsidy"):
        assert Client().get(f"/support/measures/{measure}/?region=77").status_code == 200


@pytest.mark.parametrize("address", ["/support/measures/nothing/", "/support/situations/x/", "/support/calculators/x/"])
def test_what_is_not_there_is_not_found(town, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "x" * 5000, "' OR 1=1 --", "\x00"])
def test_hostile_words_find_nothing_and_come_back_harmless(town, words):
    response = Client().get("/support/", {"q": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_link_to_a_reckoning_gives_the_same_to_anybody(town):
    page = Client().get(RECKONED).content.decode()

    assert "28" in page
    assert "450,45" in page
    assert "81-ФЗ" in page


def test_mistakes_are_named_and_kept(town):
    response = Client().get("/support/calculators/ru-birth-grant/?q1=вчера&q2=99")
    page = response.content.decode()

    assert response.status_code == 422
    assert 'value="вчера"' in page
    assert page.count('class="wrong"') == 2


def test_the_region_is_remembered_and_a_strange_one_is_not(town):
    browser = Client()
    browser.get("/support/?region=66")
    assert browser.cookies["kazna_region"].value == "66"

    browser.get("/support/?region=' OR 1")
    assert browser.cookies["kazna_region"].value == "66"


def test_a_citizen_sees_own_answer_on_the_decision_page(town):
    page = signed_in("mother").get("/support/measures/ru-birth-grant/").content.decode()

    assert "/my/rights/" in page


@pytest.mark.parametrize(
    "address", ["/", "/support/", "/support/?q=пенсия", "/support/measures/ru-child-benefit/", RECKONED]
)
def test_a_strangers_page_is_sent_once(town, address):
    stranger = Client()
    first = stranger.get(address)
    again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.headers["Cache-Control"], again.status_code) == (200, "private, no-cache", 304)
    assert "csrftoken" not in stranger.cookies
    assert signed_in("mother").get(address).headers["Cache-Control"] == "no-store"


def test_a_stranger_chooses_the_language_without_a_token(town):
    strict = Client(enforce_csrf_checks=True)
    strict.post("/settings/language/", {"language": "en", "next": "/support/"})

    assert '<html lang="en"' in strict.get("/support/").content.decode()
