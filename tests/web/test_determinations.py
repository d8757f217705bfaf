"""Proposals of decisions on screen: the sample, the report, the second person."""

from __future__ import annotations

import pytest
from tests.web.conftest import signed_in
from tests.web.scenes import proposed_decisions
from tests.web.test_rows import as_web_role

from kazna.contexts.audit import public as audit
from kazna.contexts.determination.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(town):
    return f"/work/determinations/{proposed_decisions(town)}/"


def test_the_list_leads_to_the_sample_and_looking_is_journalled(town, address):
    officer = signed_in("officer")
    assert address in officer.get("/work/determinations/").content.decode()

    page = officer.get(address).content.decode()

    assert "Смирнов Михаил" in page and "Ждёт утверждения" in page and "Утвердить" in page
    assert any("Выборка" in entry.purpose for entry in audit.looks_at(town.child))


def test_the_report_is_given_as_files(address):
    officer = signed_in("officer")
    page, table = officer.get(f"{address}?format=html"), officer.get(f"{address}?format=csv")

    assert "<svg" in page.content.decode() and "attachment" in page.headers["Content-Disposition"]
    assert "ru-birth-grant;" in table.content.decode()


def test_an_officer_approves_what_another_person_proposed(address):
    response = signed_in("officer").post(f"{address}settle/", {"do": "approve"})

    assert response.status_code == 302
    assert Proposal.objects.get().approved_by == "officer"


def test_a_withdrawal_says_why(address):
    officer = signed_in("officer")
    refused = officer.post(f"{address}settle/", {"do": "withdraw", "reason": " "})
    assert refused.status_code == 409 and "Укажите причину" in refused.content.decode()

    officer.post(f"{address}settle/", {"do": "withdraw", "reason": "Не та редакция"})
    assert "Не та редакция" in officer.get(address).content.decode()


def test_ones_own_is_not_approved(town):
    own = proposed_decisions(town, by="officer")
    officer = signed_in("officer")

    assert "предложение сделали вы" in officer.get(f"/work/determinations/{own}/").content.decode()
    assert officer.post(f"/work/determinations/{own}/settle/", {"do": "approve"}).status_code == 409


def test_another_territory_sees_nothing(town):
    there, here = proposed_decisions(town, territory="53"), proposed_decisions(town)
    with as_web_role():
        officer = signed_in("officer")
        shown = officer.get("/work/determinations/").content.decode()
        assert str(here) in shown and str(there) not in shown
        assert officer.get(f"/work/determinations/{there}/").status_code == 409
        assert officer.post(f"/work/determinations/{here}/settle/", {"do": "approve"}).status_code == 302
        assert officer.post(f"/work/determinations/{there}/settle/", {"do": "approve"}).status_code == 409
