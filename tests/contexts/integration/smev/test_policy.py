"""Every fault, rejection and status of СМЭВ: what our client does, walked over the wire."""

import pytest
from lxml import etree
from tests.contexts.integration.messages import TODAY
from tests.contexts.integration.smev.asking import ask, send_now, sent, the_request

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import SmevDelivery, SmevMessage
from kazna.contexts.integration.readers.schemas import schema
from kazna.contexts.integration.smev import policy
from kazna.contexts.integration.smev.names import FAULTS_SCHEMA
from kazna.contexts.integration.smev.policy import MOST_MESSAGES, Action
from kazna.kernel.places import FORMATS

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = 8
XS = "{http://www.w3.org/2001/XMLSchema}"
EXPECTED = {Action.RETRY: "queued", Action.RENEW: "queued", Action.DONE: "sent", Action.STOP: "failed"}


def names_of(schema_path: str) -> set[str]:
    root = etree.parse(str(FORMATS / "xsd" / schema_path)).getroot()
    return {each.get("name") for each in root.iterfind(f"{XS}element")}


def enumerated(type_name: str, path: str) -> set[str]:
    root = etree.parse(str(FORMATS / "xsd" / path)).getroot()
    return {each.get("value") for each in root.iterfind(f".//{XS}simpleType[@name='{type_name}']//{XS}enumeration")}


def test_the_table_has_every_fault_rejection_and_status_of_the_schemas():
    types = FAULTS_SCHEMA.replace("faults", "types")
    basic = FAULTS_SCHEMA.replace("faults", "basic")

    assert set(policy.FAULTS) == names_of(FAULTS_SCHEMA)
    assert set(policy.REJECTIONS) == enumerated("RejectCode", types)
    assert enumerated("InteractionStatusType", basic) == policy.OF_SCHEMA_1_1 <= set(policy.STATUSES)
    assert schema(FAULTS_SCHEMA)


@pytest.mark.parametrize("name", sorted(policy.FAULTS))
def test_a_fault_moves_the_question_by_the_table(smev, name):
    rule = policy.FAULTS[name]
    smev.behave(force={"SendRequest": [name]})
    ask()

    integration.send_requests()

    request = the_request()
    assert request.status == EXPECTED[rule.action]
    assert SmevMessage.objects.count() == (2 if rule.action == Action.RENEW else 1)
    assert SmevMessage.objects.order_by("number").first().told == name
    if rule.action != Action.DONE:
        assert rule.reason[1:] in request.last_error
        assert "отказ записан не по схеме" not in request.last_error  # the stand-in writes official faults
    if rule.action in (Action.RETRY, Action.RENEW):
        send_now()
        assert the_request().status == "sent"


def test_a_fault_nobody_knows_stops_with_a_reason(smev):
    smev.behave(force={"SendRequest": ["SomethingNew"]})
    ask()

    integration.send_requests()

    assert (the_request().status, "незнаком" in the_request().last_error) == ("failed", True)


def test_failures_of_smev_are_retried_without_end_and_renewals_are_not(smev):
    smev.behave(force={"SendRequest": ["SMEVFailure"] * OFTEN})
    ask()
    for _ in range(OFTEN):
        send_now()
        assert the_request().status == "queued"
    assert SmevMessage.objects.count() == 1
    smev.behave(force={"SendRequest": ["StaleMessageId"] * OFTEN})
    for _ in range(OFTEN):
        send_now()

    assert (the_request().status, SmevMessage.objects.count()) == ("failed", MOST_MESSAGES)


@pytest.mark.parametrize("code", sorted(policy.REJECTIONS))
def test_a_rejection_of_the_agency_moves_the_question_by_the_table(smev, code):
    rule = policy.REJECTIONS[code]
    sent()
    agency = smev.participant("FNS001")
    for asked in agency.requests():
        agency.respond(asked.reply_to, rejection=(code, "так вышло"))
        agency.acknowledge(asked.message_id)

    assert integration.poll_smev(on=TODAY).taken == {"noted": 1}

    request = the_request()
    assert request.status == EXPECTED[rule.action]
    assert f"{code}: так вышло" in request.last_error
    assert SmevDelivery.objects.get().acknowledged_at is not None


@pytest.mark.parametrize("status", sorted(policy.STATUSES))
def test_a_status_moves_the_question_by_the_table(smev, status):
    rule = policy.STATUSES[status]
    message = sent()
    smev.tell_status(str(message.message_id), status, "так вышло")

    assert integration.poll_smev(on=TODAY).statuses == 1

    assert the_request().status == ("sent" if rule.action == Action.WAIT else EXPECTED[rule.action])
    assert SmevMessage.objects.order_by("number").first().told == status


def test_a_status_of_a_replaced_message_is_only_noted(smev):
    message = sent()
    for status in ("doesNotExist", "requestIsRejectedBySmev"):
        smev.tell_status(str(message.message_id), status)

    integration.poll_smev(on=TODAY)

    assert the_request().status == "queued"


def test_a_request_rejected_after_checks_is_dead_with_the_reason(smev):
    smev.behave(reject=1)
    sent()

    integration.poll_smev(on=TODAY)

    assert (the_request().status, "проверку" in the_request().last_error) == ("failed", True)
