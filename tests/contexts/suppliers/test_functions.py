"""A person of a supplier does what their function says; screens say so, the database holds to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction
from tests.contexts.web_role import web_role
from tests.factories.egisso import CATEGORY, MEASURE, ON, fact, facts_package, measure_card
from tests.factories.people import enter_person

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.models import Assignment, LocalMeasure, MeasureDraft
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers
from kazna.contexts.suppliers import public as suppliers
from kazna.contexts.suppliers.models import Certificate, Member
from kazna.plumbing.access import Viewer, acting_as

NOW, BODY = datetime(2026, 3, 2, 9, tzinfo=UTC), "0077.000002"
pytestmark = pytest.mark.django_db
MAY = {"loader": {"load"}, "methodologist": {"describe"}, "signer": {"load", "sign"},
       "head": {"load", "describe", "sign", "staff"}}  # fmt: skip
POWERS = ("load", "describe", "sign", "staff")
FACTS = 50


@pytest.fixture
def body() -> None:
    registers.load_kinds()
    measures.store_release()
    egisso.participants.put_body(code=BODY, title="Отдел", region="77", oktmo="45000000", on=date(2026, 1, 1))
    card = {**measure_card(), "id": MEASURE}
    card["categories"][0]["id"] = CATEGORY
    LocalMeasure.objects.create(id=MEASURE, provider=BODY, title=card["title"], first_day=date(2026, 1, 1), form="01",
                                card=card, recorded_on=date(2026, 1, 1))  # fmt: skip
    enter_person(112233445, "Смирнова", "Анна", "Сергеевна", date(1995, 5, 1), "F", on=ON)
    for role in MAY:
        suppliers.add_member(body=BODY, login=role, name="Зимина", role=role, now=NOW)


def did(power: str, login: str) -> bool:
    """Try the thing itself as the web does, without asking whether it is allowed."""
    role = "agency" if power == "load" else "supplier"
    try:
        with transaction.atomic(), web_role(), acting_as(Viewer(role, login, BODY)):
            DEEDS[power](login)
    except ProgrammingError as refused:
        assert "row-level security" in str(refused)
        return False
    return True


def load(login: str) -> None:
    many = (fact(f"{login} {n}", body=BODY) for n in range(FACTS))  # more than one statement inserts: they are copied
    payload = facts_package(*many, name=login)
    told = egisso.take_upload("a.xml", payload, provider=BODY, on=ON, received_at=NOW)
    assert told[0]["accepted"] == FACTS, told


DEEDS = {
    "load": load,
    "describe": lambda login: egisso.local_measures.start(provider=BODY, by=login, now=NOW, on=ON),
    "sign": lambda login: Certificate.objects.create(
        body=BODY, region="77", digest=login, subject="x", valid_from=ON, valid_to=ON, added_at=NOW),
    "staff": lambda login: Member.objects.create(
        body=BODY, region="77", login=f"{login}2", name="x", role="head", added_at=NOW),
}  # fmt: skip


@pytest.mark.parametrize("role", MAY)
def test_the_database_holds_people_to_their_functions(body, role):
    assert {power for power in POWERS if did(power, role)} == MAY[role]
    assert Assignment.objects.count() == FACTS * ("load" in MAY[role])
    assert MeasureDraft.objects.count() == ("describe" in MAY[role])


def test_a_closed_account_does_nothing_and_is_told_so(body):
    suppliers.close_member(body=BODY, login="head", now=NOW)

    assert not any(did(power, "head") for power in POWERS)
    with acting_as(Viewer("supplier", "head", BODY)), pytest.raises(suppliers.NotYourFunction, match="загружать"):
        suppliers.demand("load")


def test_what_is_not_a_suppliers_account_is_not_bound(body):
    assert did("load", "0077.000002")  # the key of the body's own system
    assert did("describe", "opened by the operator")
