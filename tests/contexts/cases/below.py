"""What lies below cases, as plain data: rights, cards, facts, a calendar without days off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from kazna.contexts.measures.contracts import Missing, Replay, Right
from kazna.contexts.registers.contracts import Fact, NewFact, PersonCard
from kazna.events.cause import Cause

GRANT = "ru-birth-grant"
CAME = datetime(2025, 3, 3, 9, tzinfo=UTC)
INCOME = Missing("applicant.income_12m", "Доход за 12 месяцев", "ФНС", "request", None)
PROPERTY = Missing("family.property_excess", "Имущество", "заявитель", "citizen", None, "Есть ли у семьи второй дом?")


def cause() -> Cause:
    return Cause(uuid4(), CAME)


@dataclass
class Below:
    """Stands for the doors of measures, registers and reference; remembers what was reported."""

    found: dict[UUID, Right] = field(default_factory=dict)
    people: dict[UUID, PersonCard] = field(default_factory=dict)
    known: dict[UUID, Fact] = field(default_factory=dict)
    contacts: dict[UUID, str] = field(default_factory=dict)
    reported: list[tuple[str, NewFact]] = field(default_factory=list)

    def rights(self, right_ids: Collection[UUID]) -> Mapping[UUID, Right]:
        return {right_id: self.found[right_id] for right_id in right_ids}

    def replayed(self, right_ids: Collection[UUID]) -> Mapping[UUID, Replay]:
        return {right_id: Replay(right_id, ()) for right_id in right_ids}

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]:
        return {person_id: self.people[person_id] for person_id in person_ids}

    def facts(self, fact_ids: Collection[UUID]) -> Sequence[Fact]:
        return [self.known[fact_id] for fact_id in fact_ids]

    def emails(self, person_ids: Collection[UUID]) -> Mapping[UUID, str]:
        return {person_id: self.contacts[person_id] for person_id in person_ids if person_id in self.contacts}

    def working_day_after(self, day: date, count: int) -> date:
        return day + timedelta(days=count)

    def report(self, pages: Sequence[tuple[Sequence[NewFact], Cause]], *, source: str, on: date) -> None:
        self.reported += [(source, fact) for facts, _ in pages for fact in facts]

    def kind_titles(self) -> Mapping[str, str]:
        return {"person.birth": "Рождение"}

    def person(self, name: str = "Анна", **fields: Any) -> UUID:
        """A living person of Moscow; returns the id."""
        given: dict[str, Any] = {
            "person_id": uuid4(),
            "snils": None,
            "surname": "Лебедева",
            "forename": name,
            "patronymic": None,
            "birth_date": date(1990, 1, 1),
            "sex": "F",
            "died_on": None,
            "territory": "77",
            "address": "",
        }
        card = PersonCard(**{**given, **fields})
        self.people[card.person_id] = card
        return card.person_id

    def dies(self, person_id: UUID, on: date) -> None:
        self.people[person_id] = replace(self.people[person_id], died_on=on)

    def right(self, *, subject: UUID, recipient: UUID | None = None, **fields: Any) -> Right:
        """A granted once-only cash right decided without an application, unless told otherwise."""
        recipient = recipient or subject
        fact = self._fact(subject)
        roles = {"person": subject} if recipient == subject else {"child": subject, "applicant": recipient}
        given: dict[str, Any] = {
            "id": uuid4(),
            "measure": GRANT,
            "code": "A04",
            "title": "Единовременное пособие при рождении ребёнка",
            "short_title": "Пособие при рождении",
            "kind": "BENEFIT",
            "level": "federal",
            "edition_digest": "e" * 64,
            "edition_from": date(2021, 2, 1),
            "release_digest": "a" * 64,
            "roles": roles,
            "subject_id": subject,
            "recipient_id": recipient,
            "state": "granted",
            "amount_kopecks": 2_694_171,
            "first_day": None,
            "last_day": None,
            "form": "cash",
            "period": "once",
            "mode": "proactive_decision",
            "body": "sfr",
            "applied_on": None,
            "governing_date": date(2025, 3, 1),
            "missing": (),
            "summary": "Право есть.",
            "sentences": ("Ребёнок рождён живым (81-ФЗ, статья 11).",),
            "conditions": ({"id": "live_birth", "title": "Ребёнок рождён живым", "answer": "yes", "law": ["fz81"]},),
            "trace": {"steps": [{"name": "tolerance", "value": False}]},
            "fact_ids": (fact.id,),
            "law": ("Федеральный закон от 19.05.1995 № 81-ФЗ, статьи 11 и 12",),
            "passport": {"decision_days": 5, "ends_on": ["DEATH_CITIZEN"], "texts": {}},
            "trigger": "CHILD_BORN",
            "on": date(2025, 3, 3),
        }
        right = Right(**{**given, **fields})
        self.found[right.id] = right
        return right

    def monthly(self, *, subject: UUID, **fields: Any) -> Right:
        """A pension from the day of disability, for two years."""
        given: dict[str, Any] = {
            "measure": "ru-disability-pension-social",
            "code": "A10",
            "title": "Социальная пенсия по инвалидности",
            "short_title": "Социальная пенсия",
            "kind": "PENSION",
            "period": "month",
            "amount_kopecks": 1_500_000,
            "first_day": date(2025, 3, 1),
            "last_day": date(2027, 2, 28),
            "trigger": "DISABILITY_SET",
        }
        return self.right(subject=subject, **{**given, **fields})

    def unknown(self, *missing: Missing, **fields: Any) -> Right:
        return self.right(state="unknown", amount_kopecks=None, missing=missing, **fields)

    def refused(self, **fields: Any) -> Right:
        conditions = ({"id": "live_birth", "title": "Ребёнок рождён живым", "answer": "no", "law": ["fz81"]},)
        given = {"state": "refused", "amount_kopecks": None, "conditions": conditions, "summary": "Права нет."}
        return self.right(**{**given, **fields})

    def _fact(self, subject: UUID) -> Fact:
        fact = Fact(
            id=uuid4(),
            seq=len(self.known) + 1,
            kind="person.birth",
            subject_id=subject,
            object_id=None,
            thing="",
            valid_from=date(2025, 3, 1),
            valid_to=None,
            value={"date": "2025-03-01"},
            source="zags",
            document_id=None,
            known_on=date(2025, 3, 3),
            recorded_at=CAME,
        )
        self.known[fact.id] = fact
        return fact
