"""A supplier describes a measure on the screen; strangers do not see its draft."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from tests.web.conftest import signed_in

from kazna.contexts.egisso.models import LocalMeasure, MeasureDraft

pytestmark = pytest.mark.django_db
MEASURES = "/egisso/measures/"


def rows(name: str, *told: dict[str, str]) -> dict[str, str]:
    count = str(len(told))
    cells = {f"{name}-{place}-{field}": value for place, row in enumerate(told) for field, value in row.items()}
    return {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": "0", **cells}


def card(**changes: str) -> dict[str, str]:
    return {
        "title": "Ежемесячная выплата многодетным семьям на детей", "first_day": "01.01.2026", "level": "02",
        "form": "01", "periodicity": "02", "msz": "0301", "part": "010102", "territories": "49000000",
        "kbk": "14810030310001200313", "cases": "Рождение ребёнка", "conditions": "Живут в области",
        "request_forms": "1", "answer_forms": "2",
        **rows("categories", {"title": "Многодетные семьи", "category": "03000004", "criteria": "100:1.5"}),
        **rows("shares", {"funding": "0100", "quota": "90"}, {"funding": "0010", "quota": "10"}),
        **rows("acts", {"number": "1-ОЗ", "date": "01.12.2025", "title": "Закон", "authority": "Дума", "url": "http://a"}),
        **rows("papers", {"documentTypeName": "Паспорт", "documentOrigin": "оригинал", "documentQ": "1",
                          "documentNess": "true"}),
        **rows("methods", {"method": "01"}), **rows("steps", {"stepH": "Подайте заявление"}), **changes,
    }  # fmt: skip


def new_draft(client) -> str:
    return client.post(MEASURES, {"rule": ""}).headers["Location"]


def test_a_draft_is_checked_mended_and_recorded(town):
    client = signed_in("supplier")
    address = new_draft(client)

    wrong = client.post(address, {**card(**{"shares-1-quota": "5"}), "save": "1"}).content.decode()
    more = client.post(address, {**card(), "add_acts": "1"}).content.decode()
    shown = client.get(address).content.decode()
    done = client.post(address, {**card(), "record": "1"})

    assert "016" in wrong and "Подходящие места в КМСЗ" in wrong
    assert "acts-1-number" in more
    assert done.status_code == 302, done.content.decode()
    measure = LocalMeasure.objects.get()
    assert (measure.provider, measure.card["categories"][0]["criteria"][0]["code"]) == ("0001.000001", "100")
    page = client.get(done.headers["Location"]).content.decode()
    assert "Новая версия" in page and "Многодетные семьи" in page
    told = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)", page))
    assert (told["Уровень акта"], told["Форма предоставления"], told["Периодичность"]) == (
        "02 Региональный", "01 Денежная", "Ежемесячно",
    )  # fmt: skip
    assert 'value="01.01.2026"' in shown
    assert client.get(address).status_code == 404  # recorded: no draft any more


def test_a_register_goes_out_as_a_table_and_comes_back(town):
    client = signed_in("supplier")
    client.post(new_draft(client), {**card(), "record": "1"})
    table = client.get(f"{MEASURES}table.xlsx").content

    again = client.post(f"{MEASURES}table/", {"package": SimpleUploadedFile("m.xlsx", table)}).content.decode()
    broken = client.post(f"{MEASURES}table/", {"package": SimpleUploadedFile("m.xlsx", b"PK\x03\x04")})

    assert load_workbook(BytesIO(table)).active.max_row == 2
    assert "905" in again
    assert "не читается" in broken.content.decode() and LocalMeasure.objects.count() == 1


def test_a_branch_reads_and_does_not_write(town):
    client = signed_in("branch")

    assert client.post(MEASURES, {"rule": ""}).status_code == 404
    assert client.post(f"{MEASURES}table/").status_code == 403
    assert MeasureDraft.objects.count() == 0


@pytest.mark.parametrize("query", ["q=%27%3B--&region=zz", "after=x_y", "after=0_notuuid", "q=" + "а" * 5000])
def test_odd_searches_are_answered(town, query):
    assert signed_in("supplier").get(f"{MEASURES}?{query}").status_code == 200
