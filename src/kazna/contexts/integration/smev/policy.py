"""What our client does on every fault, rejection and status of СМЭВ 3: a table, so that it can be read and argued.

The page `docs/reference/smev.md` is drawn from it and a test walks each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_MESSAGES = 6  # of one question, before it is left to a person


class Action(StrEnum):
    """What happens to our request."""

    RETRY = "retry"  # the same message again, later and later; never given up by count, the deadline shows it
    RENEW = "renew"  # a new MessageID, then again; at most so many times
    DONE = "done"  # СМЭВ has it already: go on
    STOP = "stop"  # dead, with the reason shown to an officer; repeated by hand only
    WAIT = "wait"  # noted, nothing to do


@dataclass(frozen=True, slots=True)
class Rule:
    """`reason` in Russian is what the officer reads."""

    action: Action
    reason: str


FAULTS = {
    "AccessDenied": Rule(Action.STOP, "этому отправителю не разрешено писать этому получателю"),
    "AttachmentContentMiscoordination": Rule(Action.STOP, "список вложений не сходится с вложениями"),
    "AttachmentSizeLimitExceeded": Rule(Action.STOP, "вложения больше, чем разрешает СМЭВ"),
    "BusinessDataTypeIsNotSupported": Rule(Action.STOP, "получатель не принимает такой вид сведений"),
    "DestinationOverflow": Rule(Action.RETRY, "очередь получателя переполнена"),
    "EndOfLifeReached": Rule(Action.RENEW, "срок жизни сообщения истёк раньше доставки"),
    "IncorrectResponseContentType": Rule(Action.STOP, "ответ послан видом сведений, который служит запросом"),
    "InvalidContent": Rule(Action.STOP, "содержание не прошло проверку по схеме вида сведений"),
    "InvalidMessageIdFormat": Rule(Action.RENEW, "номер сообщения не UUID первого варианта"),
    "MessageIsAlreadySent": Rule(Action.DONE, "сообщение с этим номером СМЭВ уже приняла"),
    "QuoteLimitExceeded": Rule(Action.RENEW, "квота вложений исчерпана"),
    "RecipientIsNotFound": Rule(Action.STOP, "получателя с таким обратным адресом нет"),
    "RequestIsNotFound": Rule(Action.STOP, "запроса, который отменяют, СМЭВ не знает"),
    "SenderIsNotRegistered": Rule(Action.STOP, "наша система не зарегистрирована в СМЭВ"),
    "SignatureVerificationFault": Rule(Action.STOP, "СМЭВ не приняла нашу подпись"),
    "SMEVFailure": Rule(Action.RETRY, "сбой в СМЭВ"),
    "StaleMessageId": Rule(Action.RENEW, "номер сообщения устарел: оно слишком долго не доходило"),
    "TargetMessageIsNotFound": Rule(Action.DONE, "получение этого сообщения уже подтверждено"),
    "TransactionCodeInvalid": Rule(Action.STOP, "код транзакции неверен"),
    "UnknownMessageType": Rule(Action.STOP, "вид сведений не зарегистрирован в СМЭВ"),
}

REJECTIONS = {
    "ACCESS_DENIED": Rule(Action.STOP, "ведомство отказало в доступе к сведениям"),
    "FAILURE": Rule(Action.RENEW, "сбой у ведомства"),
    "NO_DATA": Rule(Action.STOP, "у ведомства нет таких сведений"),
    "UNKNOWN_REQUEST_DESCRIPTION": Rule(Action.STOP, "ведомство не понимает вид запроса"),
}

STATUSES = {
    "requestIsQueued": Rule(Action.WAIT, "запрос ждёт проверки в СМЭВ"),
    "requestIsAcceptedBySmev": Rule(Action.WAIT, "запрос доставляется ведомству"),
    "requestIsRejectedBySmev": Rule(Action.STOP, "запрос не прошёл проверку в СМЭВ"),
    "underProcessing": Rule(Action.WAIT, "ведомство обрабатывает запрос"),
    "requestIsProcessed": Rule(Action.WAIT, "ведомство обработало запрос"),
    "responseIsQueued": Rule(Action.WAIT, "ответ ждёт проверки в СМЭВ"),
    "responseIsAcceptedBySmev": Rule(Action.WAIT, "ответ в очереди СМЭВ"),
    "responseIsRejectedBySmev": Rule(Action.RENEW, "ответ ведомства не прошёл проверку в СМЭВ"),
    "responseIsProcessed": Rule(Action.WAIT, "ответ обработан"),
    "responseIsDelivered": Rule(Action.WAIT, "ответ доставлен нам"),
    "messageIsDelivered": Rule(Action.WAIT, "сообщение доставлено"),
    "messageIsArchived": Rule(Action.WAIT, "сообщение в архиве СМЭВ"),
    "cancelled": Rule(Action.STOP, "запрос отменён"),
    "doesNotExist": Rule(Action.RENEW, "СМЭВ не знает такого запроса: потерян"),
}
OF_SCHEMA_1_1 = {
    "doesNotExist",
    "requestIsQueued",
    "requestIsAcceptedBySmev",
    "requestIsRejectedBySmev",
    "underProcessing",
    "responseIsAcceptedBySmev",
    "cancelled",
    "responseIsDelivered",
}
LATER_STATUSES = frozenset(set(STATUSES) - OF_SCHEMA_1_1)

UNKNOWN = Rule(Action.STOP, "ответ СМЭВ нам незнаком")


def on_fault(name: str) -> Rule:
    return FAULTS.get(name, UNKNOWN)


def on_rejection(code: str) -> Rule:
    return REJECTIONS.get(code, UNKNOWN)


def on_status(status: str) -> Rule:
    return STATUSES.get(status, UNKNOWN)
