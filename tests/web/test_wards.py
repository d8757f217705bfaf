"""A guardian of a grown-up in the cabinet, and in applications; nothing of the ward once it is over."""

import re
from datetime import date

import pytest
from django.db import connection
from tests.factories.people import ACCOUNT, cause, fact
from tests.web.conftest import TODAY, signed_in
from tests.web.test_rows import as_web_role

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Application
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.plumbing import clock
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
BY_APPLICATION = "ru-child-benefit"


@pytest.fixture
def ward(town):
    """The man with a disability is incapable by a court; Смирнова is his guardian."""
    appoint(town)
    return town.disabled


def appoint(town, until=None, limits=()):
    value = {"form": "guardianship", "act": "77-5", "limits": list(limits)}
    told = fact("family.guardianship", town.disabled, date(2026, 1, 5), value, about=town.mother, until=until)
    registers.report([told], source="opeka", on=TODAY, cause=cause(TODAY))


def as_guardian(town):
    browser = signed_in("mother")
    assert browser.post("/my/acting/", {"person": str(town.disabled)}).status_code == 302
    return browser


def test_the_cabinet_of_the_ward_opens_and_the_journal_says_by_whom(town, ward):
    page = signed_in("mother").get("/my/acting/").content.decode()
    assert "Ёлкин" in page
    assert "вы опекун" in page

    browser = as_guardian(town)

    assert "Ёлкин" in browser.get("/my/data/").content.decode()
    assert any(one.act == "act_for" and one.person_id == ward for one in audit.entries(act="act_for"))


def test_the_guardian_applies_for_the_ward(town, ward):
    browser = as_guardian(town)
    measure = of_person(browser)

    response = browser.post("/apply/", {"measure": measure, "about": str(ward)})

    application = Application.objects.get()
    assert response.headers["Location"] == f"/apply/{application.id}/"
    assert (application.recipient_id, application.filed_by, application.relation) == (ward, town.mother, "guardian")
    assert browser.get(f"/apply/{application.id}/", follow=True).status_code == 200


def of_person(browser) -> str:
    """A measure that is decided for a person and offered to the ward."""
    for scenario in measures.scenarios():
        page = browser.get("/apply/", {"what": scenario.id}).content.decode()
        if found := re.search(r'name="measure" value="([^"]+)"', page):
            return found[1]
    raise AssertionError("no measure to apply for")


def test_limits_of_the_act_hold_in_the_cabinet_and_in_applications(town):
    appoint(town, limits=("applications", "accounts"))
    browser = as_guardian(town)
    measure = of_person(browser)

    assert browser.post("/apply/", {"measure": measure, "about": str(town.disabled)}).status_code == 409
    refused = browser.post("/my/account/", {"bik": ACCOUNT["bik"], "account": ACCOUNT["account"], "step": "send"})
    assert refused.status_code == 409
    assert "орган опеки" in refused.content.decode().replace("\xa0", " ")
    assert Application.objects.count() == 0


def test_the_day_guardianship_ends_everything_of_the_ward_is_gone(town, ward):
    browser = as_guardian(town)
    measure = of_person(browser)
    address = browser.post("/apply/", {"measure": measure, "about": str(ward)}).headers["Location"]
    appoint(town, until=TODAY)

    assert "Ёлкин" not in browser.get("/my/data/").content.decode()
    assert browser.get(address).status_code == 404
    assert browser.post("/my/acting/", {"person": str(ward)}).status_code == 404
    with pytest.raises(cases.applications.NotRepresentative):
        cases.applications.start(
            measure=measure, recipient_id=ward, subject_id=ward, filed_by=town.mother, channel="cabinet", on=TODAY
        )


def test_a_child_of_whom_custody_is_lost_is_gone_the_same_day(town):
    lost = fact("family.custody_lost", town.child, TODAY, {}, about=town.mother)
    registers.report([lost], source="opeka", on=TODAY, cause=cause(TODAY))

    assert str(town.child) not in signed_in("mother").get("/my/acting/").content.decode()
    with pytest.raises(cases.applications.NotRepresentative):
        cases.applications.start(
            measure=BY_APPLICATION, recipient_id=town.child, subject_id=town.child, filed_by=town.mother,
            channel="cabinet", on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize("login", ["mother", "citizen"])
def test_screens_work_and_rows_are_seen_with_the_rights_of_the_web(town, ward, login):
    with as_web_role():
        browser = signed_in(login)
        assert browser.get("/my/acting/").status_code == 200
        assert ("Ёлкин" in browser.get("/my/acting/").content.decode()) == (login in ("mother", "citizen"))
        with acting_as(Viewer("citizen", login, person_ids=(town.mother,))), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM registers_fact WHERE subject_id = %s", [ward])
            assert cursor.fetchone()[0] == 0, "who the wards are is worked out by the web, not claimed by the viewer"


def test_the_ward_of_yesterday_stays_anothers_tomorrow(town):
    appoint(town, until=date(2026, 2, 17))
    browser = as_guardian(town)

    clock.set_day(date(2026, 2, 17))

    assert browser.post("/my/acting/", {"person": str(town.disabled)}).status_code == 404


@pytest.mark.parametrize("is_guardian", [True, False])
def test_the_database_shows_an_application_to_the_guardian_of_today_only(town, ward, is_guardian):
    made = cases.applications.start(
        measure=of_person(as_guardian(town)), recipient_id=ward, subject_id=ward, filed_by=town.mother,
        channel="cabinet", on=TODAY,
    )  # fmt: skip
    Application.objects.filter(id=made.application_id).update(state="filed", number="З-77-2026-000001", filed_on=TODAY)
    if not is_guardian:
        appoint(town, until=TODAY)

    wards = registers.wards_of(town.mother, TODAY)
    with as_web_role():
        with acting_as(Viewer("citizen", "mother", person_ids=(town.mother, *wards))):
            seen = [one.number for one in cases.applications.of_person(person_id=ward)]
            receipts = [one.number for one in cases.applications.receipts()]
        page = signed_in("mother").get("/my/acting/").content.decode()

    assert (bool(seen), bool(receipts)) == (is_guardian, not is_guardian)
    assert ("З-77-2026-000001" in page, "Ёлкин" in page) == (not is_guardian, is_guardian)


def test_a_receipt_is_for_who_filed_alone(town, ward):
    Application.objects.create(
        id=ward, number="З-77-2026-000002", measure=BY_APPLICATION, recipient_id=ward, subject_id=ward,
        filed_by=town.mother, channel="cabinet", last_channel="cabinet", body="sfr-77", territory="77", state="filed",
        started_on=TODAY, filed_on=TODAY,
    )  # fmt: skip

    with as_web_role(), acting_as(Viewer("citizen", "other", person_ids=(town.child, town.mother))):
        assert cases.applications.receipts() == []
