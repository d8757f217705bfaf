"""Citizens' texts read aloud: short sentences, no words of an office. Level: a twelve-year-old, an eighty-year-old."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from kazna.web.words import SOURCES

TEMPLATES = Path(__file__).parents[2] / "src/kazna/web/templates"
FOLDERS = ("citizen", "applying", "support", "home")
TEXT = re.compile(r'_\("((?:[^"\\]|\\.)*)"')
OFFICIALESE = re.compile(
    r"осуществл|в соответствии|вышеуказ|нижеслед|надлежащ|\bданн(ый|ая|ое|ого|ой) |явля(ет|ют)ся|посредством|"
    r"в целях|на предмет|в случае если|в установленном порядке|в рамках|производится|уполномоченн|путём",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 20  # words: what is said in one breath


def texts() -> list[tuple[str, str]]:
    found = [
        (path.relative_to(TEMPLATES).as_posix(), text)
        for folder in FOLDERS
        for path in sorted((TEMPLATES / folder).rglob("*.html"))
        for text in TEXT.findall(path.read_text("utf-8"))
    ]
    assert found
    return found


def test_every_agency_has_a_name_for_people():
    assert {*settings.KAZNA_AGENCY_KEYS, *settings.KAZNA_AGENCY_URLS} <= set(SOURCES)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_text_is_said_in_one_breath_and_in_plain_words(folder):
    wrong = []
    for path, text in texts():
        sentences = re.split(r"(?<=[.!?:;])\s+", text) if path.startswith(folder) else []
        wrong += [f"{path}: {one}" for one in sentences if len(one.split()) > LONGEST_SENTENCE]
        wrong += [f"{path}: {one}" for one in sentences if OFFICIALESE.search(one)]

    assert "\n".join(wrong) == ""
