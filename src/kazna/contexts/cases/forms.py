"""Documents that differ in a few places only: what they share is kept once, each decision keeps what is its own.

A form is the canonical text of a whole document with places left open. Filled in, it is the very text that was
digested: nothing that reads a decision, checks its digest or replays it can tell how the document was kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from json.encoder import encode_basestring
from typing import Any, Protocol, cast

from django.db import connection

from kazna.contexts.cases.models_forms import DecisionForm
from kazna.contexts.cases.spelling import spelt

PLACE = re.compile('"\ue000=([a-z]+)\ue001"|\ue000([a-z]+)\ue001')
KEEP = """
    INSERT INTO cases_decision_form (id, text)
    SELECT form.id, form.text FROM unnest(%s::text[], %s::text[]) form(id, text)
    WHERE NOT EXISTS (SELECT 1 FROM cases_decision_form known WHERE known.id = form.id)
    ORDER BY form.id ON CONFLICT DO NOTHING
"""


class Filled(Protocol):
    """What of a decision goes into the places of its form."""

    number: str
    right_id: Any
    wording: Any
    amount_kopecks: Any
    ground: Any


def words(place: str) -> str:
    """A place inside a text."""
    return f"\ue000{place}\ue001"


def value(place: str) -> str:
    """A place that is a value of its own: a number, an object or nothing."""
    return f"\ue000={place}\ue001"


@dataclass(frozen=True)
class Form:
    """A document with places left open, in its one spelling."""

    text: str

    @cached_property
    def id(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _parts(self) -> list[str]:
        """What stands between the places, and between two of those the name of the place."""
        return [part for part in PLACE.split(self.text) if part is not None]

    def filled(self, places: Mapping[str, str]) -> str:
        """The text with every place filled; `places` are spelt as they stand in JSON."""
        parts = self._parts.copy()
        parts[1::2] = [places[name] for name in parts[1::2]]
        return "".join(parts)


def inside(text: str) -> str:
    """Words as they stand inside a text of JSON."""
    return encode_basestring(text)[1:-1]


def keep_forms(forms: Mapping[str, Form]) -> None:
    """Write those that are not there yet, in one order: two who write the same forms wait and do not lock."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [list(forms), [form.text for form in forms.values()]])


def whole(kept: Mapping[str, Any], decision: Filled) -> dict[str, Any]:
    """The document of a decision, kept whole or as a form and what no column has.

    `said` are words; `facts` that were used, and `lines` that tell of them, are kept where the facts differ.
    """
    if "form" not in kept:
        return cast(dict[str, Any], kept)
    places = {
        "number": inside(decision.number),
        "person": spelt(decision.wording["recipient"]),
        "about": spelt(decision.wording["subject"]),
        "kopecks": str(decision.amount_kopecks),
        "ground": spelt(decision.ground),
        "right": str(decision.right_id),
    }
    if "facts" in kept:
        places |= {"facts": spelt(kept["facts"]), "lines": spelt(kept["lines"])[1:-1]}
    said = {place: inside(text) for place, text in kept["said"].items()}
    return cast(dict[str, Any], json.loads(_form(kept["form"]).filled(places | said)))


@lru_cache(maxsize=1000)
def _form(form_id: str) -> Form:
    """A form never changes: its id is its digest."""
    return Form(DecisionForm.objects.get(id=form_id).text)
