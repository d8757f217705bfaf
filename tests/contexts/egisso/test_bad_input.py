"""What a supplier may get wrong or try on: it is told so, nothing is lost, the rest goes on.

Each item of the list and its test: wrong version, namespace, 1001 records, a repeated id, hostile XML, unknown measure
or category, dates outside the measure, wrong СНИЛС, Latin letters, facts of another body, changes out of order:
`test_control.py`; packages sent twice, ids across packages, a refused package, strange files of an archive:
`test_taking.py`; signatures: `test_signatures.py`; tables: `test_sheet.py`. Here: the rest.
"""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from lxml import etree
from tests.factories.egisso import (
    BODY,
    CATEGORY,
    MEASURE,
    ON,
    STRANGER,
    change,
    codes,
    fact,
    facts_package,
    ident,
    judge,
    known,
    person,
)

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.control.known import KnownFact, KnownMeasure, NothingRecorded
from kazna.contexts.egisso.messages import read
from kazna.contexts.egisso.messages.tables import schema
from kazna.contexts.egisso.messages.write import package, to_bytes
from kazna.contexts.egisso.models import Assignment, Body, Change, Package
from kazna.contexts.egisso.state import RecordedInTables, known_in_tables
from kazna.contexts.measures import public as measures
from kazna.contexts.registers import public as registers

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = "terminationBasedOnEndOfRight"
LINE_36, DELETION = "10.36.S/2.0.0", "10.16.I/1.0.2"
PAYER = {"rid": "12345678", "fullname": "Отдел", "account": "03100643000"}


class Theirs(NothingRecorded):
    def facts(self, ids):
        return {one: KnownFact(STRANGER, "active", "2026-02-01") for one in ids}


@pytest.mark.parametrize(
    ("succeeds", "told"),
    [({}, ["910"]), ({BODY: frozenset({STRANGER})}, []), ({STRANGER: frozenset({BODY})}, ["910"])],
    ids=["nobody", "the card names it", "the other way round"],
)
def test_a_predecessor_is_one_that_the_register_names(succeeds, told):
    record = (END, change(9, 1, last_day="2026-02-28", provider=STRANGER))
    state = known(recorded=Theirs(), bodies={BODY: "", STRANGER: ""}, succeeds=succeeds)

    (verdict,), _ = judge(facts_package(record), by=state)

    assert codes(verdict) == told


def test_the_register_of_participants_tells_who_succeeds_whom(db):
    Body.objects.create(code=BODY, succeeds=[STRANGER], recorded_on=date(2026, 1, 1))
    Body.objects.create(code=STRANGER, recorded_on=date(2026, 1, 1))

    state = known_in_tables(ON)

    assert (state.succeeds, set(state.bodies)) == ({BODY: frozenset({STRANGER})}, {BODY, STRANGER})


def certificate(name: object = 1) -> dict:
    return fact(name, last_day="2026-12-31", provision={"eCertificateForm": {
        "amount": "1.00", "okeiCode": "796", "equivalentAmount": "100.00",
        "nationalPaymentInstrument": "2200000000000004", "certificateType": "ECTP0001", "program": "01",
        "goodsWorkServices": {"goodsWorkService": [{"code": "1", "name": "Кресло"}]}}})  # fmt: skip


def money(name: object) -> tuple[str, dict]:
    return "createAssignmentFact", fact(name, budget_body=PAYER)


def changed(name: object, of: object, **more) -> dict:
    return {"id": ident(name), "fact_id": ident(of), "reason": "01", "changed_at": "2026-03-01T10:00:00Z", **more}


@pytest.fixture
def state(db):
    registers.load_kinds()
    measures.store_release()
    card = KnownMeasure("2026-01-01", "2026-12-31", "01", {CATEGORY: frozenset()}, "0301", "02", "02", "Мера")
    return known(recorded=RecordedInTables(ON, whenever=True), measures={MEASURE: card})


def take(payload: bytes, state, provider: str = BODY) -> egisso.Receipt:
    return egisso.take_package(payload, known=state, provider=provider, on=ON, received_at=NOW, file_name="a.xml")


