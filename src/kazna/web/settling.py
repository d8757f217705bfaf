"""What a web process would else do amid somebody's first request: compile screens, read the law, print a paper."""

from __future__ import annotations

import gc
import threading

from django.conf import settings
from django.template import engines
from django.utils import translation

from kazna.contexts.measures import public as measures
from kazna.plumbing.paper.readiness import be_ready_to_print
from kazna.plumbing.session.base import give_back

FEW_COLLECTIONS = 20_000  # a page makes thousands of objects that go by counting references


def settle_beside() -> threading.Thread:
    """Begun when the process starts; whoever asks meanwhile is answered."""
    thread = threading.Thread(target=settle, name="settling", daemon=True)
    thread.start()
    return thread


def settle() -> None:
    """Then the collector walks neither the law nor the code any more: together a tenth of a second each time."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            screens = engines["jinja2"].env
            for name in screens.list_templates():
                screens.get_template(name)
        measures.law_in_force()
        be_ready_to_print()
    finally:
        give_back()
    gc.collect()
    gc.freeze()
    gc.set_threshold(FEW_COLLECTIONS)
