"""Every text of the screens is in the English catalogue, every plural in the Russian one, and both are compiled."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from tests.web.conftest import signed_in
from tests.web.russian_parts import russian_parts
from tests.web.test_screens import SCREENS

import kazna.web
from kazna.contexts.measures import public as measures
from kazna.web.words import SITUATIONS

WEB = Path(kazna.web.__file__).parent
KEYWORDS = {"_": None, "now": None, "gettext": None, "ngettext": (1, 2)}


def texts() -> set[str | tuple[str, ...]]:
    """All texts in templates and code, by the same mapping that `pybabel extract` reads."""
    with open(WEB / "locale" / "babel.cfg", encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(WEB, methods, options, keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


def catalogue(language: str, kind: str) -> Catalog:
    path = WEB / "locale" / language / "LC_MESSAGES" / f"django.{kind}"
    with open(path, "rb") as file:
        return read_po(file, locale=language) if kind == "po" else read_mo(file)


def strings(found: Catalog) -> dict[str, object]:
    """Text, or the singular of a plural → its translation, or all forms of it."""
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            message.string if isinstance(message.string, str) else tuple(message.string)
        )
        for message in found
        if message.id
    }


def test_every_text_has_its_english():
    english = strings(catalogue("en", "po"))

    missing = [text for text in texts() if not english.get(text[0] if isinstance(text, tuple) else text)]

    assert missing == []


def test_no_text_is_left_over_in_the_catalogue():
    used = {text[0] if isinstance(text, tuple) else text for text in texts()}

    assert set(strings(catalogue("en", "po"))) - used == set()


def test_every_plural_has_three_russian_forms():
    russian = strings(catalogue("ru", "po"))

    assert {text[0]: len(russian.get(text[0], ())) for text in texts() if isinstance(text, tuple)} == dict.fromkeys(
        russian, 3
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_compiled_catalogue_is_fresh(language):
    assert strings(catalogue(language, "mo")) == strings(catalogue(language, "po"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", SCREENS)
def test_screens_speak_english_when_asked(town, role):
    browser, problems = signed_in(role), []
    browser.post("/settings/language/", {"language": "en"})
    for address in SCREENS[role]:
        response = browser.get(address)
        told = (response.status_code, response.headers.get("Content-Language"))
        problems += [f"{address}: {told}"] if told != (200, "en") else []
        problems += [f"{address}: Russian"] if "Версия для слабовидящих" in response.content.decode() else []
        parts = russian_parts(response.content.decode())
        problems += [f"{address}: {told}" for told in parts.misplaced + parts.unmarked]

    assert problems == []


@pytest.mark.django_db
def test_the_browser_does_not_choose_the_language():
    page = Client().get("/login/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="ru"' in page


def test_every_situation_of_the_law_has_its_words():
    titles = {one.id: one.title for one in measures.scenarios()}

    assert titles == {code: str(title) for code, title in SITUATIONS.items()}
