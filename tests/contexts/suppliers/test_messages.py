"""A body applies by 10.11.I: the application waits for the operator, the sender gets the official answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from lxml import etree
from tests.contexts.web_role import web_role
from tests.factories.egisso import ident, known

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.messages.catalogue import BY_KEY
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.messages.write import document, to_bytes
from kazna.contexts.suppliers import public as suppliers
from kazna.plumbing.access import Viewer, acting_as
from kazna.plumbing.deliver import drain

NOW, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)
pytestmark = pytest.mark.django_db
BODY = {
    "title": "Управление социальной защиты", "inn": "9900000000", "kpp": "990001001", "ogrn": "1990000000000",
    "juraddress": "Москва, Тверская, 1", "address": "Москва, Тверская, 2", "EMail": "otdel@example.ru",
    "territories": {"OKTMOcode": ["45000000"]},
}  # fmt: skip


def sent(name: object, **info) -> str:
    """A 10.11.I with the given content, imported; its id."""
    told = {
        "appID": ident(name), "OSZinfo": info or {"insertion": BODY},
        "document": {"docnumber": "1", "docdate": "2026-03-01", "docname": "Положение"},
    }  # fmt: skip
    payload = to_bytes(document(BY_KEY["10.11.I/1.0.3"].root, {"application": told}))
    receipt = egisso.take_package(payload, known=known(), provider="", on=ON, received_at=NOW)
    assert (receipt.records, receipt.accepted) == (1, 1), receipt
    return ident(name)


def taken_in() -> int:
    return suppliers.take_in_messages(now=NOW, region_of=egisso.region_of_oktmo())


def answers() -> dict[str, dict[str, str]]:
    """Texts of each answer by the id of its application; every one is valid."""
    found = {}
    for told, payload in suppliers.message_answers():
        root = etree.fromstring(payload)
        schema("10.11.I-1.0.3.xsd").assertValid(root)
        found[str(told.id)] = {etree.QName(one).localname: one.text for one in root.iter(etree.Element)}
    return found


def test_an_application_waits_for_the_operator_and_is_answered_with_its_code():
    number = sent("application")

    assert (taken_in(), taken_in(), answers()) == (1, 0, {})
    (told,) = suppliers.applications()
    assert (told.source, told.region, told.oktmo, told.inn) == ("10.11.I", "77", "45000000", "9900000000")
    code = suppliers.register(told.id, by="operator", on=ON, now=NOW)

    answer = answers()[number]
    assert (answer["appResult"], answer["OSZCode"], answer["title"]) == ("1", code, BODY["title"])
    assert answer["appDate"] == "2026-03-04T12:00:00+03:00" and "comment" not in answer


def test_a_refusal_is_answered_with_its_reason():
    number = sent("application")
    taken_in()

    suppliers.refuse(suppliers.applications()[0].id, why="Нет полномочий", by="operator", now=NOW)

    assert (answers()[number]["appResult"], answers()[number]["comment"]) == ("2", "Нет полномочий")
    assert "OSZCode" not in answers()[number]


@pytest.mark.parametrize(
    ("info", "why"),
    [
        ({"insertion": {**BODY, "inn": "9900000018"}}, "контрольного числа"),
        ({"insertion": BODY}, "уже рассматривается"),
        ({"modification": {"OSZCode": "0077.000001", "title": "Другое"}}, "только новый участник"),
        ({"exclusion": {"OSZCode": "0077.000001"}}, "только новый участник"),
    ],
)
def test_what_does_not_join_the_queue_is_answered_by_itself_and_once(info, why):
    sent("first")
    taken_in()
    number = sent("second", **info)

    assert (taken_in(), taken_in()) == (0, 0)

    assert list(answers()) == [number]
    assert answers()[number]["appResult"] == "2" and why in answers()[number]["comment"]


def test_messages_are_taken_in_with_the_powers_of_the_intake_and_seen_by_the_region():
    sent("here")
    sent("there", insertion={**BODY, "inn": "9900000017", "territories": {"OKTMOcode": ["49000000"]}})

    with web_role(), acting_as(Viewer("agency", "intake")):
        assert taken_in() == 2
    with web_role(), acting_as(Viewer("branch", "x", territory="53")):
        (told,) = suppliers.applications()
    assert told.region == "53"


def test_an_application_waits_as_soon_as_its_message_is_delivered():
    sent("application")
    drain()
    assert [one.source for one in suppliers.applications()] == ["10.11.I"]
    assert taken_in() == 0
