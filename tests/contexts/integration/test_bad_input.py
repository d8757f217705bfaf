"""Every kind of bad input is refused with a readable reason and never with a crash."""

import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contexts.integration.messages import (
    FRI_SAMPLE,
    SAMPLE,
    TODAY,
    bank_statement,
    birth,
    citizen_act,
    death,
    snils,
    table_archive,
    zipped,
)

from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.read_document import Reading, read_document, sender_remark
from kazna.contexts.integration.readers.unpack_delivery import unpack_delivery
from kazna.contexts.integration.remarks import CATALOGUE

XXE = b"""<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><x>&s;</x>"""
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">'.encode().replace(b"&a0;", b"&a;") for i in range(1, 12))
    + b"]><x>&a11;</x>"
)
HIDDEN_XXE = XXE.decode().encode("utf-16")
WRONG_FILES = {"t.csv": {"rows": 0, "sha256": "0"}}


def hired(*rows: dict[str, str]) -> bytes:
    heading = ("snils", "employer_inn", "event", "date", "reason")
    told = [(snils(112233), row["inn"], "hired", row["day"], "") for row in rows]
    return table_archive("own_sfr_employment/1", {"t.csv": [heading, *told]})


def read(payload: bytes, **limits: int) -> Reading:
    return read_document(payload, on=TODAY, limits=Limits(**limits))


def codes(reading: Reading) -> set[str]:
    return {remark.code for remark in reading.remarks if remark.is_refusal}


BAD = {
    "nothing at all": (b"", "empty"),
    "not a document": (b"%PDF-1.7 ...", "not_readable"),
    "cut off": (birth()[:900], "xml_broken"),
    "tags crossed": (b"<a><b></a></b>", "xml_broken"),
    "deep nesting": (b"<a>" * 3000, "xml_broken"),
    "foreign entity": (XXE, "xml_doctype"),
    "foreign entity in utf-16": (HIDDEN_XXE, "xml_doctype"),
    "billion laughs": (LAUGHS, "xml_doctype"),
    "unknown root": (b"<hello/>", "unknown_format"),
    "older edition": (birth().replace(b"4.0.5", b"4.0.1"), "unknown_format"),
    "schema broken": (birth().replace("<ns:ЖивМертв>0</ns:ЖивМертв>".encode(), b""), "schema"),
    "day not in the calendar": (death(died="2026-02-30"), "schema"),
    "wrong СНИЛС": (birth(child_snils="083 367 324 78"), "snils_wrong"),
    "born tomorrow": (birth(born="2026-02-11", recorded="2026-02-10"), "date_future"),
    "recorded tomorrow": (birth(recorded="2026-02-11", state_since="2026-02-11"), "date_future"),
    "recorded before birth": (birth(born="2026-02-07"), "record_before_event"),
    "child and mother share СНИЛС": (birth(child_snils="732 047 965 92"), "snils_repeated"),
    "latin letters in a name": (birth(forename="Пeтр"), "name_alphabet"),
    "death before birth": (death(born="1990-01-03", died="1980-01-01"), "death_before_birth"),
    "day of death unknown": (death(partly=True), "date_missing"),
    "broken json": (b'{"format": ', "json_broken"),
    "bottomless json": (b'{"a":' * 100_000, "json_broken"),
    "other json": (b'{"format": "own_epgu/2"}', "unknown_format"),
    "consent to nothing": (citizen_act(measure=None), "json_field"),
    "field of another type": (citizen_act(snils=12), "json_field"),
    "day that is none": (citizen_act(on="2026-02-31"), "json_field"),
    "wrong account": (
        citizen_act(kind="account_change", account={"bik": "044525225", "account": "40817810000000000001"}),
        "account_wrong",
    ),
    "disability before birth": (FRI_SAMPLE.replace("ДатаС>2004".encode(), "ДатаС>2001".encode()), "event_before_birth"),
    "term reversed": (FRI_SAMPLE.replace(b"2021-06-20", b"2001-06-20", 1), "period_reversed"),
    "statement line twice": (bank_statement().replace('Нпп="2"'.encode(), 'Нпп="1"'.encode()), "line_repeated"),
    "statement word unknown": (bank_statement(second="может быть"), "schema"),
    "batch inside a batch": (zipped({"a.xml": birth()}), "unknown_format"),
    "manifest lies": (table_archive("own_sfr_snils/1", {"t.csv": [("a",)]}, files=WRONG_FILES), "table_manifest"),
    "manifest names no file": (table_archive("own_sfr_snils/1", {}, files=WRONG_FILES), "table_manifest"),
    "manifest of another form": (zipped({"manifest.json": b"[1]"}), "table_manifest"),
    "other columns": (table_archive("own_sfr_snils/1", {"t.csv": [("a", "b")]}), "table_columns"),
}  # fmt: skip


