"""A spreadsheet says the same as a package, and what is hostile in it is not opened."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from tests.factories.egisso import codes, fact, facts_package, judge, known, person

from kazna.contexts.egisso import public as egisso
from kazna.contexts.egisso.sheet.columns import COLUMNS

PAPER = {"PassportRF": {"Series": "0407", "Number": "023456", "IssueDate": "2014-02-01", "Issuer": "ОВД Хамовники"}}
CHILD = {**person(223344556), "surname": "Смирнов", "birth_date": "2026-02-01", "kinship": "0120011"}
SERVICE = {"serviceForm": {"amount": "2.00", "OKEICode": "876", "equivalentAmount": "300.00", "content": "Уход"}}
FACTS = [
    fact(1, receiver=person(document=PAPER, phone="9991234567", citizenship="643"), grounds=[CHILD]),
    fact(2, provision=SERVICE, criteria=["100"], uses_need=True),
    fact(3, provision={"exemptionForm": {
        "amount": "1.00", "measuryCode": "01", "monetization": True, "equivalentAmount": "10.00"}}),
]  # fmt: skip


def test_facts_go_through_a_table_and_come_back_the_same():
    package = facts_package(*FACTS)

    back = egisso.read_sheet(egisso.write_sheet(package))

    ours = [one.ours for one in judge(package)[0]]
    assert [one.ours for one in judge(back.payload)[0]] == ours
    assert back.rows == [7, 8, 9]
    assert len(COLUMNS) == 53


def test_remarks_stand_beside_the_fact():
    package = facts_package(fact(1), fact(2, criteria=["200"], uses_need=True))

    sheet = load_workbook(BytesIO(egisso.write_sheet(package, known=known()))).worksheets[0]

    assert [sheet.cell(row, 53).value for row in (7, 8)] == [None, judge(package)[0][1].findings[0].rule_code + ": " +
                                                             judge(package)[0][1].findings[0].message]  # fmt: skip


def test_a_table_filled_by_hand_is_read_as_people_write():
    book = Workbook()
    sheet = book.active
    for place, (code, _) in enumerate(COLUMNS, 1):
        sheet.cell(4, place, code)
    filled = {
        "ONMSZCode": "0001.000001", "SNILS_recip": "112-233-445 95", "FamilyName_recip": "Смирнова",
        "Name_recip": "Анна", "Gender_recip": "Female", "BirthDate_recip": "01.05.1995", "usingSign": 0,
        "LMSZID": fact()["measure_id"], "categoryID": fact()["category_id"], "decision_date": "05.02.2026",
        "dateStart": "01.02.2026", "FormCode": 1, "amount": 1000.5,
    }  # fmt: skip
    for place, (code, _) in enumerate(COLUMNS, 1):
        sheet.cell(7, place, filled.get(code))
    box = BytesIO()
    book.save(box)

    first, again = egisso.read_sheet(box.getvalue()), egisso.read_sheet(box.getvalue())

    ((verdict,), refusals) = judge(first.payload)
    assert (codes(verdict), refusals, first.payload) == ([], [], again.payload)
    assert verdict.ours["provision"] == {"monetaryForm": {"amount": "1000.50"}}


def hostile(name: str) -> bytes:
    box = BytesIO()
    with ZipFile(box, "w", ZIP_DEFLATED) as archive:
        if name == "bomb":
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
        else:
            archive.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    return box.getvalue()


@pytest.mark.parametrize(
    "payload", [b"", b"PK\x03\x04", b"<html/>", hostile("bomb"), hostile("entity"), egisso.write_sheet()],
    ids=["empty", "cut", "html", "bomb", "entity", "no facts"],
)  # fmt: skip
def test_what_is_not_a_table_of_facts_is_refused_in_words(payload):
    with pytest.raises(egisso.SheetRefused, match="Таблица не читается"):
        egisso.read_sheet(payload)
