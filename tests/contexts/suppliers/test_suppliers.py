"""A body becomes a supplier, its loading is watched; a branch sees its region only."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core import mail
from openpyxl import load_workbook
from tests.contexts.web_role import web_role
from tests.factories.egisso import fact, facts_package, known

from kazna.contexts.egisso import public as egisso
from kazna.contexts.registers import public as registers
from kazna.contexts.suppliers import public as suppliers
from kazna.contexts.suppliers.groups import DecisionIncomplete, MeetingUnknown, PlaceTaken
from kazna.contexts.suppliers.models import Application, Holding, Letter, Week
from kazna.plumbing.access import Viewer, acting_as

NOW, ON = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 3, 4)
MONDAY = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def applied(**changes) -> Application:
    told = {"title": "Отдел соцподдержки", "inn": "9900000000", "ogrn": "1990000000000", "region": "77",
            "contact": "Котова", "email": "otdel@example.ru", **changes}  # fmt: skip
    return suppliers.submit(**told, now=NOW)


def registered(**changes) -> str:
    return suppliers.register(applied(**changes).id, by="branch", on=ON - timedelta(days=60), now=NOW)


def loaded(body: str, *days: date) -> None:
    """A fact decided on each day, loaded today."""
    registers.load_kinds()
    told = [fact(f"{body} {n}", body=body, decided_on=day.isoformat()) for n, day in enumerate(days)]
    egisso.take_package(facts_package(*told, name=body), known=known(), provider=body, on=ON, received_at=NOW)


def test_an_application_waits_once_and_gets_a_code():
    first = applied()
    with pytest.raises(suppliers.ApplicationKnown):
        applied()

    code = suppliers.register(first.id, by="branch", on=ON, now=NOW)

    assert code == "0077.000002" and egisso.participants.body(code).territory == "77"
    with pytest.raises(suppliers.ApplicationDecided):
        suppliers.refuse(first.id, why="поздно", by="x", now=NOW)
    assert registered(inn="9900000017") == "0077.000003"
    with pytest.raises(suppliers.CodeTaken):
        suppliers.register(applied(inn="9900000024").id, code=code, by="x", on=ON, now=NOW)


@pytest.mark.parametrize("inn", ["9900000018", "77070838", "abcdefghij", ""])
def test_a_wrong_inn_is_said_so(inn):
    with pytest.raises(suppliers.InnRefused):
        applied(inn=inn)


def certificate(*, days: int = 365) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Отдел")])
    begin = NOW - timedelta(days=400)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    built = built.serial_number(7).not_valid_before(begin).not_valid_after(begin + timedelta(days=400 + days))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_a_certificate_makes_unsigned_packages_refused_and_a_withdrawn_one_does_too():
    code = registered()
    registers.load_kinds()
    (before, *_) = egisso.take_upload("a.xml", facts_package(fact(1)), provider=code, on=ON, received_at=NOW)
    kept = suppliers.add_certificate(certificate(), body=code, on=ON, now=NOW)

    (unsigned,) = egisso.take_upload("a.xml", facts_package(fact(1)), provider=code, on=ON, received_at=NOW)
    suppliers.withdraw_certificate(body=code, digest=kept.digest, now=NOW)
    (after, *_) = egisso.take_upload("a.xml", facts_package(fact(1)), provider=code, on=ON, received_at=NOW)

    assert [one["rule_code"] for one in unsigned["remarks"]] == ["919"] and unsigned["accepted"] == 0
    assert before["remarks"] == []
    assert [one["rule_code"] for one in after["remarks"]] == ["919"]


@pytest.mark.parametrize("payload", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA", certificate(days=-30)])
def test_a_bad_certificate_is_refused(payload):
    with pytest.raises(suppliers.CertificateRefused):
        suppliers.add_certificate(payload, body=registered(), on=ON, now=NOW)


def test_the_weekly_report_tells_late_silent_and_incomplete_bodies():
    prompt, silent = registered(), registered(inn="9900000017", title="Молчащий отдел")
    loaded(prompt, ON - timedelta(days=1), ON - timedelta(days=5), ON - timedelta(days=20))
    suppliers.collect(on=ON)

    told = suppliers.report(week=ON)
    by_region = suppliers.report(week=ON, by="region")

    lines = {line.key: line for line in told.lines}
    assert (lines[prompt].facts, lines[prompt].late, lines[prompt].timeliness, lines[prompt].slowest_days) == (
        3, 1, 66, 20)  # fmt: skip
    assert (lines[silent].silent, lines[silent].timeliness) == (1, None)
    assert [(line.key, line.bodies, line.facts) for line in by_region.lines] == [("77", 2, 3)]
    assert told.registration[0].registered == 2 and told.registration[0].new == 2
    assert load_workbook(BytesIO(suppliers.workbook(told))).sheetnames[1] == "Регистрация"


def test_letters_are_prepared_once_and_sent_once():
    prompt = registered()
    with pytest.raises(suppliers.NothingCounted):
        suppliers.prepare_letters(week=ON, now=NOW)
    loaded(prompt, ON - timedelta(days=20))
    suppliers.collect(on=ON)

    assert (suppliers.prepare_letters(week=ON, now=NOW), suppliers.prepare_letters(week=ON, now=NOW)) == (1, 0)
    letter = Letter.objects.get()
    for _ in range(2):
        suppliers.send_letter(letter.pk, now=NOW)
    suppliers.mail_report(suppliers.report(week=ON), to="branch@example.ru")

    assert [one.to for one in mail.outbox] == [["otdel@example.ru"], ["branch@example.ru"]]
    assert "позже 5 дней" in mail.outbox[0].body and len(mail.outbox[1].attachments) == 1


def test_the_report_of_the_week_leaves_by_itself_and_once(monkeypatch):
    here = registered()
    registered(inn="9900000017", region="53", email="tam@example.ru")
    loaded(here, ON - timedelta(days=20))
    suppliers.collect(on=ON)
    suppliers.add_reader(region="77", email="branch@example.ru", by="branch", now=NOW)
    suppliers.add_reader(region="", email="operator@example.ru", by="operator", now=NOW)
    with pytest.raises(suppliers.ReaderKnown):
        suppliers.add_reader(region="77", email="branch@example.ru", by="branch", now=NOW)
    next_week = ON + timedelta(days=7)

    def leaves_not(told, *, to):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("kazna.contexts.suppliers.actions.mail_week.mail_report", leaves_not)
        assert suppliers.mail_week(on=next_week, now=NOW) == 0
    left = [suppliers.mail_week(on=day, now=NOW) for day in (next_week, next_week, next_week + timedelta(days=1))]

    assert left == [4, 0, 0]
    rows = {one.to[0]: [row[0].value for row in load_workbook(BytesIO(one.attachments[0][1])).worksheets[0]][1:]
            for one in mail.outbox}  # fmt: skip
    other = egisso.participants.bodies(region="53")[0].code
    assert rows == {"branch@example.ru": [here], "operator@example.ru": [other, here], "otdel@example.ru": [here],
                    "tam@example.ru": [other]}  # fmt: skip
    assert Letter.objects.filter(sent_at=None).count() == 2  # late here, silent there: prepared, sent by a person


def test_counting_again_changes_nothing():
    loaded(registered(), ON)
    suppliers.collect(on=ON)
    before = list(Week.objects.values_list("body", "week", "facts"))

    suppliers.collect(on=ON)

    assert list(Week.objects.values_list("body", "week", "facts")) == before == [("0077.000002", MONDAY, 1)]


def test_a_branch_sees_its_region_and_a_supplier_its_body():
    here, there = registered(), registered(inn="9900000017", region="53")
    suppliers.collect(on=ON)

    def seen(role: str, **powers: str) -> tuple[list[str], int]:
        with web_role(), acting_as(Viewer(role, "x", **powers)):
            return sorted(Holding.objects.values_list("body", flat=True)), Application.objects.count()

    assert seen("branch", territory="77") == ([here], 1)
    assert seen("branch", territory="53") == ([there], 1)
    assert seen("supplier", body=here) == ([here], 0)
    assert seen("methodologist") == (sorted([here, there]), 2)
    assert seen("officer", territory="77") == ([], 0)


def test_a_decision_belongs_to_a_meeting_of_its_own_group():
    suppliers.add_group_item(region="77", kind="meeting", title="Итоги квартала", day=ON)
    (meeting,) = suppliers.group_of("77", on=ON).items
    decision = {"kind": "decision", "title": "Решили", "day": ON, "answerable": "А", "due_on": MONDAY}
    with pytest.raises(MeetingUnknown):
        suppliers.add_group_item(region="53", **decision, meeting=meeting.pk)

    suppliers.add_group_item(region="77", **decision, meeting=meeting.pk)

    assert suppliers.group_of("77", on=ON).items[0].meeting == meeting


def test_a_group_has_one_head_and_its_decisions_have_terms():
    suppliers.add_group_member(region="77", name="Сидоров", post="Заместитель", role="head")
    with pytest.raises(PlaceTaken):
        suppliers.add_group_member(region="77", name="Петров", post="Заместитель", role="head")
    with pytest.raises(DecisionIncomplete):
        suppliers.add_group_item(region="77", kind="decision", title="Решили", day=ON)
    suppliers.add_group_item(region="77", kind="decision", title="Решили", day=ON, answerable="А", due_on=MONDAY)

    suppliers.end_group_member(suppliers.group_of("77", on=ON).members[0].pk, region="77", on=ON)
    suppliers.add_group_member(region="77", name="Петров", post="Заместитель", role="head")
    assert [(one.region, one.done, one.open, one.overdue) for one in suppliers.execution(on=ON)] == [("77", 0, 1, 1)]

    group = suppliers.group_of("77", on=ON)
    suppliers.close_group_item(group.items[0].pk, result="Сделано")

    assert group.overdue == 1 and suppliers.group_of("77", on=ON).overdue == 0
    assert suppliers.group_of("53", on=ON).members == []
