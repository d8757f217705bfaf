"""Tell browsers of new notices, outside quiet hours; a browser that is gone is forgotten."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime

import requests
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from pywebpush import WebPushException, webpush

from kazna.contexts.notifications.contracts import ChannelsView
from kazna.contexts.notifications.models import Channels, Notice, PushDevice

PIECE, MOST_AT_ONCE = 500, 3
GONE = (404, 410)
KEPT_SECONDS = 24 * 3600  # by the push service, while the browser sleeps
log = logging.getLogger("kazna.notifications")


class StraightSession(requests.Session):
    """Goes where it is told and nowhere else: a push service has no reason to send us elsewhere."""

    def request(self, *args: object, **named: object) -> requests.Response:  # type: ignore[override]
        return super().request(*args, **{**named, "allow_redirects": False})  # type: ignore[arg-type]


def send_pushes(now: datetime, *, session: requests.Session | None = None) -> int:
    """Return how many messages left. Each device moves on by itself: a crash repeats one message at most."""
    with session or StraightSession() as line:
        sent, last = 0, None
        while devices := _devices(last):
            told = {row.person_id: _view(row) for row in Channels.objects.filter(person_id__in=_people(devices))}
            for device in devices:
                channels = told.get(device.person_id, ChannelsView())
                if channels.by_push and not channels.is_quiet(timezone.localtime(now).hour):
                    sent += _tell(device, line)
            last = devices[-1].id
        return sent


def _devices(last: object) -> list[PushDevice]:
    """Devices whose person has a newer notice, in pieces by key."""
    newer = Notice.objects.filter(recipient_id=OuterRef("person_id"), number__gt=OuterRef("last_number"))
    found = PushDevice.objects.filter(Exists(newer)).order_by("id")
    return list((found.filter(id__gt=last) if last else found)[:PIECE])


def _people(devices: Sequence[PushDevice]) -> set[object]:
    return {device.person_id for device in devices}


def _view(row: Channels) -> ChannelsView:
    return ChannelsView(row.by_email, row.by_push, row.quiet_from, row.quiet_to)


def _tell(device: PushDevice, line: requests.Session) -> int:
    notices = list(
        Notice.objects.filter(recipient_id=device.person_id, number__gt=device.last_number).order_by("number")
    )
    sent = 0
    for notice in notices[-MOST_AT_ONCE:]:  # who was long away is not buried under old news
        outcome = _send(device, notice, line)
        if outcome == "gone":
            device.delete()
            return sent
        if outcome == "later":
            return sent
        PushDevice.objects.filter(id=device.id).update(last_number=notice.number)
        sent += 1
    return sent


def _send(device: PushDevice, notice: Notice, line: requests.Session) -> str:
    """The title only: it may stand on a locked screen. Encrypted for the browser, the push service cannot read it."""
    try:
        webpush(
            {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}},
            data=json.dumps({"title": notice.title, "address": f"/my/inbox/{notice.number}/{notice.id}/"}),
            vapid_private_key=settings.KAZNA_VAPID_KEY,
            vapid_claims={"sub": settings.KAZNA_VAPID_CONTACT},
            ttl=KEPT_SECONDS,
            timeout=10,
            requests_session=line,
        )
    except WebPushException as problem:
        code = problem.response.status_code if problem.response is not None else 0
        if code in GONE:
            return "gone"
        log.warning("push to device %s was not taken: %s", device.id, code)
        return "later"
    except requests.RequestException as problem:
        log.warning("push to device %s did not leave: %s", device.id, type(problem).__name__)
        return "later"
    return "sent"
