"""What people do on screens, done with the web's own database role and followed to its effect."""

import io

import pytest
from django.utils import timezone
from tests.factories.people import ACCOUNT
from tests.web.conftest import TODAY, signed_in
from tests.web.scenes import (
    BROKEN,
    conflict_about,
    joined_cards,
    offer_of,
    quarantined_document,
    suspect_about,
    waiting_case,
)
from tests.web.test_rows import as_web_role

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.cases.models import Case
from kazna.contexts.notifications import public as notifications
from kazna.contexts.registers import public as registers
from kazna.plumbing.deliver import drain

pytestmark = pytest.mark.django_db
REASON = "Проверено по записи акта и паспорту, статья 11 закона № 81-ФЗ."


def post(login: str, address: str, data: dict | None = None):
    """As in production: the request runs with the web's rights, the worker's part afterwards with the owner's."""
    with as_web_role():
        response = signed_in(login).post(address, data or {})
    drain()
    return response


def test_one_click_turns_an_offer_into_a_decision(town):
    offer = offer_of(town, "ru-birth-grant")

    response = post("mother", f"/my/cases/{offer.case_id}/confirm/")

    assert response.headers["Location"] == f"/my/cases/{offer.case_id}/confirmed/"
    assert offer_of(town, "ru-birth-grant").outcome == cases.Outcome.GRANTED
    assert "28 450,45" in signed_in("mother").get("/my/").content.decode().replace("\xa0", " ")


def test_an_offer_asks_what_only_the_citizen_can_say(town):
    offer = offer_of(town, "ru-child-benefit")

    silent = post("mother", f"/my/cases/{offer.case_id}/confirm/")
    told = post("mother", f"/my/cases/{offer.case_id}/confirm/", {"family.property_excess": "no"})

    assert (silent.status_code, "Ответьте: да или нет" in silent.content.decode()) == (422, True)
    assert told.status_code == 302
    (fact,) = registers.facts_of([town.mother], kinds=["property.answer"])
    assert (fact.value["excess"], fact.source) == (False, "citizen")
    assert offer_of(town, "ru-child-benefit").state == "collecting"


def test_a_case_under_way_asks_what_only_the_citizen_can_say(town):
    case = offer_of(town, "ru-child-benefit")
    Case.objects.filter(id=case.case_id).update(state="waiting_person", applied_on=TODAY)

    shown = signed_in("mother").get(f"/my/cases/{case.case_id}/").content.decode()
    answered = post("mother", f"/my/cases/{case.case_id}/answer/", {"family.property_excess": "yes"})

    assert "Нужен ваш ответ" in shown
    assert answered.status_code == 302
    (fact,) = registers.facts_of([town.mother], kinds=["property.answer"])
    assert fact.value["excess"] is True


def test_a_second_click_is_answered_and_changes_nothing(town):
    offer = offer_of(town, "ru-birth-grant")
    post("mother", f"/my/cases/{offer.case_id}/confirm/")

    again = post("mother", f"/my/cases/{offer.case_id}/confirm/")

    assert (again.status_code, "уже не действует" in again.content.decode()) == (409, True)
    assert len([one for one in cases.decisions_of(person_id=town.mother) if one.measure == "ru-birth-grant"]) == 1


def test_declining_closes_the_offer(town):
    offer = offer_of(town, "ru-birth-grant")

    post("mother", f"/my/cases/{offer.case_id}/decline/")

    assert offer_of(town, "ru-birth-grant").outcome == cases.Outcome.DECLINED


def test_an_account_is_checked_shown_and_only_then_recorded(town):
    given = {"bik": "044 525 225", "account": "4081 7810 9381 6000 0001"}

    shown = post("mother", "/my/account/", given)
    before = registers.facts_of([town.mother], kinds=["person.account"])
    sent = post("mother", "/my/account/", {**given, "step": "send"})

    assert (shown.status_code, "Проверьте счёт" in shown.content.decode(), before) == (200, True, [])
    assert sent.headers["Location"] == "/my/account/done/"
    (fact,) = registers.facts_of([town.mother], kinds=["person.account"])
    assert (fact.value["bik"], fact.value["account"], fact.source) == (ACCOUNT["bik"], ACCOUNT["account"], "citizen")


