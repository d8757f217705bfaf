"""Pages of the law that are the same for all strangers: made once and kept packed, until the law or the day changes.

Of a visitor such a page knows the language, the look and the region chosen: they are in the key. Whoever has a session
gets a page made for him.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

from kazna.contexts.measures import public as measures
from kazna.plumbing import clock
from kazna.web import display
from kazna.web.safety import same_for_strangers

MOST_BYTES, LONGEST_ADDRESS = 200_000, 500
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")
SHAPING = (display.COOKIE, "kazna_region")
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`body` as it goes over the wire; `cookies` as the view set them: they follow from the address."""

    body: bytes
    is_packed: bool
    kind: str
    cookies: dict[str, Any]
    tag: str

    def answer(self) -> HttpResponse:
        response = HttpResponse(self.body, content_type=self.kind)
        response.headers["ETag"] = self.tag
        response.cookies.update(self.cookies)
        if self.is_packed:
            response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response


_pages: OrderedDict[Key, Page] = OrderedDict()
_choosing = threading.Lock()


def kept_for_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view shows only the law, by its address; see KAZNA_KEPT_PAGES."""

    @same_for_strangers
    @wraps(view)
    def kept(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        key = _key(request)
        if key is None:
            return view(request, *args, **named)
        if page := _kept(key):
            return page.answer()
        response = view(request, *args, **named)
        page = _page(response, is_packed=bool(key[-1]))
        if page is None:
            return response
        with _choosing:
            _pages[key] = page
            while len(_pages) > settings.KAZNA_KEPT_PAGES:
                _pages.popitem(last=False)
        return page.answer()

    return kept


def forget() -> None:
    """Make all anew."""
    with _choosing:
        _pages.clear()


def _key(request: HttpRequest) -> Key | None:
    """All that such a page depends on; None for whom it is not kept."""
    address = request.build_absolute_uri()
    if not settings.KAZNA_KEPT_PAGES or request.method != "GET" or len(address) > LONGEST_ADDRESS:
        return None
    if any(name in request.COOKIES for name in PERSONAL):
        return None
    chosen = [request.COOKIES.get(name, "") for name in SHAPING]
    packs = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    return address, translation.get_language(), *chosen, clock.today(), measures.law_in_force().digest, packs


def _kept(key: Key) -> Page | None:
    with _choosing:
        if page := _pages.get(key):
            _pages.move_to_end(key)
        return page


def _page(response: HttpResponse, *, is_packed: bool) -> Page | None:
    if response.status_code != 200 or response.streaming or len(response.content) > MOST_BYTES:
        return None
    body = compress_string(response.content) if is_packed else response.content
    tag = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
    return Page(body, is_packed, response.headers["Content-Type"], dict(response.cookies), tag)
