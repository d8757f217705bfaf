"""Names of measures in the genitive: every measure of the law, each word of the answer checked by the dictionary."""

import pytest

from kazna.kernel.places import LAW
from kazna.plumbing.declension import in_genitive, morphology
from kazna.rules import load_library

LIBRARY = load_library(LAW)
TITLES = {
    title: LIBRARY.passport(editions[-1]).get("texts") if title == editions[-1].document["title"] else None
    for editions in LIBRARY.measures.values()
    for title in (editions[-1].document["title"], editions[-1].document["short_title"])
}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Единовременное пособие при рождении ребёнка", "единовременного пособия при рождении ребёнка"),
        ("Ежемесячная доплата к пенсии", "ежемесячной доплаты к пенсии"),
        ("Больничный", "больничного"),
        ("Больничный по травме на работе", "больничного по травме на работе"),
        ("Выходные по уходу за ребёнком-инвалидом", "выходных по уходу за ребёнком-инвалидом"),
        ("Материальная помощь, Пенза", "материальной помощи, Пенза"),
        ("Накопления правопреемникам", "накоплений правопреемникам"),
        ("Вторая пенсия", "второй пенсии"),
        ("Выплаты ко Дню Победы", "выплат ко Дню Победы"),
        ("Путёвка в санаторий", "путёвки в санаторий"),
        ("Ыыы щщщ", "Ыыы щщщ"),
        ("", ""),
    ],
)
def test_a_title_in_the_genitive(title, expected):
    assert in_genitive(title) == expected


def test_the_passport_has_the_last_word():
    assert in_genitive("Проезд и музеи", {"genitive": "проезда и музеев"}) == "проезда и музеев"


@pytest.mark.parametrize("title", sorted(TITLES))
def test_every_measure_of_the_law_is_declined(title):
    declined = in_genitive(title, TITLES[title])
    first = declined.split()[0].rstrip(",")

    assert declined != title
    assert first == first.lower()
    assert any("gent" in one.tag for one in morphology().parse(first))
    assert len(declined.split()) == len(title.split())


def test_what_two_nouns_name_is_said_by_the_passport():
    """«Бесплатный проезд и бесплатные музеи»: the dictionary declines the first noun only."""
    passports = {name: LIBRARY.passport(editions[-1]) for name, editions in LIBRARY.measures.items()}
    told = {name for name, passport in passports.items() if "genitive" in passport.get("texts", {})}

    assert told == {
        "r77-large-family-pass", "ru-chernobyl-compensation", "ru-sanatorium-companion", "ru-technical-aid",
    }  # fmt: skip
