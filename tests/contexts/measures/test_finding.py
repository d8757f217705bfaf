"""Measures are found by the words of people: any form, slips of a finger, nothing hostile."""

from datetime import date

import pytest

from kazna.contexts.measures import public as measures

pytestmark = pytest.mark.django_db  # the law in force may have been published


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("родился ребёнок", "ru-birth-grant"),
        ("РОДИЛАСЬ ДОЧЬ", "ru-birth-grant"),
        ("инвалидная коляска", "ru-technical-aid"),
        ("меня уволили", "ru-unemployment-benefit"),
        ("потеряла работу", "ru-unemployment-benefit"),
        ("матеренский капитал", "ru-maternity-capital"),
        ("похороны бабушки", "ru-burial-benefit"),
        ("больничные", "ru-sick-leave"),
        ("декретные", "ru-maternity-benefit"),
        ("квартплата", "ru-housing-subsidy"),
        ("садик", "r66-kindergarten-fee"),
    ],
)
def test_words_of_people_find_the_measure(words, expected):
    assert measures.find_measures(words=words)[0] == expected


def test_a_slip_of_a_finger_still_finds_pensions():
    assert "ru-old-age-pension" in measures.find_measures(words="пинсия")


@pytest.mark.parametrize(
    "words", ["", "   ", "123 456", "<script>alert(1)</script>", "' OR 1=1 --", "ъ" * 10_000, "😀"]
)
def test_nothing_is_found_by_what_means_nothing(words):
    assert measures.find_measures(words=words) == []


def test_every_measure_in_force_has_a_leaflet():
    on = date(2026, 10, 31)
    for card in measures.measures_list():
        try:
            leaflet = measures.leaflet(measure=card.measure, region="77", on=on)
        except measures.NoEdition:
            continue
        assert leaflet.conditions, card.measure
        assert leaflet.modes, card.measure
        assert leaflet.law, card.measure


def test_a_leaflet_shows_the_figures_of_the_region_chosen():
    on = date(2026, 10, 31)

    chosen = [one for one in measures.leaflet(measure="ru-child-benefit", region="77", on=on).sums if one.is_regional]
    not_chosen = [one for one in measures.leaflet(measure="ru-child-benefit", region="", on=on).sums if one.is_regional]

    assert 21_903_00 in {one.kopecks for one in chosen}
    assert not_chosen == []
