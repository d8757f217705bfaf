"""Move a question by what СМЭВ or the agency said of its message: the table of `policy` at work."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import uuid1

from django.utils import timezone

from kazna.contexts.integration.models import AgencyRequest, SmevMessage
from kazna.contexts.integration.smev.policy import MOST_MESSAGES, Action, Rule

Status = AgencyRequest.Status
LONGEST_WAIT = timedelta(hours=1)
LONGEST_POWER = 12  # 2**12 seconds are over an hour
FRESH = timedelta(hours=24)  # СМЭВ calls ids stale after two days
SPARE_DAYS = timedelta(days=1)
USUAL_LIFE = timedelta(days=10)


def back_off(attempts: int) -> timedelta:
    """2, 4, 8… seconds, an hour at most; half of it by chance, so that thousands do not come back at once."""
    wait = min(timedelta(seconds=2 ** min(attempts, LONGEST_POWER)), LONGEST_WAIT)
    return wait * random.uniform(0.5, 1)


def message_of(request: AgencyRequest) -> SmevMessage:
    """The message to send now: the last one, or a new one when there is none or its id has grown old."""
    now = timezone.now()
    last = SmevMessage.objects.filter(request_id=request.id).order_by("-number").first()
    if last is None or (last.sent_at is None and (now - last.made_at > FRESH or last.eol <= now)):
        return new_message(request, now)
    return last


def new_message(request: AgencyRequest, now: datetime) -> SmevMessage:
    days = request.answer_by - request.asked_on + SPARE_DAYS if request.answer_by else USUAL_LIFE
    life = max(days, SPARE_DAYS)
    return SmevMessage.objects.create(message_id=uuid1(), request_id=request.id, eol=now + life, made_at=now)


def apply_rule(request: AgencyRequest, rule: Rule, told: str, *, of: tuple[str, ...]) -> None:
    """Move the question if it still has one of the statuses `of`; an answer that came meanwhile stays."""
    now = timezone.now()
    row = AgencyRequest.objects.filter(id=request.id, status__in=of)
    reason = f"{rule.reason[:1].upper()}{rule.reason[1:]}{f' ({told})' if told else ''}."[:300]
    attempts = request.attempts + 1
    if rule.action == Action.WAIT:
        return
    if rule.action == Action.DONE:
        row.update(status=Status.SENT, sent_at=now, attempts=attempts, last_error="")
    elif rule.action == Action.STOP:
        row.update(status=Status.FAILED, attempts=attempts, last_error=reason)
    elif rule.action == Action.RETRY:
        again = now + back_off(attempts)
        row.update(status=Status.QUEUED, attempts=attempts, next_try_at=again, last_error=reason)
    elif SmevMessage.objects.filter(request_id=request.id).count() >= MOST_MESSAGES:
        row.update(status=Status.FAILED, attempts=attempts, last_error=f"{reason[:250]} Пробовали {MOST_MESSAGES} раз.")
    elif row.update(status=Status.QUEUED, attempts=attempts, next_try_at=now + back_off(attempts), last_error=reason):
        new_message(request, now)
