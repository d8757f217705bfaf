"""After a death the closest grown relative is asked who buried, and nobody else."""

from datetime import date

import pytest
from tests.contexts.cases.spine import Spine
from tests.factories.people import cause
from tests.journeys.families import applied, granted, offered, told

from kazna.contexts.cases import public as cases
from kazna.contexts.measures import public as measures
from kazna.web.citizen.questions import questions_of

pytestmark = pytest.mark.django_db

BURIAL = "ru-burial-benefit"
DIED = date(2026, 2, 12)


@pytest.fixture
def spine():
    spine = Spine(date(2026, 2, 16))
    yield spine
    done = cases.replay_all()
    assert not done.differences, done.differences[:3]


@pytest.fixture
def husband(spine):
    return spine.person("Пётр", date(1956, 3, 3), "M", job=True)


def married(spine, husband):
    wife = spine.person("Анна", date(1958, 6, 1))
    for one, other in ((wife, husband), (husband, wife)):
        spine.tell("family.marriage", one, date(1980, 5, 5), {"act": "m/1"}, about=other, source="zags")
    return wife


def child_of(spine, father, born, name="Ольга"):
    child = spine.person(name, born)
    spine.tell("family.parent", child, born, {"role": "father", "act": f"b/{name}", "order": 1}, about=father,
               source="zags")  # fmt: skip
    return child


def case_of(person):
    return next(case for case in cases.cases_of(person_id=person) if case.measure == BURIAL)


def agree(spine, person, *, bears=True):
    case = case_of(person)
    right = measures.rights([case.right_id])[case.right_id]
    (question,) = questions_of(right, person)
    assert question.question == "Вы организовали похороны и оплатили их?"
    cases.confirm(case_id=case.case_id, person_id=person, on=spine.day, cause=cause(spine.day),
                  declared={question.kind: {question.path: bears}})  # fmt: skip
    spine.work()


def test_the_widow_is_offered_and_one_click_grants(spine, husband):
    widow, daughter = married(spine, husband), child_of(spine, husband, date(1985, 1, 1))

    spine.dies(husband, DIED)

    assert BURIAL in offered(widow)
    assert "Вам может быть положено: Пособие на погребение" in told(widow)
    assert BURIAL not in offered(daughter)
    agree(spine, widow)
    assert BURIAL in granted(spine, widow)


def test_without_a_spouse_the_eldest_grown_child_and_never_a_minor(spine, husband):
    minor = child_of(spine, husband, date(2010, 1, 1), "Вера")
    younger, elder = child_of(spine, husband, date(1990, 1, 1), "Нина"), child_of(spine, husband, date(1985, 1, 1))

    spine.dies(husband, DIED)

    assert [BURIAL in offered(one) for one in (minor, younger, elder)] == [False, False, True]


def test_a_minor_alone_is_not_asked(spine, husband):
    minor = child_of(spine, husband, date(2010, 1, 1))

    spine.dies(husband, DIED)

    assert BURIAL not in offered(minor)


def test_another_who_paid_applies_and_the_offer_is_taken_back(spine, husband):
    widow, daughter = married(spine, husband), child_of(spine, husband, date(1985, 1, 1))
    spine.dies(husband, DIED)

    spine.tell("burial.claim", daughter, spine.day, {"bears": True, "as_of": "2026-02-16"}, about=husband,
               source="epgu")  # fmt: skip
    applied(spine, daughter, BURIAL, husband)

    assert BURIAL in granted(spine, daughter)
    assert BURIAL not in offered(widow)
    spine.day = date(2026, 2, 17)
    applied(spine, widow, BURIAL, husband)
    assert BURIAL not in granted(spine, widow)
    assert "Не назначено: Пособие на погребение" in told(widow)


def test_who_did_not_pay_is_refused_and_another_death_is_asked_about_anew(spine, husband):
    widow = married(spine, husband)
    daughter = child_of(spine, husband, date(1985, 1, 1))
    mother = spine.person("Мария", date(1957, 1, 1), job=True)
    spine.tell("family.parent", daughter, date(1985, 1, 1), {"role": "mother", "act": "b/Ольга", "order": 1},
               thing="mother", about=mother, source="zags")  # fmt: skip
    spine.dies(husband, DIED)
    agree(spine, widow, bears=False)
    assert BURIAL not in granted(spine, widow)

    spine.tell("burial.claim", daughter, spine.day, {"bears": False, "as_of": "2026-02-16"}, about=husband,
               source="epgu")  # fmt: skip
    spine.dies(mother, DIED)

    assert BURIAL in offered(daughter)


def test_six_months_later_the_offer_is_taken_back_and_nobody_is_offered(spine, husband):
    widow = married(spine, husband)
    spine.dies(husband, DIED)
    spine.until(date(2026, 8, 12), daily_work=False)
    assert BURIAL in offered(widow)  # nobody is next: the offer stands as long as the law lets her apply

    spine.until(date(2026, 8, 13))

    assert BURIAL not in offered(widow)
    assert "Предложение больше не действует" in told(widow)
    late = spine.person("Павел", date(1956, 3, 3), "M", job=True)
    daughter = child_of(spine, late, date(1985, 1, 1))
    spine.dies(late, DIED)
    assert BURIAL not in offered(daughter)


def decline(spine, person):
    cases.decline(case_id=case_of(person).case_id, person_id=person, on=spine.day, cause=cause(spine.day))
    spine.work()


def test_who_declines_passes_the_offer_on_to_the_next_and_the_last_one_to_nobody(spine, husband):
    widow = married(spine, husband)
    younger, elder = child_of(spine, husband, date(1990, 1, 1), "Нина"), child_of(spine, husband, date(1985, 1, 1))
    spine.dies(husband, DIED)

    decline(spine, widow)
    assert [BURIAL in offered(one) for one in (widow, elder, younger)] == [False, True, False]
    decline(spine, elder)
    assert [BURIAL in offered(one) for one in (widow, elder, younger)] == [False, False, True]
    agree(spine, younger)

    assert BURIAL in granted(spine, younger)


def test_an_offer_left_unanswered_passes_on_and_she_may_still_apply(spine, husband):
    widow, daughter = married(spine, husband), child_of(spine, husband, date(1985, 1, 1))
    spine.dies(husband, DIED)
    spine.until(date(2026, 3, 17), daily_work=False)
    assert BURIAL in offered(widow)

    spine.until(date(2026, 3, 18))

    assert [BURIAL in offered(one) for one in (widow, daughter)] == [False, True]
    assert case_of(widow).outcome == "lapsed"
    assert "Предложение больше не действует" in told(widow)
    spine.tell("burial.claim", widow, spine.day, {"bears": True, "as_of": "2026-03-18"}, about=husband, source="epgu")
    applied(spine, widow, BURIAL, husband)
    assert BURIAL in granted(spine, widow)
    assert BURIAL not in offered(daughter)
