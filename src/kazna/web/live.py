"""Live pages: a stream of server-sent events tells the browser that what it shows has changed, and nothing else.

The page then asks for itself anew with all the usual powers (see `data-live` in kazna.js), so a stream holds no data.
A stream lives for KAZNA_LIVE_SECONDS and the browser comes back: signing out, a new day, a restart end it soon. So many
streams a process, so that pages always find a thread; whoever comes later is asked to come again in half a minute.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from kazna.contexts.cases import public as cases
from kazna.kernel.errors import DomainError
from kazna.plumbing import pulse
from kazna.plumbing.access import Viewer, acting_as
from kazna.plumbing.bell import bell
from kazna.plumbing.session.base import give_back
from kazna.web.citizen.own import must_be_ours
from kazna.web.officer import figures
from kazna.web.powers import allow

MOST_STREAMS = 12  # a process; `kazna serve` keeps four threads more for pages
EACH_SECONDS = 2.0  # a page is told at most so often
HEARTBEAT_SECONDS = 10.0
CHANGED, STILL_HERE = "event: changed\ndata: \n\n", ": \n\n"
COME_BACK, COME_LATER = "retry: 2000\n\n", "retry: 30000\n\n"
_places = threading.BoundedSemaphore(MOST_STREAMS)


@require_safe
@allow("officer", "methodologist", "administrator")
def monitor(request: HttpRequest) -> HttpResponseBase:
    """Anything published or handled."""
    return _stream(request.viewer, pulse.stamp)


@require_safe
@allow("officer")
def queue(request: HttpRequest) -> HttpResponseBase:
    """The sizes of the queues of the body and of one's own."""
    viewer = request.viewer
    return _stream(viewer, lambda: figures.of_queue(viewer).sizes)


@require_safe
@allow("citizen")
def case(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """One case of one's own: its state, its steps."""
    must_be_ours(request, cases.case(case_id=case_id).recipient_id)
    return _stream(request.viewer, lambda: cases.case(case_id=case_id))


def _stream(viewer: Viewer, look: Callable[[], object]) -> HttpResponseBase:
    """204, after which a browser does not ask again, where live pages are switched off."""
    if not settings.KAZNA_LIVE_SECONDS:
        return HttpResponse(status=204)
    lines = _lines(viewer, look) if _places.acquire(blocking=False) else iter([COME_LATER])
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}  # neither packed nor held back on its way
    return StreamingHttpResponse(lines, content_type="text/event-stream", headers=headers)


def _lines(viewer: Viewer, look: Callable[[], object]) -> Iterator[str]:
    """Ends by itself, or when the browser has gone and a line cannot be sent."""
    try:
        until = time.monotonic() + settings.KAZNA_LIVE_SECONDS
        known, heard = _look(viewer, look), 0
        yield COME_BACK
        while time.monotonic() < until:
            heard = bell.wait(heard, HEARTBEAT_SECONDS)
            now = _look(viewer, look)
            yield CHANGED if now != known else STILL_HERE
            known = now
            time.sleep(EACH_SECONDS)
    finally:
        _places.release()


def _look(viewer: Viewer, look: Callable[[], object]) -> object:
    """With the powers of who looks, on a connection that is given back: streams mostly sleep."""
    seen: object = None
    with suppress(DomainError), acting_as(viewer):
        seen = look()
    if not connection.in_atomic_block:
        give_back()
    return seen
