"""Messages to me: what happened, why, what next."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kazna.contexts.notifications import public as notifications
from kazna.web.citizen.own import me
from kazna.web.paging import number as serial_number
from kazna.web.paging import page_of
from kazna.web.powers import allow

PER_PAGE = 25
ENDS = re.compile(r"(?<=[А-Яа-яЁёa-z)»\d-]{3}[.!?])\s+(?=[А-ЯЁ«])")  # not «г. Москва» and not «ст. 5»


@require_safe
@allow("citizen")
def inbox(request: HttpRequest) -> HttpResponse:
    """Newest first, unread marked in words."""
    page = page_of(
        request,
        lambda after: notifications.inbox(person_id=me(request), limit=PER_PAGE + 1, after=after),
        key=lambda notice: str(notice.number),
        parse=serial_number,
        size=PER_PAGE,
    )
    return render(request, "citizen/inbox.html", {"page": page})


@require_safe
@allow("citizen")
def message(request: HttpRequest, number: int, notice_id: UUID) -> HttpResponse:
    """One message; opening it marks it read."""
    found = notifications.inbox(person_id=me(request), limit=1, after=number + 1)
    if not found or found[0].notice_id != notice_id:
        raise Http404
    notifications.mark_read(person_id=me(request), notice_ids=[notice_id])
    return render(request, "citizen/message.html", {"notice": found[0], "why": ENDS.split(found[0].why)})