@pytest.mark.parametrize(("payload", "code"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused_with_its_reason(payload, code):
    reading = read(payload)

    assert code in codes(reading), [str(remark) for remark in reading.remarks]
    for remark in reading.remarks:
        assert remark.where and re.search("[а-я]{3}", remark.what), remark
        assert remark.what.endswith(".") and remark.why.endswith(".") and remark.what_to_do.endswith(".")


@pytest.mark.parametrize(
    ("row", "code"),
    [({"inn": "7707083893", "day": "вчера"}, "table_cell"), ({"inn": "7707083890", "day": "2026-02-01"}, "inn_wrong")],
)
def test_a_bad_row_of_a_table_is_left_out_and_told_about(row, code):
    reading = read(hired(row, {"inn": "7707083893", "day": "2026-02-02"}))

    assert not reading.is_refused
    assert [one.happened_on.day for one in reading.statements] == [2]
    (remark,) = reading.remarks
    assert (remark.code, remark.where) == (code, "t.csv, строка 2")
    assert "Строка пропущена" in remark.what


def test_a_message_of_fifty_megabytes_is_refused_unread():
    (incoming,) = unpack_delivery(b"<a>" + b" " * 50 * 1024 * 1024, "big.xml", Limits())

    assert [remark.code for remark in incoming.refusals] == ["too_large"]
    assert incoming.payload == b""


def bomb(size: int, name: str = "a.xml") -> bytes:
    return zipped({name: b"0" * size})


@pytest.mark.parametrize(
    ("payload", "limits", "code"),
    [
        (bomb(30_000_000), {}, "zip_ratio"),
        (bomb(2_000_000), {"unpacked_bytes": 1_000_000}, "zip_bomb"),
        (zipped({f"{i}.xml": b"" for i in range(6)}), {"entries": 5}, "zip_too_many"),
        (bomb(1000, "folder/a.xml"), {}, "zip_path"),
        (bomb(1000, "../a.xml"), {}, "zip_path"),
        (bomb(1000), {"document_bytes": 500}, "too_large"),
        (zipped({"a.xml": birth()})[:-30], {}, "zip_broken"),
        (zipped({}), {}, "empty"),
    ],
    ids=["ratio", "total", "count", "folder", "parent", "one file", "cut", "no files"],
)
def test_a_dangerous_archive_is_refused_before_unpacking(payload, limits, code):
    (first, *_) = unpack_delivery(payload, "a.zip", Limits(**limits))

    assert [remark.code for remark in first.refusals] == [code]


def test_an_archive_that_lies_about_its_sizes_is_refused():
    honest = zipped({"a.xml": birth()})
    size = len(birth()).to_bytes(4, "little")
    lying = honest.replace(size, (10).to_bytes(4, "little"))

    (incoming,) = unpack_delivery(lying, "a.zip", Limits())

    assert [remark.code for remark in incoming.refusals] == ["zip_broken"]


def test_one_bad_file_does_not_hold_the_others():
    found = unpack_delivery(zipped({"x/a.xml": birth(), "b.xml": birth()}), "a.zip", Limits())

    assert [bool(one.refusals) for one in found] == [True, False]


def test_a_password_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.xml", birth())
    locked = bytearray(target.getvalue())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        flags = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        locked[flags] |= 1

    (incoming,) = unpack_delivery(bytes(locked), "a.zip", Limits())

    assert [remark.code for remark in incoming.refusals] == ["zip_locked"]


def test_schema_remarks_are_readable_and_have_no_foreign_words():
    spoiled = birth().decode()
    for old, new in (
        ("<ns:Пол>1", "<ns:Пол>3"),
        ('НомерЗапис="1234"', ""),
        ('СНИЛС="083 367 324 77"', 'СНИЛС="083"'),
        ("<ns:ДатаЗапис>2026-02-05", "<ns:ДатаЗапис>2026-02-36"),
        ("<ns1:Фамилия>Иванова</ns1:Фамилия>", "<ns1:Фамилия></ns1:Фамилия>"),
        ("</ns:СведДокРод>", "</ns:СведДокРод><ns:Лишний/>"),
        ("<ns1:Гражданство ", '<ns1:Гражданство X="1" '),
    ):
        assert old in spoiled, old
        spoiled = spoiled.replace(old, new, 1)

    remarks = read(spoiled.encode()).remarks

    assert len(remarks) == 7
    text = "\n".join(str(remark) for remark in remarks)
    assert "нет обязательного атрибута «НомерЗапис»" in text
    assert "Элемент «Пол»: значение «3» не из списка" in text and "одно из значений 1, 2" in text
    assert not re.search(r"[Ee]lement|attribute|facet|\burn:|xs:", text)


def test_only_the_holder_may_report_its_kind():
    reading = read(birth())

    assert sender_remark(reading, "zags") is None
    assert sender_remark(reading, "bank").code == "wrong_sender"


def test_every_wording_says_what_why_and_what_to_do():
    for code, wording in CATALOGUE.items():
        for text in (wording.what, wording.why, wording.what_to_do):
            assert re.search(r"[.}]$", text), (code, text)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400)
    | st.binary(max_size=300).map(lambda noise: b"<a>" + noise)
    | st.binary().map(lambda noise: b"PK\x03\x04" + noise)
)
def test_noise_never_crashes_the_reader(noise):
    for one in unpack_delivery(noise, "noise", Limits()):
        read(one.payload)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_birth_record_with_flipped_bytes_never_crashes_the_reader(data):
    payload = bytearray(SAMPLE.encode())
    for place in data.draw(st.lists(st.integers(0, len(payload) - 1), max_size=6)):
        payload[place] = data.draw(st.integers(0, 255))

    read(bytes(payload))
