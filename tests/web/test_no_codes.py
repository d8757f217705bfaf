"""No screen speaks in codes: a Latin word people see is known to them, is an address or is said to be a code."""

import re
from html.parser import HTMLParser

import pytest
from tests.web.conftest import signed_in
from tests.web.test_accessibility import details
from tests.web.test_screens import SCREENS

from kazna.plumbing import outbox
from kazna.web.words import CONTEXTS, EVENT_KINDS

pytestmark = pytest.mark.django_db
UNSEEN = {"script", "style", "title", "code", "pre", "kbd", "textarea", "option"}
VOID = {"br", "img", "input", "meta", "link", "hr", "path", "rect", "circle", "line", "use", "polyline"}
WORD = re.compile(r"[^\s,;()«»|—]*[A-Za-z][^\s,;()«»|—]*")
KNOWN = re.compile(
    r"I{1,3}|IV|PDF|XML|CSV|JSON|YAML|JPEG|PNG|REST|SHA-256|NATS|JetStream|JavaScript|English|Русский"
    r"|xlsx|zip|cer|crt|pem|[\w.-]+\.(xlsx|zip|xml|pdf)"  # kinds of files and names of files
    r"|https?://.*|[\w.-]+\.(ru|com|net|app|life)[\w./-]*|[\w.-]+@[\w.-]+"  # addresses
    r"|[0-9a-f]{6,}|[0-9a-f]{8}-[0-9a-f-]{27}|10\.\d\d\.[A-Z].*|[0-9]{4}Q[1-4]|EX-\d+|[A-Z]\d\d[\w-]*"  # numbers
)
TYPED = {  # what is typed by those who look, or how a code is to be typed
    "petrova.o", "mosgaz", "metro", "loader", "sfr-53", "sfr-63", "r77-school-kit", "own_", "happened", "petrov",
    "soc", "soccalc", "mosregtoday", "1prime", "dzen", "vesti-kalmykia", "sve-002",
}  # fmt: skip
CATALOGUE = ("/law/facts/", "/admin/texts/")  # codes are the matter of these pages


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and (self._hidden or tag in UNSEEN or dict(pairs).get("lang") == "en"):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.text.append(data.strip())


def strange(page: str) -> list[tuple[str, str]]:
    """Words that are none of the known ones, with what stands around them."""
    reader = Visible()
    reader.feed(page)
    found = []
    for text in reader.text:
        for word in WORD.findall(text):
            bare = word.strip(".:!?…·•{}[]\"'–")
            if bare and not KNOWN.fullmatch(bare) and bare not in TYPED and not re.fullmatch(r"[а-яё°0-9.-]*", bare):
                found.append((bare, text[:80]))
    return found


@pytest.mark.parametrize("role", sorted({"", *SCREENS}))
def test_no_screen_speaks_in_codes(town, client, tmp_path, monkeypatch, role):
    monkeypatch.setenv("KAZNA_FILES", str(tmp_path))
    browser = signed_in("mother" if role == "citizen" else role) if role else client
    wrong = {}

    for address in [*SCREENS.get(role, []), *details(town, role, tmp_path)[role]]:
        if not address.startswith(CATALOGUE):
            for word, text in strange(browser.get(address).content.decode()):
                wrong.setdefault(word, f"{word} — {address} — {text}")

    assert "\n".join(wrong.values()) == ""


def test_the_monitor_has_words_for_every_stage():
    stages = outbox.consumers.values()

    assert {one.name.partition(".")[0] for one in stages} - set(CONTEXTS) == set()
    assert {one.event.__name__ for one in stages} - set(EVENT_KINDS) == set()
