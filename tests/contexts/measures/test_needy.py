"""The register of the needy follows from the newest answers, as soon as it is counted after them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.contexts.cases.spine import Spine
from tests.contexts.web_role import web_role

from kazna.contexts.measures import public as measures
from kazna.contexts.measures.needy import follow_moves
from kazna.plumbing.access import Viewer, acting_as

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def spine():
    return Spine(date(2026, 2, 16))


def earning(spine, kopecks, name="Анна"):
    """A woman alone who applied for help and earns so much a month."""
    person = spine.person(name, born=date(1990, 4, 1))
    for year, last in ((2025, 13), (2026, 3)):
        months = {f"{month:02d}": kopecks for month in range(1, last)}
        spine.tell("income.year", person, date(year, 1, 1), {"year": year, "months": months}, thing=str(year),
                   source="fns")  # fmt: skip
    spine.tell("application", person, spine.day, source="epgu",
               value={"measure": "ru-social-contract-job", "filed_on": spine.day.isoformat()})  # fmt: skip
    measures.count_needy()
    return person


def test_the_poor_are_listed_with_their_income_and_the_others_are_not(spine):
    poor, rich = earning(spine, 900_000), earning(spine, 20_000_000, "Вера")

    [found] = measures.needy(since=SINCE)

    assert (found.person_id, found.income_kopecks, found.family_size) == (poor, 900_000, 1)
    assert rich not in {one.person_id for one in measures.needy(since=SINCE)}


def test_the_list_goes_by_income_by_place_by_day_and_by_pages(spine):
    people = [earning(spine, kopecks, name) for kopecks, name in ((500_000, "Анна"), (900_000, "Вера"))]

    assert len(measures.needy(since=SINCE, most_kopecks=600_000)) == 1
    assert measures.needy(since=SINCE, territory="63") == []
    assert measures.needy(since=date(2027, 1, 1)) == []
    [first] = measures.needy(since=SINCE, limit=1)
    [second] = measures.needy(since=SINCE, after=(first.income_kopecks, first.person_id))
    assert [first.person_id, second.person_id] == people


def test_the_dead_are_not_listed_and_a_later_answer_takes_the_place_of_an_earlier_one(spine):
    poor, other = earning(spine, 900_000), earning(spine, 900_000, "Вера")
    spine.dies(other, date(2026, 2, 16))

    assert [one.person_id for one in measures.needy(since=SINCE)] == [poor]


def test_an_officer_sees_the_families_of_the_own_territory(spine):
    earning(spine, 900_000)
    seen = {}
    for territory in ("77", "63"):
        with acting_as(Viewer("officer", "o", body=f"dszn-{territory}", territory=territory)), web_role():
            seen[territory] = len(measures.needy(since=SINCE))

    assert seen == {"77": 1, "63": 0}


def test_the_register_says_since_when_answers_are_not_in_it(spine):
    earning(spine, 900_000)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO measures_needy_due (person_id, since) VALUES (gen_random_uuid(), '2020-01-01Z')")

    assert measures.needy_as_of() == datetime(2020, 1, 1, tzinfo=UTC)
    assert measures.count_needy() == 1
    assert measures.needy_as_of() > datetime(2020, 1, 1, tzinfo=UTC)


def test_who_moved_is_in_the_register_of_the_new_place_and_nobody_is_there_twice(spine):
    poor = earning(spine, 900_000)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registers_person SET territory = '63' WHERE id = %s", [poor])
        cursor.execute("INSERT INTO measures_needy_due (person_id) SELECT %s FROM generate_series(1, 3)", [poor])

    assert (follow_moves(), measures.count_needy()) == (1, 3)
    assert [one.person_id for one in measures.needy(since=SINCE, territory="63")] == [poor]