def test_opening_a_message_marks_it_read(town):
    unread = notifications.unread(person_id=town.mother)
    notice = notifications.inbox(person_id=town.mother, limit=1)[0]

    with as_web_role():
        response = signed_in("mother").get(f"/my/inbox/{notice.number}/{notice.notice_id}/")

    assert response.status_code == 200
    assert notifications.unread(person_id=town.mother) == unread - 1


def test_every_link_of_a_message_leads_somewhere(town):
    browser = signed_in("mother")

    links = [notice.link for notice in notifications.inbox(person_id=town.mother) if notice.link]

    assert links
    assert {link: browser.get(f"/my{link}").status_code for link in links} == dict.fromkeys(links, 200)


def test_an_officer_decides_with_reasons(town):
    case = waiting_case(town)

    with as_web_role():
        queue = signed_in("officer").get("/work/").content.decode()
        page = signed_in("officer").get(f"/work/cases/{case.case_id}/").content.decode()
    response = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})

    assert ("Пособие при рождении" in queue, "Нет сведений о втором родителе" in page) == (True, True)
    assert response.status_code == 302
    decided = cases.case(case_id=case.case_id)
    assert decided.outcome == "granted"
    assert REASON in "\n".join(cases.decision(decision_id=decided.decision_id).lines)
    assert "decide" in {entry.act for entry in audit.entries()}


def test_a_refusal_against_the_rule_waits_for_a_second_officer(town):
    case = waiting_case(town)

    response = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "refuse", "reason": REASON, "then": "next"})

    assert response.status_code == 302
    assert cases.case(case_id=case.case_id).state == "waiting_person"
    assert cases.proposal_about(case.case_id).state == "open"


def test_a_ground_of_the_law_is_a_reason(town):
    case = waiting_case(town)

    shown = signed_in("officer").get(f"/work/cases/{case.case_id}/").content.decode()
    crossed = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "refuse", "ground": "grant:all"})
    strange = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "ground": "grant:nothing"})
    done = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "ground": "grant:all"})

    assert "Все условия закона подтверждены" in shown
    assert (crossed.status_code, strange.status_code, done.status_code) == (422, 422, 302)
    decided = cases.case(case_id=case.case_id)
    assert "Все условия закона подтверждены" in "\n".join(cases.decision(decision_id=decided.decision_id).lines)


def test_a_decision_without_a_reason_is_not_taken(town):
    case = waiting_case(town)

    response = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": " "})

    assert (response.status_code, "Напишите обоснование" in response.content.decode()) == (422, True)
    assert cases.case(case_id=case.case_id).state == "waiting_person"


def test_the_second_of_two_officers_is_told_so(town):
    case = waiting_case(town)
    post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})

    late = post("officer", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})

    assert (late.status_code, "уже не ждут решения" in late.content.decode()) == (409, True)


def test_a_case_open_at_one_officer_is_not_decided_by_another(town):
    case = waiting_case(town)
    signed_in("officer").get(f"/work/cases/{case.case_id}/")

    looked = signed_in("colleague").get(f"/work/cases/{case.case_id}/").content.decode()
    refused = post("colleague", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})
    taken = post("colleague", f"/work/cases/{case.case_id}/seize/", {"from": "term=late"})
    done = post("colleague", f"/work/cases/{case.case_id}/", {"outcome": "grant", "reason": REASON})

    assert ("открыто у другого" in looked, "Решить и дальше" in looked) == (True, False)
    assert (refused.status_code, "открыто у другого" in refused.content.decode()) == (409, True)
    assert (taken.status_code, done.status_code) == (302, 302)
    assert "seize" in {entry.act for entry in audit.entries()}


def test_cases_are_taken_after_a_preview_and_given_back_by_undo(town):
    case = waiting_case(town)
    data = {"do": "take", "case": [str(case.case_id), "nonsense"], "query": "term=soon"}

    preview = post("officer", "/work/bulk/", data)
    before = cases.workplace.queue(
        cases.workplace.Wanted(whose="mine"), body="sfr-77", login="officer", on=TODAY, now=timezone.now(), limit=9
    )
    done = post("officer", "/work/bulk/", {**data, "confirm": "1"})
    page = signed_in("officer").get(done.headers["Location"]).content.decode()
    handed = cases.workplace.handovers(body="sfr-77")[0]
    alien = post("colleague", f"/work/handovers/{handed.handover_id}/undo/")
    undone = post("officer", f"/work/handovers/{handed.handover_id}/undo/")

    assert (preview.status_code, before, done.status_code) == (200, [], 302)
    assert f"/work/handovers/{handed.handover_id}/undo/" in page
    assert (alien.status_code, undone.status_code) == (409, 302)
    assert cases.workplace.load(body="sfr-77", on=TODAY)[0].login == ""


