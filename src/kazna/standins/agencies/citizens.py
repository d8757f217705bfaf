"""Citizens on the state portal (ЕПГУ): they apply, agree, and give another account when money comes back.

Own format own_epgu/1, one JSON document per message. Who acts and when follows from the seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid5

from kazna.population import Happening
from kazna.standins.agencies.habits import HABITS, Habit
from kazna.standins.careers import Careers
from kazna.standins.chance import between, share
from kazna.standins.documents.cards import MESSAGES
from kazna.standins.life import Life
from kazna.standins.numbers import opened_account
from kazna.standins.parcels import Document

AGENCY = "epgu"
FORMAT = "own_epgu/1"
CHANGE_ACCOUNT_AFTER_DAYS = (3, 5)
FIRST, CHANGED = 1, 2  # which account a person opens: the first known, or one after a refusal
DAY = timedelta(days=1)


class Citizens:
    def __init__(self, life: Life, careers: Careers) -> None:
        self.life = life
        self.careers = careers
        self.seed = life.region.seed

    def documents_of(self, day: date) -> list[Document]:
        """Applications and consents that fall on the day."""
        return [
            self.speak_of(event, habit, person, day)
            for habit in HABITS
            for event in self.events_due(habit, day)
            if (person := habit.actor(self.life, self.careers, event, day)) is not None
        ]

    def events_due(self, habit: Habit, day: date) -> Iterator[Happening]:
        """Events whose people act exactly today, as far as they act at all."""
        for back in range(habit.after_days[0], habit.after_days[1] + 1):
            for event in self.life.registered.get(day - DAY * back, ()):
                if event.kind == habit.event:
                    key = (habit.measure, event.person)
                    due = between(*habit.after_days, self.seed, *key, "days") == back
                    if due and share(self.seed, *key) < habit.share:
                        yield event

    def speak_of(self, event: Happening, habit: Habit, person: int, day: date) -> Document:
        child = event.person if event.kind == "birth" else None
        return self.message(
            habit.act,
            person,
            day,
            measure=habit.measure,
            child_snils=None if child is None else self.life.snils(child, day),
            child_birth_act=None if child is None else self.life.birth_act(child).number,
            deceased_snils=self.life.snils(event.person, day) if event.kind == "death" else None,
            account=self.first_account(person),
            declared=habit.declared,
        )

    def account_changes(self, day: date, refused: list[tuple[int, str, date]]) -> list[Document]:
        """Refused credits as (person, account, day of the bank's refusal); each account is changed once."""
        return [
            self.message("account_change", person, day, account=self.new_account(person, CHANGED))
            for person, account, refused_on in refused
            if refused_on + DAY * self.days_to_change(person, account) == day and self.life.is_alive(person, day)
        ]

    def days_to_change(self, person: int, account: str) -> int:
        return between(*CHANGE_ACCOUNT_AFTER_DAYS, self.seed, "account_change", person, account)

    def first_account(self, person: int) -> dict[str, str] | None:
        """For those the Fund knows no account of: the one they opened to apply; else nothing."""
        return None if self.life.people.account[person] else self.new_account(person, FIRST)

    def new_account(self, person: int, order: int) -> dict[str, str]:
        bik = self.life.bik(person)
        return {"bik": bik, "account": opened_account(bik, person=person, order=order)}

    def message(
        self,
        kind: str,
        person: int,
        day: date,
        *,
        measure: str | None = None,
        child_snils: str | None = None,
        child_birth_act: str | None = None,
        deceased_snils: str | None = None,
        account: dict[str, str] | None = None,
        declared: dict[str, dict[str, bool]] | None = None,
    ) -> Document:
        """The id follows from what is said and when, so the same words are one message."""
        body: dict[str, object] = {
            "format": FORMAT,
            "kind": kind,
            "snils": self.life.people.snils[person],
            "measure": measure,
            "child_snils": child_snils,
            "child_birth_act": child_birth_act,
            "on": day.isoformat(),
            "account": account,
            "deceased_snils": deceased_snils,
            "declared": declared or {},
        }
        body["id"] = str(uuid5(MESSAGES, json.dumps(body, sort_keys=True)))
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1)
        return Document(f"{kind}-{body['id']}.json", text.encode())
