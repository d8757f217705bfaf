"""A day goes by: what is sent, what is answered, and that a repeated day sends the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from lxml import etree
from tests.standins.asking import credit_register, income_request, unemployment_request
from tests.standins.conftest import FakeProduct
from tests.standins.schemas import assert_valid, root_name
from tests.standins.village import (
    DISABLED,
    END,
    FATHER,
    MOTHER_WITH_CLOSED_ACCOUNT,
    START,
)

from kazna.kernel.identifiers import account_is_valid
from kazna.population import Region
from kazna.standins.day import Agencies, play_day
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.product import ParcelRefused, Product, ProductUnreachable

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = date(2025, 1, 14), date(2025, 1, 15)


def play(agencies: Agencies, product: Product, first: date, last: date) -> None:
    for passed in range((last - first).days + 1):
        play_day(agencies, product, first + DAY * passed)


def test_the_same_day_twice_sends_the_same_bytes(
    agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    first = play_day(agencies, product, WEDNESDAY)
    second = play_day(agencies, product, WEDNESDAY)

    assert first["sent"] == second["sent"] == {"zags": 1}
    assert (first["answers"], second["answers"]) == ({"accepted": 1}, {"duplicate": 1})
    assert fake_product.posts[0] == fake_product.posts[1]


def test_a_killed_process_goes_on_from_the_mailbox(
    village: Region, tmp_path: Path, agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    agencies.mailbox.begin(TUESDAY, answering=[])
    agencies.mailbox.receive("fns", income_request(village, FATHER, 2024))
    play_day(agencies, product, WEDNESDAY)

    reborn = Agencies(Life(village), Mailbox(tmp_path / "mailbox.sqlite", before=START), with_troubles=False)
    play_day(reborn, product, WEDNESDAY)

    before, after = fake_product.documents("fns")
    assert before == after


def test_a_request_is_answered_on_the_next_day_of_the_clock(
    village: Region, agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    play_day(agencies, product, TUESDAY)
    agencies.mailbox.receive("fns", income_request(village, FATHER, 2024))

    play_day(agencies, product, TUESDAY)
    unanswered = fake_product.documents("fns")
    play_day(agencies, product, WEDNESDAY)

    [answer] = fake_product.documents("fns")
    assert unanswered == []
    assert_valid(answer)
    root = etree.fromstring(answer)
    months = [(row.get("Месяц"), row.get("СумДоход")) for row in root.iter("{*}СвСумДох")]
    assert root.get("ИдЗапрос") == "q-1-2024"
    assert months == [(f"{month:02d}", "90000.00") for month in range(1, 13)]


def test_pay_stops_and_starts_with_the_job(village: Region, agencies: Agencies) -> None:
    paid = agencies.tax_service.paid(FATHER, 2025, date(2025, 12, 15))

    [months] = paid.values()
    assert sorted(months) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11]
    assert months[8] < months[7]


def test_no_income_is_an_answer_too(village: Region, agencies: Agencies) -> None:
    answer = agencies.tax_service.answer(income_request(village, DISABLED, 2024), "f" * 64, WEDNESDAY)

    assert_valid(answer.body)
    assert not list(etree.fromstring(answer.body).iter("{*}СвСумДох"))


@pytest.mark.parametrize(
    ("on", "present", "ends"),
    [
        (date(2025, 8, 1), "false", []),
        (date(2025, 9, 1), "true", [None]),
        (date(2025, 11, 1), "true", ["2025-09-30"]),
    ],
)
def test_the_employment_service_knows_only_what_has_happened(
    village: Region, agencies: Agencies, on: date, present: str, ends: list[str | None]
) -> None:
    answer = agencies.employment_service.answer(unemployment_request(village, FATHER, on), "a" * 64, on)

    assert_valid(answer.body)
    root = etree.fromstring(answer.body)
    assert root.findtext("{*}PresenceData") == present
    assert [period.findtext("{*}DateEnd") for period in root.iter("{*}AsTheUnemployed")] == ends


def test_after_a_refusal_the_citizen_opens_another_account(
    village: Region, agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    play_day(agencies, product, TUESDAY)
    closed = village.people.account[MOTHER_WITH_CLOSED_ACCOUNT]
    mother = ("Громова", "Юлия", "Павловна")
    agencies.mailbox.receive("bank", credit_register([(*mother, closed, "100.00")], total="100.00"))

    play(agencies, product, WEDNESDAY, WEDNESDAY + DAY * 6)

    [statement] = [etree.fromstring(body) for body in fake_product.documents("bank")]
    changes = [json.loads(body) for body in fake_product.documents("epgu") if b"account_change" in body]
    assert statement[0].get("Причина") == "счёт закрыт"
    [change] = changes
    new = change["account"]
    assert WEDNESDAY + DAY * 3 <= date.fromisoformat(change["on"]) <= WEDNESDAY + DAY * 5
    assert account_is_valid(new["bik"], new["account"])
    assert agencies.bank.refused(credit_register([(*mother, new["account"], "1.00")], total="1.00")) == []


def test_a_day_of_the_clock_stands_for_the_days_skipped_before_it(
    agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    friday, monday = date(2025, 7, 4), date(2025, 7, 7)
    play_day(agencies, product, friday)

    played = [play_day(agencies, product, monday) for _ in range(2)]

    assert [day["sent"] for day in played] == [{"mvd": 1}, {"mvd": 1}]
    assert [name for _, name, _ in fake_product.posts[-2:]] == ["own_mvd_residence-2025-07-05.zip"] * 2


def test_statements_wait_for_monday(
    village: Region, agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    friday = date(2025, 1, 17)
    play_day(agencies, product, friday)
    good = village.people.account[FATHER]
    agencies.mailbox.receive("bank", credit_register([("Иванов", "Пётр", "Ильич", good, "5.00")], total="5.00"))

    play(agencies, product, friday + DAY, friday + DAY * 2)
    weekend = fake_product.documents("bank")
    play_day(agencies, product, friday + DAY * 3)

    assert weekend == []
    [statement] = fake_product.documents("bank")
    assert_valid(statement)


def test_two_years_of_the_village(agencies: Agencies, product: Product, fake_product: FakeProduct) -> None:
    play(agencies, product, START, END)

    acts = sorted(root_name(body) for body in fake_product.documents("zags"))
    said = [json.loads(body) for body in fake_product.documents("epgu")]
    assert acts == ["BRAKRRequest", "BRAKZRequest", "FATALRequest", "PERNAMERequest", "ROGDRequest", "ROGDRequest"]
    assert {each["measure"] for each in said} <= {
        "ru-child-benefit",
        "ru-birth-grant",
        "r77-large-family-cost-of-living",
        "ru-burial-benefit",
        "ru-old-age-pension",
    }
    assert {"ru-birth-grant"} <= {each["measure"] for each in said}


def test_the_funds_daily_files_carry_a_manifest(agencies: Agencies) -> None:
    [hiring] = agencies.fund.documents_of(date(2025, 10, 2))

    with zipfile.ZipFile(io.BytesIO(hiring.body)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        rows = archive.read("employment.csv").decode().splitlines()
    assert manifest["format"] == "own_sfr_employment/1"
    assert manifest["files"]["employment.csv"]["rows"] == 1
    assert rows[1].endswith(",7707083893,hired,2025-10-01,")


def test_a_product_that_restarts_gets_the_parcel_in_the_end(
    agencies: Agencies, product: Product, fake_product: FakeProduct
) -> None:
    fake_product.down_for = 7

    assert play_day(agencies, product, WEDNESDAY)["answers"] == {"accepted": 1}


def test_patience_has_an_end(agencies: Agencies, product: Product, fake_product: FakeProduct) -> None:
    fake_product.down_for = 10
    product.patience_seconds = -1

    with pytest.raises(ProductUnreachable):
        play_day(agencies, product, WEDNESDAY)


def test_a_wrong_key_is_not_retried(agencies: Agencies, product: Product) -> None:
    product.keys = {"zags": "stolen"}

    with pytest.raises(ParcelRefused):
        play_day(agencies, product, WEDNESDAY)


def test_a_busy_product_is_asked_again(agencies: Agencies) -> None:
    answers = iter([httpx.Response(503), httpx.Response(200, json={"documents": [{"status": "accepted"}]})])
    transport = httpx.MockTransport(lambda request: next(answers))
    with httpx.Client(transport=transport, base_url="http://product") as client:
        product = Product(client, keys={"zags": "k"}, patience_seconds=60, sleep=lambda seconds: None)

        assert play_day(agencies, product, WEDNESDAY)["answers"] == {"accepted": 1}
