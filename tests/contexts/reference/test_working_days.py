"""The calendar agrees with the published totals and terms skip days off."""

from datetime import date, timedelta

import pytest

from kazna.contexts.reference import public as reference

PUBLISHED_WORKING_DAYS = {2024: 248, 2025: 247, 2026: 247, 2027: 247}


@pytest.mark.parametrize(("year", "published"), PUBLISHED_WORKING_DAYS.items())
def test_a_year_has_the_published_number_of_working_days(year, published):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))

    assert sum(reference.is_working_day(day) for day in days if day.year == year) == published


def test_five_working_days_over_the_new_year_holidays():
    assert reference.add_working_days(date(2025, 12, 30), 5) == date(2026, 1, 16)


def test_a_working_saturday_counts():
    assert reference.is_working_day(date(2025, 11, 1))
    assert reference.add_working_days(date(2025, 10, 31), 1) == date(2025, 11, 1)


def test_payday_on_a_day_off_moves_either_way():
    assert reference.working_day_from(date(2026, 5, 9)) == date(2026, 5, 12)
    assert reference.working_day_until(date(2026, 5, 9)) == date(2026, 5, 8)


def test_an_unpublished_year_is_refused_by_name():
    with pytest.raises(reference.CalendarUnknown, match="2028"):
        reference.is_working_day(date(2028, 1, 10))


def test_names_by_code():
    assert reference.region_name("77") == "Москва"
    assert reference.country_name("643") == "РОССИЯ"
    assert reference.document_name("21") == "Паспорт гражданина Российской Федерации"
    assert reference.region_name("00") == "00"
