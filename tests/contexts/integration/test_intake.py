"""The intake store: nothing is lost, nothing is doubled, what is wrong waits for correction."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import transaction
from tests.contexts.integration.messages import TODAY, bank_statement, birth, death, zipped

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import ClaimedEdition, IntakeDocument
from kazna.contexts.integration.public import DocumentStatus, Kind, remark
from kazna.events.integration import StatementReceived

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
RECEIVED, ACCEPTED, DUPLICATE, QUARANTINED = (
    DocumentStatus.RECEIVED,
    DocumentStatus.ACCEPTED,
    DocumentStatus.DUPLICATE,
    DocumentStatus.QUARANTINED,
)


def post(payload: bytes, *, agency: str | None = "zags", file_name: str = "birth.xml"):
    return integration.open_delivery(
        payload=payload,
        agency=agency,
        file_name=file_name,
        content_type="application/xml",
        on=TODAY,
        received_at=NOW,
    )


def post_one(payload: bytes, **fields):
    (document,) = post(payload, **fields)
    return document


def statuses(documents) -> list[DocumentStatus]:
    return [document.status for document in documents]


def test_a_document_is_stored_raw_and_then_accepted():
    document = post_one(birth())
    integration.accept(documents=[document])

    kept = integration.document(document_id=document.document_id, with_payload=True)

    assert kept.payload == birth()
    assert (kept.status, kept.kind, kept.act) == (ACCEPTED, Kind.BIRTH, "birth/R0200003/1234/2026-02-05")
    assert len(document.statements) == 1


def test_remarks_added_without_refusing_are_kept():
    document = post_one(birth())
    noted = replace(document, remarks=(*document.remarks, remark("marriage_unknown", "запись")))

    integration.accept(documents=[noted])

    kept = integration.document(document_id=document.document_id)
    assert [one.code for one in kept.remarks] == ["marriage_unknown"]


def test_the_same_bytes_again_change_nothing():
    first = post_one(birth())
    integration.accept(documents=[first])

    again = post_one(birth())

    assert (again.status, again.document_id, again.statements) == (DUPLICATE, first.document_id, ())
    assert IntakeDocument.objects.count() == 1
    assert integration.counts().repeats == 1


def test_the_same_bytes_twice_in_one_batch_are_read_once():
    documents = post(zipped({"a.xml": birth(), "b.xml": birth(), "c.xml": b"<broken"}))

    assert statuses(documents) == [RECEIVED, DUPLICATE, QUARANTINED]


def test_a_document_left_unsettled_is_read_again():
    """The transaction that would have recorded its facts did not happen."""
    first = post_one(birth())

    again = post_one(birth())

    assert (again.status, again.document_id) == (RECEIVED, first.document_id)
    assert again.statements == first.statements


def test_the_same_act_in_another_envelope_is_a_duplicate():
    integration.accept(documents=[post_one(birth())])

    again = post_one(birth(message_id="another"))

    assert (again.status, again.statements) == (DUPLICATE, ())
    assert [one.code for one in again.remarks] == ["same_act"]


def test_the_same_act_with_another_body_goes_to_quarantine():
    integration.accept(documents=[post_one(birth())])

    other = post_one(birth(forename="Павел"))

    assert other.status == QUARANTINED
    assert [one.code for one in other.remarks] == ["act_other_body"]


def test_two_bodies_of_one_act_in_one_batch_do_not_both_enter():
    documents = post(zipped({"a.xml": birth(), "b.xml": birth(forename="Павел")}))

    assert sorted(statuses(documents)) == [QUARANTINED, RECEIVED]


def test_a_later_edition_of_the_act_is_let_through():
    integration.accept(documents=[post_one(death())])

    assert post_one(death(version=2, died="2026-02-04")).status == RECEIVED


def test_quarantine_by_the_registers_frees_the_act_for_a_corrected_document():
    document = post_one(birth())
    integration.quarantine(
        document_id=document.document_id,
        remarks=[remark("mother_dead", "мать", died_on=TODAY, born_on=TODAY)],
    )

    assert not ClaimedEdition.objects.exists()
    assert [one.document_id for one in integration.quarantined()] == [document.document_id]

    (corrected,) = integration.resubmit(
        document_id=document.document_id, payload=birth(forename="Павел"), on=TODAY, received_at=NOW
    )
    integration.accept(documents=[corrected])

    assert integration.quarantined() == []
    old = integration.document(document_id=document.document_id)
    new = integration.document(document_id=corrected.document_id)
    assert (old.status, new.status, new.replaces) == (
        DocumentStatus.RESUBMITTED,
        ACCEPTED,
        document.document_id,
    )


def test_a_quarantined_document_may_be_tried_again_as_it_is():
    document = post_one(birth())
    integration.quarantine(document_id=document.document_id, remarks=[remark("act_unknown", "запись", act="birth/1")])

    (again,) = integration.resubmit(document_id=document.document_id, payload=None, on=TODAY, received_at=NOW)

    assert (again.status, again.document_id, again.remarks) == (RECEIVED, document.document_id, ())
    assert again.statements == document.statements


def test_the_same_wrong_bytes_stay_in_quarantine():
    first = post_one(b"<broken")

    again = post_one(b"<broken")

    assert (again.status, again.remarks) == (QUARANTINED, first.remarks)


def test_only_a_quarantined_document_can_be_resubmitted():
    document = post_one(birth())
    integration.accept(documents=[document])

    with pytest.raises(integration.NotInQuarantine):
        integration.resubmit(document_id=document.document_id, payload=None, on=TODAY, received_at=NOW)


def test_a_message_too_large_is_listed_but_not_kept(settings):
    settings.KAZNA_DOCUMENT_BYTES = 1000

    document = post_one(birth())

    assert [one.code for one in document.remarks] == ["too_large"]
    assert integration.document(document_id=document.document_id, with_payload=True).payload is None
    with pytest.raises(integration.NothingToRetry):
        integration.resubmit(document_id=document.document_id, payload=None, on=TODAY, received_at=NOW)


def test_a_settled_document_is_not_settled_twice():
    document = post_one(birth())
    integration.accept(documents=[document])

    with pytest.raises(integration.DocumentAlreadySettled):
        integration.accept(documents=[document])
    with pytest.raises(integration.DocumentAlreadySettled):
        integration.quarantine(document_id=document.document_id, remarks=[])
    with pytest.raises(integration.DocumentUnknown):
        integration.quarantine(document_id=uuid4(), remarks=[])


def test_another_holders_message_is_refused():
    document = post_one(birth(), agency="bank")

    assert [one.code for one in document.remarks] == ["wrong_sender"]


def test_files_given_by_hand_count_as_sent_by_their_holder():
    document = post_one(birth(), agency=None)

    assert (document.agency, document.status) == ("zags", RECEIVED)
    integration.accept(documents=[document])
    assert post_one(birth(), agency="zags").status == DUPLICATE


def test_the_quarantine_is_paged_by_number():
    post(zipped({f"{n}.xml": f"<broken{n}".encode() for n in range(5)}))

    first = integration.quarantined(limit=3)
    rest = integration.quarantined(after=first[-1].number, limit=3)

    assert (len(first), len(rest)) == (3, 2)
    assert integration.quarantined(agency="bank") == []
    assert {one.document_id for one in first}.isdisjoint(one.document_id for one in rest)


def test_counts_by_kind_and_status():
    integration.accept(documents=[post_one(birth())])
    post_one(b"<broken")

    counts = integration.counts()

    assert counts.documents == {(Kind.BIRTH, ACCEPTED): 1, (Kind.UNKNOWN, QUARANTINED): 1}
    assert counts.by_status == {ACCEPTED: 1, QUARANTINED: 1}
    assert counts.plain() == {
        "documents": {"birth": {"accepted": 1}, "unknown": {"quarantined": 1}},
        "repeats": 0,
        "questions": {},
    }


def test_a_bank_statement_is_told_about_and_can_be_read(monkeypatch):
    heard = []
    monkeypatch.setattr(
        "kazna.contexts.integration.actions.settle_documents.publish_many", lambda events: heard.extend(events)
    )
    document = post_one(bank_statement(), agency="bank")

    integration.accept(documents=[document])

    (event,) = heard
    assert isinstance(event, StatementReceived)
    assert (event.register_number, event.cause.received_at) == ("17", NOW)
    assert integration.statement(event.document_id).lines[1].reason == "Счёт закрыт"


def test_nothing_stays_of_a_delivery_that_was_rolled_back():
    with pytest.raises(RuntimeError), transaction.atomic():
        post_one(birth())
        raise RuntimeError

    assert post_one(birth()).status == RECEIVED
    assert IntakeDocument.objects.count() == 1
