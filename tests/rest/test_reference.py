"""Classifiers over HTTP: pages, days, comparisons, ETag."""

from datetime import date

import pytest
from django.test import Client

from kazna.plumbing import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def get():
    clock.set_day(date(2026, 2, 10))
    return lambda address, **headers: Client().get(address, headers=headers)


def test_the_list_names_editions(get):
    kinds = {one["kind"]: one for one in get("/reference/").json()["classifiers"]}

    assert kinds["oksm"]["code_in_egisso"] == "021"
    assert kinds["periodicity"]["is_own"] is True
    assert [edition["in_force_from"] for edition in kinds["okved2"]["editions"]] == ["2023-12-01"]


def test_pages_follow_one_another_and_end(get):
    codes, after = [], ""
    while after is not None:
        page = get(f"/reference/okved2/?limit=1000&after={after}").json()
        codes += [row["code"] for row in page["rows"]]
        after = page["next"]

    assert len(codes) == len(set(codes)) == 2899
    assert codes == sorted(codes)


def test_the_same_edition_is_not_sent_again(get):
    first = get("/reference/oksm/")
    again = get("/reference/oksm/", **{"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reference/kladr/", 404),
        ("/reference/okved2/?on=2000-01-01", 404),
        ("/reference/okved2/?on=вчера", 422),
        ("/reference/okved2/?limit=много", 422),
        ("/reference/okved2/2026-01-01/2026-02-30/", 422),
    ],
)
def test_wrong_questions_get_a_readable_answer(get, address, status):
    answer = get(address)

    assert answer.status_code == status
    assert answer.json()["error"]["what_to_do"]


def test_days_of_one_edition_do_not_differ(get):
    found = get("/reference/okved2/2024-01-01/2026-01-01/").json()

    assert (found["added"], found["removed"], found["changed"]) == ([], [], [])


def test_nothing_can_be_posted(get):
    assert Client().post("/reference/okved2/").status_code == 405
