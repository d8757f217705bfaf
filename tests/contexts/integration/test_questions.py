"""Questions to other agencies: asked once, sent until delivered, closed by their answers."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.test_writing import MOTHER

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import AgencyRequest
from kazna.contexts.integration.public import Question

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
URLS = {"fns": "http://agencies.test", "szn": "http://agencies.test"}


def question(agency: str = "fns", about: str = "2025", asked_on: date = TODAY, subject_id=None) -> Question:
    return Question(agency, subject_id or uuid4(), MOTHER, about, asked_on)


def client(answer) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def taken(_: httpx.Request) -> httpx.Response:
    return httpx.Response(202)


def income_answer(request_id) -> bytes:
    return f"""<n:DOHFLNAResponse xmlns:n="urn://x-artefacts-fns-dohflna/root/260-18/4.0.1" ИдЗапрос="{request_id}">
      <n:ДохФЛ ОтчетГод="2025"><n:ДохФЛ_НА><n:ПолучДох ДатаРожд="1990-01-01">
      <n:ФИО FamilyName="Иванова" FirstName="Анна"/><n:УдЛичнФЛ DocumentCode="21" SeriesNumber="4507123456"/>
      </n:ПолучДох><n:СвНА><n:СвНАЮЛ НаимОрг="ООО" ИННЮЛ="7701234567" КПП="770101001"/></n:СвНА>
      <n:СведДох_2НДФЛ Ставка="13"/></n:ДохФЛ_НА></n:ДохФЛ></n:DOHFLNAResponse>""".encode()


def receive(payload: bytes, agency: str):
    return integration.open_delivery(
        payload=payload, agency=agency, file_name="a.xml", content_type="", on=TODAY, received_at=NOW
    )


def test_a_question_is_asked_once_while_it_is_open():
    first = question()
    later = Question("fns", first.subject_id, MOTHER, "2025", TODAY + timedelta(days=3))

    asked = integration.ask(questions=[first, first, later])

    assert len({one.request_id for one in asked}) == 1
    assert AgencyRequest.objects.count() == 1


def test_a_question_that_cannot_be_written_is_kept_for_a_person():
    from dataclasses import replace

    (asked,) = integration.ask(questions=[replace(question(), person=replace(MOTHER, document=None))])

    assert asked.status == "failed"
    assert "документ" in AgencyRequest.objects.get().last_error


def test_an_agency_we_do_not_ask_is_refused():
    with pytest.raises(integration.AgencyUnknown):
        integration.ask(questions=[question(agency="bank")])


def test_questions_are_posted_to_their_agencies(settings):
    settings.KAZNA_AGENCY_URLS = URLS
    posted = []

    def note(request: httpx.Request) -> httpx.Response:
        posted.append((request.url.path, request.content[:5]))
        return httpx.Response(202)

    integration.ask(questions=[question(), question("szn", "2026-02-09")])
    report = integration.send_requests(client=client(note))

    assert (report.sent, report.failed, report.waiting) == (2, 0, 0)
    assert sorted(posted) == [("/fns/income", b"<?xml"), ("/szn/unemployment", b"<?xml")]
    assert integration.send_requests(client=client(note)).sent == 0


def test_a_silent_agency_is_asked_again_later(settings):
    settings.KAZNA_AGENCY_URLS = URLS

    def silent(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("нет связи")

    integration.ask(questions=[question()])
    first = integration.send_requests(client=client(silent))
    at_once = integration.send_requests(client=client(taken))
    AgencyRequest.objects.update(next_try_at=NOW - timedelta(days=365))
    later = integration.send_requests(client=client(taken))

    assert (first.failed, first.waiting) == (1, 1)
    assert (at_once.sent, later.sent) == (0, 1)
    assert AgencyRequest.objects.get().attempts == 2


def test_a_question_the_agency_calls_wrong_is_not_repeated(settings):
    settings.KAZNA_AGENCY_URLS = URLS
    integration.ask(questions=[question()])

    integration.send_requests(client=client(lambda _: httpx.Response(422)))

    assert AgencyRequest.objects.get().status == "failed"


def test_an_agency_without_an_address_keeps_its_questions_waiting(settings):
    settings.KAZNA_AGENCY_URLS = {"fns": ""}
    integration.ask(questions=[question()])

    assert integration.send_requests(client=client(taken)).waiting == 1


def test_an_answer_finds_its_question_by_number():
    (asked,) = integration.ask(questions=[question()])

    documents = receive(income_answer(asked.request_id), "fns")
    matched = integration.match_answers(documents=documents, on=TODAY)

    (found,) = matched.values()
    assert (found.subject_id, found.status, found.answered_on) == (asked.subject_id, "answered", TODAY)
    assert documents[0].statements[0].kopecks_by_month == {}


def test_an_answer_without_a_number_is_found_by_person_and_day():
    (asked,) = integration.ask(questions=[question("szn", "2026-02-09")])
    answer = f"""<SZNResponse xmlns="http://se2.data.service.smev.pfr.ru/SZN/1.0.1"><LastName>Иванова</LastName>
      <FirstName>Анна</FirstName><Snils>{MOTHER.snils}</Snils><DateQuery>2026-02-09</DateQuery>
      <PresenceData>false</PresenceData></SZNResponse>"""

    matched = integration.match_answers(documents=receive(answer.encode(), "szn"), on=TODAY)

    assert [one.request_id for one in matched.values()] == [asked.request_id]
    assert [one.status for one in integration.questions_about(subject_ids=[asked.subject_id])] == ["answered"]


def test_an_answer_to_nothing_matches_nothing():
    assert integration.match_answers(documents=receive(income_answer("unknown"), "fns"), on=TODAY) == {}


def test_after_the_answer_the_question_may_be_asked_anew():
    first = question()
    (asked,) = integration.ask(questions=[first])
    integration.match_answers(documents=receive(income_answer(asked.request_id), "fns"), on=TODAY)

    (again,) = integration.ask(questions=[first])
    (anew,) = integration.ask(questions=[Question("fns", first.subject_id, MOTHER, "2025", TODAY + timedelta(days=30))])

    assert again.request_id == asked.request_id
    assert (anew.request_id != asked.request_id, anew.status) == (True, "queued")
