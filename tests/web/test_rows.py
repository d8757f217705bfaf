"""The web works with the rights of its own database role and sees only what its viewer may see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from tests.web.conftest import Town, signed_in
from tests.web.scenes import quarantined_document
from tests.web.test_screens import SCREENS

from kazna.cli.database import grant_web_role
from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures

pytestmark = pytest.mark.django_db


@contextmanager
def as_web_role() -> Iterator[None]:
    """Inside, the connection has the rights of the web, as in production."""
    grant_web_role()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE kazna_web")
        yield
        cursor.execute("RESET ROLE")


@pytest.fixture
def web_role(town: Town) -> Iterator[Town]:
    """The town is built by the owner; then the connection becomes the web's."""
    with as_web_role():
        yield town


@pytest.mark.parametrize("role", SCREENS)
def test_every_screen_works_with_the_rights_of_the_web(web_role, role):
    client = signed_in(role)
    answers = {address: client.get(address).status_code for address in SCREENS[role]}

    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_a_mother_sees_her_offers_and_her_child(web_role):
    mother = signed_in("mother")

    assert "Пособие при рождении" in mother.get("/my/").content.decode()
    assert mother.get(f"/my/family/{web_role.child}/").status_code == 200


def test_what_is_another_persons_does_not_exist_for_a_citizen(town):
    addresses = [
        *(f"/my/cases/{one.case_id}/" for one in cases.cases_of(person_id=town.mother)),
        *(f"/my/rights/{one.id}/" for one in measures.rights_of(town.mother)),
        *(f"/my/decisions/{one.decision_id}/" for one in cases.decisions_of(person_id=town.mother)),
        f"/my/family/{town.child}/",
    ]
    other = signed_in("citizen")

    assert len(addresses) > 5
    assert {address: other.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


def test_another_persons_offer_cannot_be_agreed_to(town):
    (offer, *_) = [one for one in cases.cases_of(person_id=town.mother) if one.state == "offered"]

    assert signed_in("citizen").post(f"/my/cases/{offer.case_id}/confirm/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "methodologist"])
def test_the_monitor_shows_the_same_figures_to_every_role(town, role):
    quarantined_document()
    figures = re.compile(r'class="figure">([^<]*)<')
    whole = figures.findall(signed_in(role).get("/monitor/").content.decode())

    with as_web_role():
        seen = figures.findall(signed_in(role).get("/monitor/").content.decode())

    assert seen == whole
    assert sum(figure not in ("0", "—") for figure in seen) > 4


@pytest.mark.parametrize(
    "table",
    [
        "registers_person", "registers_fact", "cases_case", "cases_decision", "cases_award", "measures_right",
        "payments_order", "notifications_notice", "audit_entry",
    ],
)  # fmt: skip
def test_without_a_viewer_the_web_role_sees_no_personal_row(web_role, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == 0
