"""One number leads from a message through facts, rights and decisions to the money; the eleven criteria are told."""

from uuid import uuid4

import pytest
from tests.web.conftest import signed_in
from tests.web.scenes import waiting_case
from tests.web.test_acts import REASON, post

from kazna.contexts.cases import public as cases
from kazna.plumbing import register

pytestmark = pytest.mark.django_db


def test_a_decision_is_followed_to_its_award_and_orders(town):
    case = waiting_case(town)
    post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})
    decided = cases.case(case_id=case.case_id)

    kinds = [event.kind for event in register.chain(decided.decision_id)]
    page = signed_in("officer").get(f"/monitor/trace/{decided.decision_id}/")

    assert {"DecisionMade", "AwardGranted"} <= set(kinds)
    assert (page.status_code, "Назначена мера" in page.content.decode()) == (200, True)
    assert "Назначена мера" in signed_in("administrator").get(f"/monitor/trace/{decided.decision_id}/").content.decode()


def test_what_led_nowhere_is_404(town):
    assert signed_in("officer").get(f"/monitor/trace/{uuid4()}/").status_code == 404


def test_criteria_say_why(town):
    case = waiting_case(town)
    post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})

    rows = {one.measure: one for one in cases.criteria.service_criteria(runs=cases.criteria.decision_runs())}
    told = {one.criterion: one for one in rows["ru-birth-grant"].answers}
    page = signed_in("methodologist").get("/law/criteria/").content.decode()

    assert [one.criterion for one in rows["ru-birth-grant"].answers] == list(cases.criteria.CRITERIA)
    assert (told["automatic"].answer, told["register"].answer, told["online_payment"].answer) == (
        "no", "yes", "not_needed",
    )  # fmt: skip
    assert told["automatic"].why in page