@pytest.mark.parametrize(
    ("login", "data", "status"),
    [
        ("officer", {}, 403),
        ("officer", {"do": "take"}, 422),
        ("officer", {"do": "take", "case": "' OR 1=1"}, 422),
        ("officer", {"do": "give", "login": "colleague", "whole": "1"}, 403),
        ("supervisor", {"do": "give", "login": "nobody", "whole": "1"}, 422),
        ("supervisor", {"do": "give", "login": "colleague", "whole": "1", "query": "term=<script>"}, 200),
        ("supervisor", {"do": "spread", "whole": "1", "confirm": "1", "reason": "\x00" + "я" * 5000}, 302),
    ],
)
def test_absurd_bulk_acts_change_nothing_but_the_right_ones(town, login, data, status):
    waiting_case(town)

    assert post(login, "/work/bulk/", data).status_code == status


def test_a_queue_is_kept_under_a_name(town):
    kept = post("officer", "/work/queues/", {"name": "  Горит\x00 ", "query": "term=late&hack=1"})
    again = post("officer", "/work/queues/", {"name": "Горит", "query": "term=late"})

    assert kept.headers["Location"] == "/work/?term=late"
    assert again.status_code == 409
    assert cases.workplace.saved_queues(login="officer") == [("Горит", "term=late")]


def test_quarantine_says_why_and_takes_a_corrected_document(town):
    document = quarantined_document()

    with as_web_role():
        officer = signed_in("officer")
        listed = officer.get("/work/quarantine/").content.decode()
        page = officer.get(f"/work/quarantine/{document.document_id}/").content.decode()
    upload = io.BytesIO(BROKEN + b"<!-- still broken -->")
    upload.name = "akt2.xml"
    answer = post("officer", f"/work/quarantine/{document.document_id}/", {"document": upload})
    empty = post("officer", f"/work/quarantine/{document.document_id}/", {})

    assert document.remarks[0].what in listed
    assert (document.remarks[0].what_to_do in page, "Что делать" in page) == (True, True)
    assert "В карантине" in answer.content.decode()
    assert empty.status_code in (409, 422)


def test_a_conflict_is_settled_by_choosing_a_statement(town):
    conflict = conflict_about(town)

    page = signed_in("officer").get(f"/work/conflicts/{conflict.conflict_id}/").content.decode()
    nothing = post("officer", f"/work/conflicts/{conflict.conflict_id}/", {"reason": REASON})
    response = post(
        "officer",
        f"/work/conflicts/{conflict.conflict_id}/",
        {"fact_id": str(conflict.claim_fact_id), "reason": REASON},
    )

    assert "Какое сведение верно?" in page
    assert (nothing.status_code, "Выберите верное сведение" in nothing.content.decode()) == (422, True)
    assert (response.status_code, registers.conflicts()) == (302, [])


def test_two_cards_are_compared_and_joined(town):
    suspect_id = suspect_about(town)

    page = signed_in("officer").get(f"/work/suspects/{suspect_id}/").content.decode()
    response = post("officer", f"/work/suspects/{suspect_id}/", {"same": "no", "reason": REASON})

    assert ("Один человек или два?" in page, page.count("различается")) == (True, 1)
    assert (response.status_code, registers.suspects()) == (302, [])


def test_an_officer_parts_cards_joined_by_mistake(town):
    merge = joined_cards(town)
    address = f"/work/people/{merge.keep_id}/merges/{merge.merge_id}/"

    shown = signed_in("officer").get(f"/work/people/{merge.keep_id}/?why=check").content.decode()
    silent = post("officer", address)
    done = post("officer", address, {"reason": REASON})
    again = post("officer", address, {"reason": REASON})

    assert address in shown
    assert (silent.status_code, done.status_code, again.status_code) == (422, 302, 409)
    assert registers.cards([merge.drop_id])[merge.drop_id].merged_into is None
