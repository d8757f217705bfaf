"""Sessions end by themselves; a representative acts for a ward and it shows."""

import time

import pytest
from tests.web.conftest import signed_in

from kazna.contexts.audit import public as audit
from kazna.web.session_limits import BEGAN, SEEN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("what", "ago"), [(SEEN, 31 * 60), (BEGAN, 10 * 3600)])
def test_a_session_ends_after_silence_and_after_a_working_day(town, what, ago):
    browser = signed_in("mother")
    browser.get("/my/")
    session = browser.session
    session[what] = time.time() - ago
    session.save()

    answer = browser.get("/my/data/")

    assert answer.headers["Location"] == "/login/?next=%2Fmy%2Fdata%2F&late=1"
    assert browser.get("/my/").status_code == 302


def test_a_page_that_renews_itself_keeps_nobody_signed_in(town):
    browser = signed_in("officer")
    browser.get("/work/")
    session = browser.session
    session[SEEN] = seen = time.time() - 600
    session.save()

    browser.get("/monitor/", headers={"X-Renews-Itself": "1"})

    assert browser.session[SEEN] == seen


def test_a_mother_acts_for_her_child_and_it_is_written_down(town):
    browser = signed_in("mother")

    browser.post("/my/acting/", {"person": str(town.child)})
    page = browser.get("/my/data/").content.decode()

    assert "Вы действуете за подопечного" in page
    assert "Михаил" in page
    entry = audit.looks_at(town.child)[0]
    assert (entry.act, entry.login) == ("act_for", "mother")
    assert "законный представитель" in entry.purpose
    browser.post("/my/acting/", {"person": ""})
    assert "Вы действуете за подопечного" not in browser.get("/my/data/").content.decode()


def test_nobody_acts_for_a_stranger(town):
    browser = signed_in("mother")

    assert browser.post("/my/acting/", {"person": str(town.stranger)}).status_code == 404
    session = browser.session
    session["acts_for"] = str(town.stranger)  # even if the session said so
    session.save()
    assert "Вы действуете за подопечного" not in browser.get("/my/").content.decode()
