"""Without the citizen's word a right is only offered; one click makes it a decision."""

from dataclasses import replace
from datetime import date

import pytest
from tests.contexts.cases.below import INCOME, PROPERTY, cause

from kazna.contexts.cases import public as cases
from kazna.contexts.cases.actions.answer_offer import confirm_offer, decline_offer
from kazna.contexts.cases.models import Case, Decision
from kazna.contexts.notifications import public as notifications

pytestmark = pytest.mark.django_db

LATER = date(2025, 4, 1)


@pytest.fixture
def family(below):
    return {"subject": below.person("Миша"), "recipient": below.person("Анна"), "mode": "proactive_notice"}


def state():
    return Case.objects.order_by("ordinal").last().state


def titles(person_id):
    return [told.title for told in notifications.inbox(person_id=person_id)]


def confirm(below, family, on=date(2025, 3, 5)):
    confirm_offer(
        case_id=Case.objects.get().id,
        person_id=family["recipient"],
        on=on,
        cause=cause(),
        sources=below,
        declared={"property.answer": {"excess": False}},
    )


def test_a_right_without_an_application_is_offered_once(below, weigh, family):
    weigh(below.right(**family))
    weigh(below.right(**family, on=LATER))

    assert (state(), Decision.objects.count()) == ("offered", 0)
    assert titles(family["recipient"]) == ["Вам может быть положено: Пособие при рождении"]


def test_an_unknown_right_is_offered_too(below, weigh, family):
    weigh(below.unknown(INCOME, **family))

    assert state() == "offered"
    assert "Остальное узнаем сами: ФНС." in notifications.inbox(person_id=family["recipient"])[0].why


def test_a_refused_right_is_not_even_mentioned(below, weigh, family):
    weigh(below.refused(**family))

    assert Case.objects.count() == 0
    assert titles(family["recipient"]) == []


def test_one_click_becomes_a_consent_and_then_a_decision(below, weigh, family):
    weigh(below.right(**family))

    confirm(below, family)
    weigh(below.right(**family, applied_on=date(2025, 3, 5), on=date(2025, 3, 5)))

    source, consent = below.reported[0]
    assert (source, consent.kind, consent.subject_id, consent.object_id) == (
        "citizen", "consent", family["recipient"], family["subject"],
    )  # fmt: skip
    assert consent.value["measure"] == "ru-birth-grant"
    assert below.reported[1][1].value == {"excess": False, "as_of": "2025-03-05"}
    assert (state(), Decision.objects.get().kind) == ("decided", "grant")


def test_an_offer_is_answered_only_by_its_person_and_only_once(below, weigh, family):
    weigh(below.right(**family))
    stranger = {**family, "recipient": below.person("Пётр")}

    with pytest.raises(cases.OfferNotOpen):
        confirm(below, stranger)
    confirm(below, family)
    with pytest.raises(cases.OfferNotOpen):
        confirm(below, family)


def test_what_was_declined_is_not_offered_again(below, weigh, family):
    weigh(below.right(**family))
    decline_offer(case_id=Case.objects.get().id, person_id=family["recipient"], on=date(2025, 3, 5), cause=cause())

    weigh(below.right(**family, on=LATER))

    assert Case.objects.get().outcome == "declined"
    assert len(titles(family["recipient"])) == 1


def test_an_offer_that_lost_its_ground_is_withdrawn(below, weigh, family):
    weigh(below.right(**family))

    weigh(below.refused(**family, on=LATER))

    assert (state(), Case.objects.get().outcome) == ("closed", "withdrawn")
    assert titles(family["recipient"])[0] == "Предложение больше не действует: Пособие при рождении"


def test_after_consent_agencies_are_awaited_and_then_it_is_decided(below, weigh, family):
    weigh(below.unknown(INCOME, **family))
    confirm(below, family)
    applied = {**family, "applied_on": date(2025, 3, 5)}

    weigh(below.unknown(INCOME, **applied, on=date(2025, 3, 5)))
    assert (state(), Case.objects.get().waits_for) == ("collecting", "Доход за 12 месяцев (ФНС)")

    weigh(below.right(**applied, on=date(2025, 3, 7)))
    assert state() == "decided"


def test_what_only_the_citizen_knows_is_asked_of_the_citizen(below, weigh, family):
    weigh(below.unknown(PROPERTY, **family, applied_on=date(2025, 3, 3)))

    told = notifications.inbox(person_id=family["recipient"])[0]
    assert state() == "waiting_person"
    assert told.next_step == "Есть ли у семьи второй дом?"


def test_a_parent_is_not_offered_what_the_other_received(below, weigh, family):
    father = below.person("Пётр")
    weigh(below.right(**{**family, "recipient": father}))

    weigh(below.right(**family, applied_on=date(2025, 3, 3)))

    assert Case.objects.get(recipient_id=father).outcome == "withdrawn"


def test_an_application_after_the_offer_needs_no_click(below, weigh, family):
    weigh(below.right(**family))

    weigh(below.right(**family, applied_on=LATER, on=LATER))

    assert (state(), Case.objects.count()) == ("decided", 1)


def test_an_offer_is_mailed_to_those_with_an_address(below, weigh, family):
    from kazna.contexts.notifications.models import Notice

    below.contacts[family["recipient"]] = "anna@example.test"
    weigh(below.right(**family))

    assert Notice.objects.get().email == "anna@example.test"


def test_an_old_application_does_not_decide_a_new_right(below, weigh, family):
    """The award ended; the consent of last year is not an application for this one."""
    applied = {**family, "applied_on": date(2025, 3, 3)}
    month = {"period": "month", "first_day": date(2025, 3, 1), "last_day": date(2025, 5, 31)}
    weigh(below.right(**applied, **month))

    later = replace(
        below.right(**applied, **month), on=date(2025, 7, 1), first_day=date(2025, 7, 1), last_day=date(2026, 6, 30)
    )
    below.found[later.id] = later
    weigh(later)

    assert [case.state for case in Case.objects.order_by("ordinal")] == ["decided", "offered"]
