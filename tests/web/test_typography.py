"""Money, days and lengths of time as people read them; what stands together does not part between lines."""

from datetime import date

import pytest
from django.utils import translation

from kazna.kernel.money import NARROW_SPACE
from kazna.web.regions import place_of_oktmo, region
from kazna.web.typography import iso_day, large_money, money, took, typeset


def plain(text: str) -> str:
    return text.replace(NARROW_SPACE, " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (2_845_045, "28 450,45 ₽", "28,450.45 ₽"),
        (1_773_300, "17 733 ₽", "17,733 ₽"),
        (-50, "−0,50 ₽", "−0.50 ₽"),
        (0, "0 ₽", "0 ₽"),
        (None, "—", "—"),
    ],
)
def test_money_is_written_as_the_language_writes_it(kopecks, russian, english):
    assert plain(money(kopecks)) == russian
    with translation.override("en"):
        assert plain(money(kopecks)) == english


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.42, "0,4 с"), (90, "90 с"), (150, "2 мин"), (7300, "2 ч"), (54_957_610, "636 дн."), (None, "—")],
)
def test_how_long_it_took_in_one_unit(seconds, expected):
    assert plain(took(seconds)) == expected


def test_a_number_stays_with_its_sign_and_whole_roubles_lose_kopecks():
    assert typeset("Закон № 81-ФЗ, г. Москва, д. 12") == (
        f"Закон №{NARROW_SPACE}81-ФЗ, г.{NARROW_SPACE}Москва, д.{NARROW_SPACE}12"
    )
    assert typeset(f"положено 8 157,00{NARROW_SPACE}₽") == f"положено 8{NARROW_SPACE}157{NARROW_SPACE}₽"


def test_a_day_kept_as_text_is_said_as_a_day():
    assert plain(iso_day("2026-03-05")) == plain(iso_day(date(2026, 3, 5))) == "5 марта 2026"
    assert (iso_day("скоро"), iso_day(None)) == ("скоро", "—")


def test_regions_are_said_by_name():
    assert (region("77"), region("xx"), region(None)) == ("Москва", "xx", "")
    assert place_of_oktmo("45000000") == "Москва"
    assert place_of_oktmo("45380000") == "ОКТМО 45380000, Москва"


@pytest.mark.parametrize(
    ("kopecks", "expected"),
    [
        (59_655_283, "596 553 ₽"),
        (999_999_999_00, "1 000 млн ₽"),
        (1_240_000_000, "12,4 млн ₽"),
        (124_017_826_857_200, "1,24 трлн ₽"),
        (-2_500_000_000_000, "−25 млрд ₽"),
        (0, "0 ₽"),
    ],
)
def test_a_headline_is_short(kopecks, expected):
    assert plain(large_money(kopecks)).replace("-", "−") == expected
