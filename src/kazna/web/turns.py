"""So many pages at once a process: more of them only take the interpreter from one another, and all come later.

A page that has waited a second goes on all the same: someone else's slow upload must not hold it. Streams of live pages
take no turn, for what they send is sent after the answer has begun.
"""

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

AT_ONCE, PATIENCE_SECONDS = 4, 1.0
_turns = threading.BoundedSemaphore(AT_ONCE)


class TurnMiddleware:
    """One of the process's turns for the time a page is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_turn = _turns.acquire(timeout=PATIENCE_SECONDS)
        try:
            return self.get_response(request)
        finally:
            if has_turn:
                _turns.release()
