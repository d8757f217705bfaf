"""Citizens on the state portal (ЕПГУ): they apply, claim, and give another account when money comes back.

Own format own_epgu/1, one JSON document per message. Who acts and when follows from the seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid5

from kazna.kernel.periods import full_years
from kazna.population import NOBODY, Happening
from kazna.standins.chance import between, share
from kazna.standins.documents.cards import MESSAGES
from kazna.standins.life import Life
from kazna.standins.numbers import opened_account
from kazna.standins.parcels import Document

AGENCY = "epgu"
FORMAT = "own_epgu/1"
CHILD_BENEFIT, BURIAL_BENEFIT = "ru-child-benefit", "ru-burial-benefit"
MOTHERS_WHO_APPLY, RELATIVES_WHO_CLAIM = 0.8, 0.7
APPLY_AFTER_DAYS, CLAIM_AFTER_DAYS, CHANGE_ACCOUNT_AFTER_DAYS = (12, 40), (3, 10), (3, 5)
ADULT = 18
FIRST, CHANGED = 1, 2  # which account of a person it is, counted from the one the Fund knows
DAY = timedelta(days=1)


class Citizens:
    def __init__(self, life: Life) -> None:
        self.life = life
        self.seed = life.region.seed

    def documents_of(self, day: date) -> list[Document]:
        """Applications for the child benefit and claims of the burial benefit that fall on the day."""
        applications = [
            self.message(
                "application",
                birth.other,
                day,
                measure=CHILD_BENEFIT,
                child_snils=self.life.snils(birth.person, day),
                child_birth_act=self.life.birth_act(birth.person).number,
                account=self.first_account(birth.other),
            )
            for birth in self.followed("birth", day, APPLY_AFTER_DAYS, MOTHERS_WHO_APPLY)
            if self.life.is_alive(birth.other, day) and self.life.is_alive(birth.person, day)
        ]
        claims = [
            self.message(
                "application",
                relative,
                day,
                measure=BURIAL_BENEFIT,
                deceased_snils=self.life.people.snils[death.person],
                account=self.first_account(relative),
            )
            for death in self.followed("death", day, CLAIM_AFTER_DAYS, RELATIVES_WHO_CLAIM)
            if (relative := self.claimant(death.person, day)) is not None
        ]
        return applications + claims

    def followed(self, kind: str, day: date, after_days: tuple[int, int], those_who_act: float) -> Iterator[Happening]:
        """Births or deaths whose people act exactly today."""
        for back in range(after_days[0], after_days[1] + 1):
            for event in self.life.registered.get(day - DAY * back, ()):
                key = (kind, event.person)
                if (
                    event.kind == kind
                    and between(*after_days, self.seed, *key, "days") == back
                    and share(self.seed, *key, "acts") < those_who_act
                ):
                    yield event

    def claimant(self, deceased: int, day: date) -> int | None:
        """One living adult who buried: the spouse, else a child, else a parent."""
        people = self.life.people
        family = [
            people.spouse[deceased],
            *sorted(self.life.children.get(deceased, ())),
            people.mother[deceased],
            people.father[deceased],
        ]
        for person in (int(each) for each in family if each != NOBODY):
            grown = full_years(people.birth_date[person].item(), day) >= ADULT
            if grown and self.life.is_alive(person, day) and self.life.snils(person, day):
                return person
        return None

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
    ) -> Document:
        snils = self.life.people.snils[person]
        identity = str(uuid5(MESSAGES, f"epgu/{kind}/{snils}/{measure}/{child_birth_act}/{deceased_snils}/{day}"))
        body = {
            "format": FORMAT,
            "id": identity,
            "kind": kind,
            "snils": snils,
            "measure": measure,
            "child_snils": child_snils,
            "child_birth_act": child_birth_act,
            "on": day.isoformat(),
            "account": account,
            "deceased_snils": deceased_snils,
        }
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1)
        return Document(f"{kind}-{identity}.json", text.encode())
