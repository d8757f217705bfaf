"""10.33.O: measures that a life event may bring to a citizen, told to the portal of public services.

Which measures, and what still has to be asked, the rules say; the container, texts and points are put around it here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection

from kazna.contexts.audit import public as audit
from kazna.contexts.cases import public as cases
from kazna.contexts.egisso.facts.changed import SPACE
from kazna.contexts.egisso.measures.printed import oktmo_of_regions
from kazna.contexts.egisso.messages.catalogue import BY_KEY, OFFER
from kazna.contexts.egisso.messages.protocol import MOSCOW
from kazna.contexts.egisso.messages.shape import Plain, to_theirs
from kazna.contexts.egisso.messages.write import document, to_bytes
from kazna.contexts.egisso.offers.cards import card_of, offered
from kazna.contexts.egisso.offers.questions import Asking
from kazna.contexts.life_events import public as life_events
from kazna.contexts.life_events.contracts import LifeEventView
from kazna.contexts.measures import public as measures
from kazna.contexts.measures.contracts import Right
from kazna.contexts.registers import public as registers
from kazna.contexts.registers.contracts import PersonCard
from kazna.plumbing.access import Viewer

KEY = "10.33.O/1.0.1"
VALID_DAYS = 90  # own_: how long what was told may be relied on
POINTS = """
    SELECT card FROM egisso_record WHERE kind = 'point' AND removed_on IS NULL AND card->>'oktmo' LIKE %s ORDER BY id
"""
NEEDED = ("id", "body", "title", "address", "oktmo", "contacts", "schedule")


@dataclass(frozen=True, slots=True)
class Offer:
    """What one citizen is told of one event: the message, or why there is none («reason»)."""

    event_id: UUID
    person_id: UUID
    reason: str = ""
    message: bytes = b""


def offers(day: date, *, on: date, now: datetime, code: str = "") -> Iterator[Offer]:
    """An offer per event found on the day and citizen it concerns; each disclosure is journalled."""
    viewer = Viewer("agency", "egisso")
    for event in life_events.found_on(day, code=code):
        for person_id, rights in _rights(event).items():
            offer = _offer(event, person_id, rights, on, now)
            if offer.message:
                audit.look(viewer=viewer, person_id=person_id, screen="10.33.O",
                           purpose=f"Портал госуслуг оповещён о мерах по событию «{event.title}»")  # fmt: skip
            yield offer


def _rights(event: LifeEventView) -> dict[UUID, list[Right]]:
    """Rights that this event may bring, by recipient: not refused, not given yet."""
    found: dict[UUID, dict[UUID, Right]] = {}
    for person_id in sorted({event.person_id, *event.related_ids.values()}):
        for right in measures.rights_of(person_id):
            is_of_event = event.code in right.passport.get("events", ()) and event.person_id in right.roles.values()
            if is_of_event and right.state != "refused" and "egisso" in right.passport:
                found.setdefault(right.recipient_id, {})[right.id] = right
    return {
        person_id: [right for right in rights.values() if right.measure not in _given(person_id)]
        for person_id, rights in found.items()
    }


def _given(person_id: UUID) -> set[str]:
    return {one.measure for one in cases.awards_of(person_id=person_id) if one.stops_on is None}


def _offer(event: LifeEventView, person_id: UUID, rights: list[Right], on: date, now: datetime) -> Offer:
    person = registers.cards({person_id})[person_id]
    oktmo = oktmo_of_regions().get(person.territory, "")
    points = _points(oktmo[:2])
    reason = (
        "" if rights else "Меры по этому событию уже назначены или не положены.",
        "" if person.snils else "У гражданина нет СНИЛС.",
        "Гражданин умер." if person.died_on else "",
        "" if oktmo else "Регион гражданина не известен.",
        "" if points else "В реестре нет точки присутствия региона: загрузите её сообщением 10.15.I.",
    )
    if any(reason):
        return Offer(event.life_event_id, person_id, next(filter(None, reason)))
    told = _told(event, person, rights, oktmo, points, on, now)
    return Offer(event.life_event_id, person_id, "", to_bytes(document(BY_KEY[KEY].root, to_theirs(told, OFFER))))


def _told(
    event: LifeEventView, person: PersonCard, rights: list[Right], oktmo: str, points: list[Plain], on: date,
    now: datetime,
) -> Plain:  # fmt: skip
    asking = Asking(on)
    listed = []
    for right in sorted(rights, key=lambda one: one.measure):
        lmsz_id = UUID(str(right.passport["egisso"]["lmsz_id"]))
        near = [one["id"] for one in points if str(lmsz_id) in one.get("measures", ())] or [one["id"] for one in points]
        ways = asking.shown_when(right.measure, right.roles) if right.state == "unknown" else []
        listed.append(offered(card_of(right.measure, lmsz_id, on), lmsz_id, on, near, ways))
    ident = uuid5(SPACE, f"offer {event.life_event_id} {person.person_id}")
    titles = "; ".join(right.short_title for right in rights)
    told: Plain = {
        "id": str(ident), "container_id": str(uuid5(ident, "container")),
        "issued_at": now.astimezone(MOSCOW).isoformat(timespec="seconds"),
        "valid_to": (on + timedelta(days=VALID_DAYS)).isoformat(), "snils": person.snils,
        "events": [{"code": event.code, "title": event.title, "happened_on": event.happened_on.isoformat()}],
        "portal_text": f"{event.title}: вам могут полагаться меры поддержки: {titles}."[:5000],
        "push_text": f"{event.title}: посмотрите, какие меры поддержки вам могут полагаться."[:200],
        "email_text": f"{event.title}. Вам могут полагаться: {titles}. Откройте портал госуслуг."[:5000],
        "territory": oktmo, "measures": listed, "points": points,
    }  # fmt: skip
    if asking.questions:
        told["questions"] = list(asking.questions.values())
    return told


def _points(region: str) -> list[Plain]:
    """Presence points of a region that say what the album demands of them."""
    with connection.cursor() as cursor:
        cursor.execute(POINTS, [f"{region or '-'}%"])
        cards = [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]
    return [card for card in cards if all(card.get(name) for name in NEEDED)]
