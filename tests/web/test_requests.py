"""The officer sees dead and overdue questions, why, and asks again with one click."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.web.conftest import TODAY, signed_in

from kazna.contexts.audit import public as audit
from kazna.contexts.integration.models import AgencyRequest, SmevDelivery

pytestmark = pytest.mark.django_db
LIST = "/work/requests/"


def request_of(town, **fields) -> AgencyRequest:
    given = {
        "id": uuid4(), "agency": "fns", "subject_id": town.mother, "about": "2025", "correlation": "x",
        "asked_on": TODAY - timedelta(days=20), "answer_by": TODAY - timedelta(days=10), "payload": b"<a/>",
        "next_try_at": timezone.now(), "status": "sent",
    }  # fmt: skip
    return AgencyRequest.objects.create(**{**given, **fields})


def test_an_overdue_question_is_shown_and_asked_again(town):
    request = request_of(town)
    officer = signed_in("officer")

    page = officer.get(LIST).content.decode()
    assert "Просрочен" in page and "Налоговая служба" in page
    done = officer.post(f"{LIST}{request.id}/retry/")

    assert (done.status_code, done.headers["Location"]) == (302, f"{LIST}?state=waiting")
    request.refresh_from_db()
    assert (request.status, request.answer_by > TODAY) == ("queued", True)
    assert "Ждёт ответа" in officer.get(f"{LIST}?state=waiting").content.decode()
    assert any(entry.act == "retry_request" for entry in audit.entries(limit=50))


def test_what_cannot_be_repeated_says_why(town):
    request = request_of(town, answer_by=TODAY + timedelta(days=3))

    answer = signed_in("officer").post(f"{LIST}{request.id}/retry/")

    assert (answer.status_code, "ещё в работе" in answer.content.decode()) == (409, True)
    assert signed_in("officer").post(f"{LIST}{uuid4()}/retry/").status_code == 409
    assert signed_in("mother").post(f"{LIST}{request.id}/retry/").status_code == 403


def test_a_long_list_goes_by_pages_and_shows_hostile_reasons_as_text(town):
    for _ in range(30):
        request_of(town, status="failed", subject_id=uuid4(), last_error="<script>alert(1)</script>")
    officer = signed_in("officer")

    page = officer.get(f"{LIST}?state=failed").content.decode()

    assert "<script>alert" not in page
    assert page.count("Спросить заново") == 25
    (address,) = [part.split('"')[0] for part in page.split('href="')[1:] if "after=" in part.split('"')[0]]
    rest = officer.get(LIST + address.replace("&amp;", "&")).content.decode()
    assert rest.count("Спросить заново") == 5


def test_refused_messages_are_shown(town):
    SmevDelivery.objects.create(
        message_id=uuid4(), kind="response", sender="FNS001", outcome="refused", reason="Подпись не принята.",
        size_bytes=1, received_at=timezone.now(),
    )  # fmt: skip

    page = signed_in("officer").get(f"{LIST}?state=refused").content.decode()

    assert "FNS001" in page and "Подпись не принята." in page
