"""A supplier checks a file without signing in; a methodologist brings a version of the classifier into force."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree
from tests.factories.egisso import fact, facts_package, person
from tests.web.conftest import TODAY, signed_in

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db
CHECK = "/egisso/check/"


def check(payload: bytes, name: str = "package.xml", **fields: str):
    return Client().post(CHECK, {"package": SimpleUploadedFile(name, payload), **fields})


def test_a_supplier_reads_the_protocol_on_the_screen(town):
    page = check(facts_package(fact(1))).content.decode()

    assert "014" in page and "Сначала загрузите меру" in page and "Запись 1 отклонена" in page


def test_a_table_is_checked_like_a_message_and_the_protocol_kept(town):
    table = egisso.write_sheet(facts_package(fact(1)))

    kept = check(table, "facts.xlsx", answer="json")

    (record,) = kept.json()
    assert (record["line"], [one["rule_code"] for one in record["remarks"]]) == (7, ["014"])
    assert Client().get("/egisso/check/blank.xlsx").content[:2] == b"PK"


HOSTILE = {
    "nothing": (b"", "package.xml", 422),
    "entity": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "a.xml", 200),
    "script": (b"<script>alert(1)</script>", "<script>alert(2)</script>.xml", 200),
    "broken zip": (b"PK\x03\x04....", "a.zip", 200),
    "broken table": (b"PK\x03\x04....", "a.xlsx", 200),
    "huge": (b" " * (20 * 1024 * 1024 + 1), "a.xml", 422),
}


@pytest.mark.parametrize(("payload", "name", "status"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_a_page_and_nothing_more(town, payload, name, status):
    answer = check(payload, name)

    page = answer.content.decode()
    assert answer.status_code == status
    assert "<script>alert" not in page and "root:" not in page
    assert "Файл не примут целиком" in page or "Исправьте, пожалуйста" in page


def test_a_version_goes_from_draft_into_force(town):
    who = signed_in("methodologist")
    who.post("/egisso/classifier/", {"starts_on": "01.03.2026", "document": "Приказ № 1"})
    (draft,) = egisso.classifier_versions()
    address = f"/egisso/classifier/own_/{draft['number']}/"
    code = {"act": "code", "facet": "reestrMSZ", "code": "0199", "name": "Новая мера", "parent": "0100"}

    assert who.post(address, code | {"code": "19"}).status_code == 409
    assert who.post(address, code).status_code == 302
    assert who.post(address, {"act": "rule", "code": "0199.01000000.01.1000.01.010101"}).status_code == 302
    assert who.post(address, {"act": "rule", "code": "9999.01000000.01.1000.01.010101"}).status_code == 409
    for state in (3, 5):
        who.post(f"/egisso/classifier/{draft['number']}/move/", {"to": str(state)})

    page = who.get(address).content.decode()
    sent = who.get(address + "message/").content
    activated = who.get(address + "message/?kind=activation").content
    assert "Новая мера" in page and who.post(address, code).status_code == 409
    schema("10.01.O-1.0.3.xsd").assertValid(etree.fromstring(sent))
    schema("10.03.O-1.0.1.xsd").assertValid(etree.fromstring(activated))
    assert "0199" not in egisso.known(date(2026, 2, 28)).classifiers.msz
    assert "0199" in egisso.known(date(2026, 3, 1)).classifiers.msz


def test_a_citizen_sees_what_the_region_gives(town):
    mother = registers.cards([town.mother])[town.mother]
    ident, measure = next((i, m) for i, m in egisso.known(TODAY).measures.items() if not m.last_day)
    card = fact(
        1, measure_id=ident, category_id=next(iter(measure.categories)), decided_on="2026-02-05",
        receiver=person(snils=mother.snils, birth_date=mother.birth_date.isoformat()),
    )  # fmt: skip
    receipt = egisso.take_package(
        facts_package(card), known=egisso.known(TODAY, to_record=True), provider="0001.000001", on=TODAY,
        received_at=datetime(2026, 2, 16, tzinfo=UTC),
    )  # fmt: skip

    page = signed_in("mother").get("/my/rights/").content.decode()

    assert receipt.accepted == 1, receipt
    assert "Получаю от региона" in page and measure.title in page
