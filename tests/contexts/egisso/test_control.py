"""What a supplier may get wrong, and what he is told."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from tests.factories.egisso import (
    CATEGORY,
    MEASURE,
    change,
    codes,
    fact,
    facts_package,
    ident,
    judge,
    known,
    person,
)

from kazna.contexts.egisso.control.known import KnownFact, KnownMeasure, NothingRecorded
from kazna.contexts.egisso.messages.write import package, to_bytes

GROUND = {**person(223344556), "surname": "Смирнов"}
WRONG_FACTS = {
    "unknown measure": ({"measure_id": ident("other")}, ["014"]),
    "foreign category": ({"category_id": ident("other")}, ["909"]),
    "decided before the measure": ({"decided_on": "2025-12-31"}, ["019"]),
    "begins after the measure": ({"first_day": "2027-01-01"}, ["019"]),
    "criterion of nobody": ({"criteria": ["777"], "uses_need": True}, ["059", "059"]),
    "criterion of another measure": ({"criteria": ["200"], "uses_need": True}, ["059"]),
    "criterion twice": ({"criteria": ["100", "100"], "uses_need": True}, ["059"]),
    "criterion of the measure": ({"criteria": ["100"], "uses_need": True}, []),
    "wrong СНИЛС": ({"receiver": person(snils="11223344596")}, ["907"]),
    "wrong СНИЛС of the ground": ({"grounds": [{**GROUND, "snils": "22334455600"}]}, ["907"]),
    "Latin letter": ({"receiver": person(surname="Cмирнова")}, ["908"]),
    "born tomorrow": ({"receiver": person(birth_date="2026-03-03")}, ["051"]),
    "ends before it begins": ({"last_day": "2026-01-31"}, ["913"]),
    "decided in the future": ({"decided_on": "2026-03-03"}, ["922"]),
    "another form": ({"provision": {"serviceForm": {
        "amount": "1.00", "OKEICode": "876", "equivalentAmount": "1.00"}}}, ["915"]),
    "no amount": ({"provision": {"monetaryForm": {"amount": "много"}}}, ["902"]),
    "short СНИЛС": ({"receiver": person(snils="123")}, ["902"]),
}  # fmt: skip


@pytest.mark.parametrize(("spoilt", "told"), WRONG_FACTS.values(), ids=WRONG_FACTS)
def test_a_wrong_fact_is_told_and_does_not_hold_its_neighbour(spoilt, told):
    (first, second), refusals = judge(facts_package(fact(1, **spoilt), fact(2)))

    assert codes(first) == told, [found.message for found in first.findings]
    assert first.accepted == (told in ([], ["019"], ["922"], ["915"]))
    assert (second.accepted, codes(second), refusals) == (True, [], [])
    assert all(found.message and found.what_to_do for found in first.findings)


def test_a_fact_told_twice_in_a_package_is_taken_once():
    (first, second), _ = judge(facts_package(fact(1), fact(1)))

    assert (first.accepted, codes(second)) == (True, ["904"])


def test_a_thousand_and_one_records_refuse_the_package():
    one = facts_package(fact("n"))
    head, record, tail = _around(one)
    many = head + b"".join(record.replace(ident("n").encode(), ident(n).encode()) for n in range(1001)) + tail

    _, refusals = judge(many)

    assert [found.rule_code for found in refusals] == ["903"]


def _around(payload: bytes) -> tuple[bytes, bytes, bytes]:
    start, end = payload.index(b":fact>"), payload.rindex(b":fact>") + len(b":fact>")
    start = payload.rindex(b"<", 0, start)
    return payload[:start], payload[start:end], payload[end:]


GOOD = facts_package(fact(1))
STRANGE_FILES = {
    "version to come": (GOOD.replace(b"10.06.S/1.1.0", b"10.06.S/9.9.9"), "901", "1.1.0"),
    "another namespace": (GOOD.replace(b"urn://egisso-ru/msg", b"urn://other/msg"), "901", "urn://egisso-ru/msg"),
    "not XML": (b"PDF-1.4 %%%", "900", "XML"),
    "cut off": (GOOD[:-40], "900", "оборван"),
    "empty": (b"", "900", "XML"),
    "DOCTYPE": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.split(b"\n", 1)[1], "900", "DOCTYPE"),
    "billion laughs": (b'<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>', "900", "DOCTYPE"),
    "bottomless": (b"<a>" * 400 + b"</a>" * 400, "900", "XML"),
    "an answer": (b'<response xmlns="urn://egisso-ru/msg/10.10.I/1.0.3"/>', "901", "ответ"),
    "HTML": (b"<html><script>alert(1)</script></html>", "901", "не относится"),
}


@pytest.mark.parametrize(("payload", "code", "word"), STRANGE_FILES.values(), ids=STRANGE_FILES)
def test_a_strange_file_is_refused_with_a_reason(payload, code, word):
    verdicts, refusals = judge(payload)

    assert [found.rule_code for found in refusals] == [code]
    assert not [one for one in verdicts if one.accepted]
    assert word in refusals[0].message + refusals[0].what_to_do


class Register(NothingRecorded):
    """One fact of another body is recorded, one of ours is ended, one of ours is alive."""

    def facts(self, ids):
        return {
            ident("theirs"): KnownFact("0002.000002", "active", "2026-02-01"),
            ident("ended"): KnownFact("0001.000001", "ended", "2026-02-01"),
            ident("alive"): KnownFact("0001.000001", "active", "2026-02-01"),
            ident("gone"): KnownFact("0001.000001", "deleted", "2026-02-01"),
        }

    def taken(self, ids):
        return {ident("alive")} & set(ids)


END, DUPLICATE = "terminationBasedOnEndOfRight", "duplicatesInvalidation"
RECALCULATED = "alterationBasedOnRecalculation"
CHANGES: dict[str, tuple[tuple[str, dict[str, Any]], list[str]]] = {
    "ours": ((END, change(9, "alive", last_day="2026-02-28")), []),
    "of another body": ((END, change(9, "theirs", last_day="2026-02-28")), ["910"]),
    "of a predecessor": ((END, change(9, "theirs", last_day="2026-02-28", provider="0002.000002")), []),
    "of an unknown fact": ((END, change(9, "nothing", last_day="2026-02-28")), ["911"]),
    "ended twice": ((END, change(9, "ended", last_day="2026-02-28")), ["912"]),
    "an ended fact counted anew": ((RECALCULATED, change(9, "ended", amount="5.00")), []),
    "a deleted fact": ((DUPLICATE, change(9, "gone")), ["912"]),
    "ends before it begins": ((END, change(9, "alive", last_day="2026-01-01")), ["913"]),
    "less than nothing": ((RECALCULATED, change(9, "alive", amount="-5.00")), ["917"]),
}


@pytest.mark.parametrize(("record", "told"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_judged_by_the_fact_it_changes(record, told):
    (verdict,), _ = judge(facts_package(record), by=known(recorded=Register()))

    assert codes(verdict) == told


def test_a_change_of_a_fact_told_in_the_same_package_is_known():
    records = (fact("new"), (END, change(8, "new", last_day="2026-02-28")), (DUPLICATE, change(9, "new")))

    verdicts, _ = judge(facts_package(*records))

    assert [one.accepted for one in verdicts] == [True, True, True]


def test_a_fact_recorded_before_is_not_taken_again():
    (verdict,), _ = judge(facts_package(fact("alive")), by=known(recorded=Register()))

    assert codes(verdict) == ["905"]


def test_a_body_nobody_knows_is_told_when_the_register_is_loaded():
    (verdict,), _ = judge(facts_package(fact(1)), by=known(bodies={"0002.000002": ""}))

    assert codes(verdict) == ["916"]


CARD = {
    "id": ident("card"), "title": "Выплата", "from": "2026-01-01", "periodicity": "02", "part": "010102", "msz": "0301",
    "form": "01", "level": "02", "estimation": "1000 рублей", "territories": ["22701000"],
    "kbk": "00010030310100000313",
    "categories": [{"id": CATEGORY, "title": "Семья", "category": "03000004"}],
    "shares": [{"funding": "0100", "quota": "100.00"}], "cases": "Рождение", "conditions": "Регистрация",
    "acts": [{"number": "1", "date": "2026-01-01", "title": "Закон", "authority": "Дума", "url": "закон.рф"}],
    "methods": [{"method": "01"}], "request_forms": ["1"], "answer_forms": ["1"],
    "changed_at": "2026-01-01T10:00:00+03:00",
    "papers": [{"documentTypeName": "заявление", "documentOrigin": "оригинал", "documentQ": "1", "documentNess": True}],
}  # fmt: skip
WRONG_CARDS = {
    "section": ({"part": "990101"}, ["001"]),
    "measure": ({"msz": "9901"}, ["002"]),
    "category": ({"categories": [{"id": CATEGORY, "title": "Семья", "category": "99000000"}]}, ["003"]),
    "form": ({"form": "99"}, ["004"]),
    "level": ({"level": "09"}, ["006"]),
    "territory": ({"territories": ["09991000"]}, ["007"]),
    "periodicity": ({"periodicity": "99"}, ["008"]),
    "source": ({"shares": [{"funding": "0900", "quota": "100.00"}]}, ["018", "005", "015"]),
    "shares": ({"shares": [{"funding": "0100", "quota": "99.99"}]}, ["016"]),
    "two shares": ({"shares": [{"funding": "1000", "quota": "99.00"}, {"funding": "0100", "quota": "1.00"}]}, ["018"]),
    "КБК": ({"kbk": "FF000000000000000000"}, ["022"]),
    "КБК with letters of the target article": ({"kbk": "14810030310P10000313"}, []),
    "ends before it begins": ({"to": "2025-01-01"}, ["913"]),
}


@pytest.mark.parametrize(("spoilt", "told"), WRONG_CARDS.values(), ids=WRONG_CARDS)
def test_a_card_of_a_measure_is_compared_with_the_classifier(spoilt, told):
    base = _allowed(CARD)
    payload = to_bytes(package("10.05.I/2.1.0", ident("cards"), [("localMSZ", {**deepcopy(base), **spoilt})]))

    (verdict,), _ = judge(payload)

    found = [one for one in verdict.findings if one.rule_code != "018" or one.is_refusal or "018" in told]
    assert [one.rule_code for one in found] == told, [one.message for one in verdict.findings]


def _allowed(card: dict[str, Any]) -> dict[str, Any]:
    """The card with a combination that our own classifier allows."""
    lists = known().classifiers
    code = next(one for one in sorted(lists.rules) if one.split(".")[2:4] == ["02", "0100"] and ".01." in one)
    msz, category, level, funding, form, part = code.split(".")
    return {**card, "msz": msz, "level": level, "form": form, "part": part, "shares": [
        {"funding": funding, "quota": "100.00"}], "categories": [
        {"id": CATEGORY, "title": "Семья", "category": category}]}  # fmt: skip


def test_a_minimum_is_recorded_once_a_quarter():
    class Minima(NothingRecorded):
        def minima(self):
            return {("01000000000", "2026", "1"): ident("minimum")}

    row = {"id": ident(5), "oktmo": "01000000000", "year": "2026", "quarter": "1", "all": "1.00", "able": "1.00",
           "pensioner": "1.00", "child": "1.00", "act": "№ 1", "changed_at": "2026-01-01T10:00:00"}  # fmt: skip
    rows = [("livingwage", row), ("livingwage", {**row, "id": ident(6), "previous_id": ident("minimum")})]

    verdicts, _ = judge(to_bytes(package("10.22.I/1.0.1", ident("minima"), rows)), by=known(recorded=Minima()))

    assert [codes(one) for one in verdicts] == [["066"], []]


def test_a_certificate_has_an_end():
    measure = KnownMeasure("2026-01-01", "", "05", {CATEGORY: frozenset()})
    card = fact(1, provision={"eCertificateForm": {
        "amount": "1.00", "okeiCode": "796", "equivalentAmount": "100.00",
        "nationalPaymentInstrument": "2200000000000004",
        "certificateType": "ECTP0001", "program": "01", "goodsWorkServices": {"goodsWorkService": [
            {"code": "1", "name": "Кресло"}]}}},
        budget_body={"rid": "1", "fullname": "Орган", "account": "1"})  # fmt: skip
    del card["last_day"]
    payload = to_bytes(package("10.36.S/2.0.0", ident("c"), [("createAssignmentFact", card)]))

    (verdict,), _ = judge(payload, by=known(measures={MEASURE: measure}))

    assert "914" in codes(verdict) or "902" in codes(verdict)
