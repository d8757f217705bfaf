"""Questions and answers through a real СМЭВ: queues, acknowledgements, repetitions, kills."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.smev.asking import ask, income, send_now, sent, the_request
from tests.contexts.integration.smev.crafted import answer, lay

from kazna.contexts.integration import public as integration
from kazna.contexts.integration import tasks
from kazna.contexts.integration.models import AgencyRequest, SmevDelivery, SmevMessage, SmevReply
from kazna.contexts.integration.smev import poll as polling
from kazna.contexts.integration.smev.channel import channel
from kazna.contexts.integration.smev.envelope.read import read_statistics
from kazna.contexts.integration.smev.envelope.soap import message_id_in
from kazna.contexts.integration.smev.envelope.write import get_queue_statistics
from kazna.contexts.integration.smev.transport import call, smev_client
from kazna.kernel.periods import Period
from kazna.plumbing.models import Delivery
from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.requests import AskedPerson, UnemploymentRequest
from kazna.standins.documents.unasked import write_unasked
from kazna.standins.documents.unemployment_answer import write_unemployment_answer

pytestmark = pytest.mark.django_db(transaction=True)
LATER = TODAY + timedelta(days=20)


def poll():
    return integration.poll_smev(on=TODAY)


def answer_and_poll(smev):
    smev.participant("FNS001").answer_all(income)
    return poll()


def handed() -> int:
    return Delivery.objects.filter(consumer="registers.on_message").count()


def test_a_question_goes_and_its_answer_comes_back(smev):
    message = sent()

    report = answer_and_poll(smev)

    assert (report.taken, report.trouble) == ({"handed": 1}, "")
    assert (message.message_id.version, message.told) == (1, "requestIsQueued")
    delivery = SmevDelivery.objects.get()
    assert (delivery.original_id, delivery.sender, delivery.agency) == (message.message_id, "FNS001", "fns")
    assert delivery.acknowledged_at is not None
    assert smev.waiting() == {}
    (document,) = integration.open_kept(delivery_ids=[delivery.message_id])[delivery.message_id]
    assert document.status == "received", document.remarks
    assert integration.match_answers(documents=[document], on=TODAY)
    assert the_request().status == "answered"


def test_queues_tell_how_much_waits(smev):
    lay(smev, answer(smev, sent().message_id))
    ours = channel()

    waiting = call(smev_client(), ours.url, get_queue_statistics(timezone.now(), ours.provider), most_bytes=10_000)

    assert read_statistics(waiting) == {"KAZNA.response": 1}


def test_a_kill_between_taking_and_acknowledging_loses_and_doubles_nothing(smev, monkeypatch):
    sent()
    smev.participant("FNS001").answer_all(income)

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(polling._Desk, "acknowledge", killed)
        poll()
    assert SmevDelivery.objects.get().acknowledged_at is None
    poll()

    assert SmevDelivery.objects.get().acknowledged_at is not None
    assert handed() == 1
    assert smev.waiting() == {}


def test_a_kill_before_keeping_leaves_the_message_in_the_queue(smev, monkeypatch):
    sent()
    smev.participant("FNS001").answer_all(income)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(polling, "take", lambda *_args, **_named: (_ for _ in ()).throw(KeyboardInterrupt))
        poll()
    assert smev.waiting() == {"KAZNA.response": 1}

    assert poll().taken == {"handed": 1}


def test_a_kill_after_sending_sends_the_same_message_once(smev, monkeypatch):
    ask()

    def killed(*_args, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kazna.contexts.integration.smev.send.apply_rule", killed)
        integration.send_requests()
    send_now()

    assert (the_request().status, SmevMessage.objects.get().told) == ("sent", "MessageIsAlreadySent")
    assert smev.waiting() == {"FNS001.request": 1}


def test_a_lost_confirmation_of_sending_is_no_second_request(smev):
    smev.behave(hide_send=1)
    ask()
    integration.send_requests()
    assert (the_request().status, "502" in the_request().last_error) == ("queued", True)
    send_now()

    assert the_request().status == "sent"
    assert smev.waiting() == {"FNS001.request": 1}


def test_a_lost_confirmation_of_taking_is_confirmed_later(smev):
    sent()
    smev.participant("FNS001").answer_all(income)
    smev.behave(hide_ack=1)
    assert "502" in poll().trouble
    smev.behave(hide_ack=0)

    poll()

    assert SmevDelivery.objects.get().acknowledged_at is not None
    assert handed() == 1


def test_an_answer_that_comes_twice_is_taken_once(smev):
    smev.behave(double=1)
    sent()

    answer_and_poll(smev)

    assert {row.times_received for row in SmevDelivery.objects.all()} == {2}
    assert SmevDelivery.objects.count() == 2  # the agency was asked twice by СМЭВ and answered twice
    assert smev.waiting() == {}


def test_a_replayed_id_with_another_body_changes_nothing(smev):
    message = sent()
    first = lay(smev, answer(smev, message.message_id))
    poll()
    lay(smev, answer(smev, message.message_id, message_id=first, document=b'<n:Other xmlns:n="urn://test/other"/>'))
    poll()

    assert SmevDelivery.objects.get().times_received == 2
    assert handed() == 1


def test_an_answer_to_nobodys_question_waits_for_a_person(smev):
    lay(smev, answer(smev, uuid4()))

    assert poll().taken == {"unasked": 1}
    (shown,) = integration.refused_messages()
    assert "не посылали" in shown.reason
    assert smev.waiting() == {}


def test_silence_of_smev_is_tried_again(smev, settings):
    settings.KAZNA_SMEV = {**smev.told, "url": "http://127.0.0.1:1/ws"}
    ask()

    report = integration.send_requests()

    assert (report.failed, report.waiting, the_request().attempts) == (1, 1, 1)
    assert the_request().next_try_at > timezone.now()
    assert "не ответила" in poll().trouble


def test_no_settings_no_key_no_trust_are_named_and_the_questions_wait(smev, settings):
    for wrong, word in (({"key": ""}, "KAZNA_SMEV_KEY"), ({"key": "/nowhere"}, "ключ"), ({"provider": "x"}, "gost")):
        AgencyRequest.objects.all().delete() if not SmevMessage.objects.exists() else None
        settings.KAZNA_SMEV = {**smev.told, **wrong}
        if not AgencyRequest.objects.exists():
            ask()
        send_now()
        assert word in the_request().last_error
        assert the_request().status == "queued"


def test_an_overdue_question_is_asked_anew_and_then_left_to_a_person(smev):
    smev.behave(lose=1)
    sent()
    for repetition in (1, 2):
        assert integration.repeat_overdue(on=LATER, answer_by=LATER - timedelta(days=1)) == 1
        assert the_request().times_repeated == repetition
        integration.send_requests()

    assert integration.repeat_overdue(on=LATER, answer_by=LATER) == 0
    (shown,) = integration.requests(state="overdue", on=LATER)
    assert (shown.is_overdue, shown.status) == (True, "sent")
    assert SmevMessage.objects.count() == 3
    assert integration.smev_counts(on=LATER).questions == {"overdue": 1}


def test_a_dead_question_is_repeated_by_hand_under_a_new_id(smev):
    smev.behave(force={"SendRequest": ["AccessDenied"]})
    request_id = ask()
    integration.send_requests()
    (dead,) = integration.requests(state="failed", on=TODAY)
    assert "не разрешено" in dead.reason

    integration.retry_request(request_id=request_id, on=TODAY, answer_by=LATER)
    integration.send_requests()

    assert (the_request().status, SmevMessage.objects.count()) == ("sent", 2)
    with pytest.raises(integration.NotRepeatable, match="ещё в работе"):
        integration.retry_request(request_id=request_id, on=TODAY, answer_by=LATER)
    with pytest.raises(integration.RequestUnknown):
        integration.retry_request(request_id=uuid4(), on=TODAY, answer_by=LATER)


def test_a_dead_question_asked_anew_meanwhile_is_not_repeated(smev):
    smev.behave(force={"SendRequest": ["AccessDenied"]})
    subject = uuid4()
    request_id = ask(subject)
    integration.send_requests()
    AgencyRequest.objects.create(
        id=uuid4(), agency="fns", subject_id=subject, about="2025", correlation="x", asked_on=TODAY, payload=b"x",
        next_try_at=timezone.now(),
    )  # fmt: skip

    with pytest.raises(integration.NotRepeatable, match="уже задан"):
        integration.retry_request(request_id=request_id, on=TODAY, answer_by=LATER)


def test_a_request_of_a_kind_we_do_not_serve_is_refused_to_its_sender(smev):
    agency = smev.participant("FNS001")
    agency.request(b'<n:ROGDRequest xmlns:n="urn://x-artefacts-zags-rogd/root/112-01/4.0.5"/>')
    assert poll().taken == {"handed": 1}  # ours by its root: the intake will judge it
    SmevDelivery.objects.all()
    lay_unknown(smev, agency)

    assert poll().taken == {"noted": 1}
    assert SmevReply.objects.get().sent_at is not None
    (refusal,) = agency.responses()
    assert "UNKNOWN_REQUEST_DESCRIPTION" in "".join(refusal.itertext())


def test_an_answer_sent_unasked_comes_as_a_request_and_is_read_as_the_answer(smev):
    born = date(1995, 5, 5)
    mother = PersonCard("90000001184", "Алёшина", "Ольга", None, "F", born, "643", "21", "", None, "", "77", "", "", "")
    asked = UnemploymentRequest(AskedPerson(mother.snils, mother.surname, mother.forename, None, born), TODAY)
    told = write_unemployment_answer(asked, [Period(date(2025, 12, 1))], answered_on=TODAY)
    smev.participant("ROSTRUD01").request(write_unasked(mother, told, TODAY, "m-1"))

    assert poll().taken == {"handed": 1}

    delivery = SmevDelivery.objects.get()
    (document,) = integration.open_kept(delivery_ids=[delivery.message_id])[delivery.message_id]
    assert (document.kind, document.agency, document.status) == ("pushed", "szn", "received"), document.remarks
    assert [type(one).__name__ for one in document.statements] == ["PersonTold", "UnemploymentAnswered"]


def lay_unknown(smev, agency) -> None:
    """The route is there, the kind is not ours: a public kind the stand-in carries to us."""
    agency.request(b'<n:Ask xmlns:n="urn://test/unknown"/>')


def test_a_test_message_changes_nothing(smev):
    smev.participant("FNS001").request(
        b'<n:ROGDRequest xmlns:n="urn://x-artefacts-zags-rogd/root/112-01/4.0.5"/>', is_test=True
    )

    assert poll().taken == {"test": 1}
    assert handed() == 0


def test_our_own_test_messages_are_marked(smev, settings):
    settings.KAZNA_SMEV = {**smev.told, "test": True}
    sent()

    ((_, body),) = raw_requests(smev)

    assert b"TestMessage" in body


def raw_requests(smev):
    from kazna.standins.smev.queues import Queues

    with Queues(smev.folder / "queues.sqlite").open() as base:
        return base.execute("SELECT number, body FROM waiting WHERE kind = 'request'").fetchall()


def test_a_cancel_is_refused_and_frees_the_queue():
    message_id = uuid4()
    cancel = (
        f"<t:Cancel Id='x'><b:MessageReference>{uuid4()}</b:MessageReference><t:MessageID>{message_id}</t:MessageID>"
    )

    assert message_id_in(cancel.encode()) == message_id
    assert message_id_in(b"<t:MessageID>" + str(message_id).encode() + b"<") is None


def test_two_workers_do_not_empty_one_queue_at_once(smev):
    sent()
    smev.participant("FNS001").answer_all(income)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [polling.LOCK])
        try:
            assert "другой процесс" in poll().trouble
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [polling.LOCK])
    other.close()

    assert poll().taken == {"handed": 1}


def test_a_missing_key_does_not_stop_the_days_work(smev, settings, caplog):
    settings.KAZNA_SMEV = {**smev.told, "key": "/nowhere"}

    tasks.take_answers(TODAY)

    assert "ключ" in caplog.text
