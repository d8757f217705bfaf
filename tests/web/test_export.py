"""All my data: whole, readable, one's own."""

import io
import json
import zipfile

import pytest
from tests.web.conftest import signed_in
from tests.web.test_rows import as_web_role

from kazna.contexts.notifications import public as notifications
from kazna.contexts.registers import public as registers

pytestmark = pytest.mark.django_db


def archive_of(login: str) -> zipfile.ZipFile:
    response = signed_in(login).get("/my/data/export/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.content))


def test_the_archive_holds_everything_for_people_and_for_machines(town):
    with as_web_role():
        archive = archive_of("mother")
    facts = json.loads(archive.read("data/facts.json"))
    messages = json.loads(archive.read("data/messages.json"))

    assert len(facts) == len(registers.facts_of([town.mother]))
    assert len(messages) == len(notifications.inbox(person_id=town.mother, limit=500))
    page = archive.read("index.html").decode()
    assert "Смирнова Анна Сергеевна" in page
    assert "Чужая" not in page


def test_what_was_taken_is_in_the_journal(town):
    browser = signed_in("mother")
    browser.get("/my/data/export/")

    assert "Выгружены все данные" in browser.get("/my/looks/").content.decode()
