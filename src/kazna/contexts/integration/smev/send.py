"""Send one question through СМЭВ; a kill at any point sends it again under the same MessageID."""

from __future__ import annotations

import httpx
from django.db import transaction
from django.utils import timezone

from kazna.contexts.integration.models import AgencyRequest, SmevMessage
from kazna.contexts.integration.smev import policy
from kazna.contexts.integration.smev.channel import ChannelNotSet, channel
from kazna.contexts.integration.smev.envelope.read import read_sent
from kazna.contexts.integration.smev.envelope.soap import EnvelopeRefused, FaultReceived
from kazna.contexts.integration.smev.envelope.write import Request, send_request
from kazna.contexts.integration.smev.policy import Action, Rule
from kazna.contexts.integration.smev.settle import apply_rule, message_of
from kazna.contexts.integration.smev.signing.provider import ProviderUnavailable
from kazna.contexts.integration.smev.transport import AnswerTooLarge, Unreachable, call, smev_client

OPEN = (AgencyRequest.Status.QUEUED,)
TRY_AGAIN = (Unreachable, EnvelopeRefused, AnswerTooLarge, ChannelNotSet, ProviderUnavailable)
SENT = Rule(Action.DONE, "")


def send(request: AgencyRequest, client: httpx.Client | None = None) -> bool:
    """True when СМЭВ has the message now. The question is moved by the table of `policy`."""
    message = message_of(request)
    rule, told, details = _send(request, message, client or smev_client())
    with transaction.atomic():
        now = timezone.now()
        sent_at = now if rule.action == Action.DONE else message.sent_at
        SmevMessage.objects.filter(number=message.number).update(sent_at=sent_at, told=told[:60], details=details[:500])
        apply_rule(request, rule, details, of=OPEN)
    return rule.action == Action.DONE


def _send(request: AgencyRequest, message: SmevMessage, client: httpx.Client) -> tuple[Rule, str, str]:
    """The rule that applies, what СМЭВ said, the details."""
    try:
        ours = channel()
        payload = send_request(
            Request(message.message_id, bytes(request.payload), eol=message.eol, is_test=ours.is_test), ours.provider
        )
        answer = call(client, ours.url, payload, most_bytes=ours.most_bytes)
        return SENT, read_sent(answer, "SendRequest"), ""
    except FaultReceived as fault:
        return policy.on_fault(fault.name), fault.name, fault.told.removeprefix(": ")
    except TRY_AGAIN as problem:
        return Rule(Action.RETRY, "не отправлено"), type(problem).__name__, str(problem)