def test_facts_of_the_new_line_live_their_whole_life_and_go_out_again(state, tmp_path: Path):
    first = to_bytes(package(LINE_36, ident("a"), [money(1), money(2), money(3), money(4)]))
    later = to_bytes(package(LINE_36, ident("b"), [
        ("editAssignmentFact", changed("edit", 1, receiver=person(surname="Петрова"))),
        ("terminationAssignmentFact", changed("end", 2)),
        ("annulmentAssignmentFact", changed("annul", 3)),
        ("annulmentAssignmentFact", changed("again", 3)),
    ]))  # fmt: skip
    gone = to_bytes(package(DELETION, ident("c"), [("invalidation", {"id": ident("del"), "fact_id": ident(4)})]))

    receipts = [take(payload, state) for payload in (first, later, gone)]

    assert [(one.records, one.accepted) for one in receipts] == [(4, 4), (4, 3), (1, 1)], receipts
    assert [found.rule_code for found in receipts[1].rejected[0].findings] == ["912"]
    schema("10.36.S-2.0.0.xsd").assertValid(etree.fromstring(receipts[1].protocol))
    schema("10.10.I-1.0.3.xsd").assertValid(etree.fromstring(receipts[2].protocol))
    assert dict(Assignment.objects.values_list("id", "state")).keys() and [
        Assignment.objects.get(pk=ident(n)).state for n in (1, 2, 3, 4)] == [
        "active", "ended", "invalidated", "deleted"]  # fmt: skip

    before = [path.read_bytes() for path in egisso.export(tmp_path / "one", on=ON)]
    for model in (Assignment, Package):
        model.objects.all().delete()
    _forget(Change)
    assert [(one.records, one.accepted) for one in (take(payload, state) for payload in before)] == [
        (4, 4), (3, 3), (1, 1)]  # fmt: skip
    assert [path.read_bytes() for path in egisso.export(tmp_path / "two", on=ON)] == before


def _forget(model) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table}")


def test_a_large_file_is_walked_with_the_same_outcome_as_a_small_one(monkeypatch, tmp_path: Path):
    records = [fact(n) if n % 7 else fact(n, measure_id=ident("other")) for n in range(900)]
    records[13] = fact(13, receiver=person(snils="123"))
    path = tmp_path / "a.xml"
    path.write_bytes(facts_package(*records, fact(5)))

    def outcome() -> list[tuple]:
        check = egisso.check(path, known=known(), provider=BODY)
        told = [(one.number, one.record_id, tuple(codes(one))) for one in check.records]
        return [*told, check.package_id, tuple(found.rule_code for found in check.refusals)]

    whole = outcome()
    monkeypatch.setattr(read, "SMALL", 1000)

    assert outcome() == whole
    assert len(whole) == 903 and whole[-3][2] == ("904",)


def archive(**files: bytes) -> bytes:
    box = BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("_", "."), content)
    return box.getvalue()


def link() -> bytes:
    box = BytesIO()
    with ZipFile(box, "w") as made:
        info = ZipInfo("a.xml")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(info, "/etc/passwd")
    return box.getvalue()


HOSTILE = {
    "a bomb": (archive(a_xml=b"0" * 50_000_000), "сжат подозрительно сильно"),
    "an archive in an archive": (archive(b_zip=archive(a_xml=b"<a/>")), "не пакет и не подпись"),
    "a link": (link(), "это ссылка"),
    "an empty archive": (archive(), "пуст"),
    "a broken archive": (archive(a_xml=b"<a/>")[:40], "повреждён"),
    "a thousand and one files": (archive(**{f"f{n}_xml": b"" for n in range(1001)}), "принимается не больше 1000"),
}


@pytest.mark.parametrize(("payload", "why"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_in_words(db, payload, why):
    told = egisso.take_upload("a.zip", payload, provider=BODY, on=ON, received_at=NOW)

    assert [one["accepted"] for one in told] == [0]
    assert why in told[0]["remarks"][0]["message"]
    assert not Package.objects.exists()


def test_what_looks_like_a_command_stays_text(state):
    title = "\"><script>alert(1)</script>'; DROP TABLE egisso_package; --"
    paper = {"title": title, "issueDate": "2026-01-01", "authority": title, "startDate": "2026-01-01"}

    receipt = take(facts_package(fact(1, documents=[paper]), fact(2)), state)

    assert receipt.accepted == 2
    assert Assignment.objects.get(pk=ident(1)).card["documents"][0]["title"] == title


def test_a_certificate_without_its_goods_does_not_hold_its_neighbour(state):
    broken = certificate()
    payload = to_bytes(package(LINE_36, ident("a"), [("createAssignmentFact", broken), money(2)]))

    receipt = take(payload, state)

    assert (receipt.records, receipt.accepted) == (2, 1)
    assert {found.rule_code for one in receipt.rejected for found in one.findings} == {"902"}
