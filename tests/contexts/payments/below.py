"""What lies below payments, as plain data: people, accounts, measures' terms, a calendar, statements."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from kazna.contexts.integration.public import CreditLine, CreditStatement
from kazna.contexts.payments.models import Register
from kazna.contexts.registers.contracts import Fact, PersonCard
from kazna.events.cases import AwardCorrected, AwardGranted, AwardStopped, MonthDifference
from kazna.events.cause import Cause
from kazna.events.integration import StatementReceived

CAME = datetime(2025, 3, 3, 9, tzinfo=UTC)
BIK, OTHER_BIK = "044525225", "044525974"
SATURDAY = 5
DOCUMENTS: dict[str, dict[str, Any]] = {
    "grant": {
        "kind": "BENEFIT",
        "period": "once",
        "short_title": "Пособие при рождении",
        "passport": {"payment": {"first_within_working_days": 5}},
    },
    "benefit": {
        "kind": "BENEFIT",
        "period": "month",
        "short_title": "Пособие на ребёнка",
        "passport": {"payment": {"day": 3, "of": "next_month", "first_within_working_days": 5}},
    },
    "pension": {
        "kind": "PENSION",
        "period": "month",
        "short_title": "Пенсия",
        "passport": {"payment": {"day": 3, "of": "this_month", "first_within_working_days": 5}},
    },
}


@contextmanager
def repeatable_ids(seed: int) -> Iterator[None]:
    """What goes in the order of ids goes the same way each time: a life found wrong once is found wrong again."""
    chance = random.Random(seed)
    with ExitStack() as stack:
        for module in (__name__, "kazna.contexts.payments.actions.keep_writs"):
            stack.enter_context(patch(f"{module}.uuid4", lambda: UUID(int=chance.getrandbits(128), version=4)))
        yield


def cause() -> Cause:
    return Cause(uuid4(), CAME)


@dataclass
class Below:
    """Stands for the doors of registers, measures, reference and integration. Weekends are days off."""

    people: dict[UUID, PersonCard] = field(default_factory=dict)
    told: list[Fact] = field(default_factory=list)
    statements: dict[UUID, CreditStatement] = field(default_factory=dict)
    paid_like: dict[str, str] = field(default_factory=dict)  # another name of a measure → its terms

    def cards(self, person_ids: Collection[UUID]) -> Mapping[UUID, PersonCard]:
        return {person_id: self.people[person_id] for person_id in person_ids}

    def bound_to(self, person_ids: Sequence[UUID]) -> Sequence[UUID]:
        return [fact.subject_id for fact in self.told if fact.object_id in person_ids]

    def payee_facts(self, person_ids: Collection[UUID]) -> Sequence[Fact]:
        return [fact for fact in self.told if fact.subject_id in person_ids]

    def document(self, measure: str, on: date) -> Mapping[str, Any]:
        return DOCUMENTS.get(self.paid_like.get(measure, measure), DOCUMENTS["benefit"])

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY

    def working_day_after(self, day: date, count: int) -> date:
        while count:
            day += timedelta(days=1)
            count -= self.is_working_day(day)
        return day

    def statement(self, document_id: UUID) -> CreditStatement:
        return self.statements[document_id]

    def living_minimum(self, groups: Mapping[UUID, str], on: date) -> Mapping[UUID, int]:
        return dict.fromkeys(groups, 1_500_000)

    def person(self, *, account: str | None = "40817810000000000001", bik: str = BIK, **fields: Any) -> UUID:
        """A person with an account, unless None; returns the id."""
        given: dict[str, Any] = {
            "person_id": uuid4(),
            "snils": f"{len(self.people) + 1:011d}",
            "surname": "Лебедева",
            "forename": "Анна",
            "patronymic": None,
            "birth_date": date(1990, 1, 1),
            "sex": "F",
            "died_on": None,
            "territory": "77",
            "address": "",
        }
        card = PersonCard(**{**given, **fields})
        self.people[card.person_id] = card
        if account:
            self.gives_account(card.person_id, account, bik)
        return card.person_id

    def gives_account(self, person_id: UUID, account: str, bik: str = BIK) -> None:
        self.tells("person.account", person_id, {"bik": bik, "account": account})

    def tells(self, kind: str, person_id: UUID, value: dict[str, Any], object_id: UUID | None = None) -> None:
        fact = Fact(
            id=uuid4(),
            seq=len(self.told) + 1,
            kind=kind,
            subject_id=person_id,
            object_id=object_id,
            thing="",
            valid_from=date(2025, 1, 1),
            valid_to=None,
            value=value,
            source="citizen",
            document_id=None,
            known_on=date(2025, 1, 1),
            recorded_at=CAME,
        )
        self.told.append(fact)

    def dies(self, person_id: UUID, on: date) -> None:
        self.people[person_id] = replace(self.people[person_id], died_on=on)

    def answers(self, register: Register, on: date, refused: Mapping[int, str] | None = None) -> StatementReceived:
        """The bank's statement about a register: everything credited but the refused lines."""
        refused = refused or {}
        lines = tuple(
            CreditLine(
                line.number, line.account, line.amount_kopecks, line.number not in refused, refused.get(line.number)
            )
            for line in register.lines.order_by("number")
        )
        return self.states(CreditStatement(register.number, register.date, on, lines), on)

    def states(self, statement: CreditStatement, on: date) -> StatementReceived:
        document_id = uuid4()
        self.statements[document_id] = statement
        return StatementReceived(document_id, statement.register_number, on, cause())


def granted(recipient: UUID, measure: str = "grant", **fields: Any) -> AwardGranted:
    """A birth grant decided on Monday 3 March 2025, unless told otherwise."""
    given: dict[str, Any] = {
        "award_id": uuid4(),
        "decision_id": uuid4(),
        "measure": measure,
        "body": "sfr-77",
        "recipient_id": recipient,
        "subject_id": recipient,
        "amount_kopecks": 2_694_171,
        "form": "cash",
        "period": DOCUMENTS[measure]["period"],
        "first_day": date(2025, 3, 1),
        "last_day": None,
        "on": date(2025, 3, 3),
        "cause": cause(),
    }
    return AwardGranted(**{**given, **fields})


def stopped(award: AwardGranted, stops_on: date, on: date) -> AwardStopped:
    return AwardStopped(
        award.award_id, uuid4(), award.recipient_id, award.form, stops_on, "смерть получателя", on, cause()
    )


def corrected(award: AwardGranted, on: date, months: Mapping[date, tuple[int, int]], **fields: Any) -> AwardCorrected:
    """Months (first day → was, due) of an award counted again; the data was false unless told otherwise."""
    differences = tuple(MonthDifference(month, was, due) for month, (was, due) in sorted(months.items()))
    given = {"ground": "correction", "reason": "Доход был указан меньше настоящего", "decision_id": uuid4(), **fields}
    return AwardCorrected(
        award.award_id, given["decision_id"], award.measure, award.body, award.recipient_id, award.subject_id,
        award.form, differences, given["ground"], given["reason"], on, cause(),
    )  # fmt: skip
