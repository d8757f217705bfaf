"""A day goes by: what every agency has to send on it, in an order that never changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

import httpx

from kazna.standins.agencies import (
    bank,
    citizens,
    civil_registry,
    disability_register,
    employment_service,
    fund,
    interior,
    tax_service,
)
from kazna.standins.agencies.bank import Bank
from kazna.standins.agencies.citizens import Citizens
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.agencies.disability_register import DisabilityRegister
from kazna.standins.agencies.employment_service import EmploymentService
from kazna.standins.agencies.fund import Fund
from kazna.standins.agencies.interior import Interior
from kazna.standins.agencies.registers_asked import RegistersAsked
from kazna.standins.agencies.tax_service import TaxService
from kazna.standins.careers import Careers
from kazna.standins.documents.reading import MessageNotUnderstood
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox
from kazna.standins.parcels import Document, Parcel, pack
from kazna.standins.product import Product
from kazna.standins.smev.participant import Participant
from kazna.standins.troubles import Troubles

SATURDAY = 5


def register_box(agency: str) -> str:
    """The mailbox of an agency's further registers; its oldest question has a box of its own."""
    return f"{agency}/registers"


class Source(Protocol):
    """An agency that sends documents of its own accord."""

    def documents_of(self, day: date) -> list[Document]: ...


class Agencies:
    """All agencies of one world. The same day always gives the same parcels, byte for byte."""

    def __init__(self, life: Life, mailbox: Mailbox, *, with_troubles: bool) -> None:
        careers = Careers(life)
        self.mailbox = mailbox
        self.civil_registry = CivilRegistry(life)
        self.disability_register = DisabilityRegister(life)
        self.fund = Fund(life)
        self.interior = Interior(life)
        self.tax_service = TaxService(life, careers)
        self.employment_service = EmploymentService(life)
        self.bank = Bank(life)
        self.citizens = Citizens(life, careers)
        self.registers_asked = RegistersAsked(life, self.civil_registry, self.tax_service, self.disability_register)
        self.troubles = Troubles(life, self.civil_registry) if with_troubles else None
        self.by_smev: list[tuple[str, Participant, Callable[[bytes, date], bytes]]] = []

    def join_smev(self, client: httpx.Client, keys: Path) -> None:
        """From now on the tax and the employment service also take requests from their queues in СМЭВ."""
        for agency, mnemonic, service in (
            (tax_service.AGENCY, "FNS001", self.tax_service),
            (employment_service.AGENCY, "ROSTRUD01", self.employment_service),
        ):
            self.by_smev.append((agency, Participant(client, keys, mnemonic), self.answering(service)))

    def answering(self, service: TaxService | EmploymentService) -> Callable[[bytes, date], bytes]:
        """One queue brings all requests of an agency: those of its further registers are told by their root."""

        def answer(body: bytes, day: date) -> bytes:
            try:
                return self.registers_asked.answer(body, day)
            except MessageNotUnderstood:
                return service.answer(body, hashlib.sha256(body).hexdigest(), day).body

        return answer

    def answer_by_smev(self, day: date) -> Counter[str]:
        """Answer what waits in СМЭВ since the day before; documents by agency."""
        return Counter(
            {
                agency: participant.answer_all(lambda body, answer=answer: answer(body, day))  # type: ignore[misc]
                for agency, participant, answer in self.by_smev
            }
        )

    def parcels_of(self, day: date) -> list[Parcel]:
        """Move the clock to the day and pack it: first what is pushed, then answers, then citizens."""
        days = self.mailbox.begin(day, answering=self.open_on(day))
        return [
            *self.pushed(civil_registry.AGENCY, day, days, self.civil_registry, self.troubles),
            *self.pushed(disability_register.AGENCY, day, days, self.disability_register),
            *self.pushed(fund.AGENCY, day, days, self.fund),
            *self.pushed(interior.AGENCY, day, days, self.interior),
            *pack(tax_service.AGENCY, f"fns-{day}", self.answers(tax_service.AGENCY, day)),
            *pack(employment_service.AGENCY, f"szn-{day}", self.answers(employment_service.AGENCY, day)),
            *(
                parcel
                for agency in RegistersAsked.paths
                for parcel in pack(agency, f"{agency}-answers-{day}", self.answers_of_registers(agency, day))
            ),
            *pack(bank.AGENCY, f"bank-{day}", self.statements(day)),
            *pack(citizens.AGENCY, f"epgu-{day}", self.citizens_act(days)),
        ]

    def pushed(self, agency: str, day: date, days: list[date], *sources: Source | None) -> list[Parcel]:
        """What an agency sends of its own accord for the days that the clock's day stands for."""
        documents = [
            document for passed in days for source in sources if source for document in source.documents_of(passed)
        ]
        return pack(agency, f"{agency}-{day}", documents)

    def open_on(self, day: date) -> list[str]:
        """Agencies answer on any day, the bank from Monday to Friday."""
        services = [tax_service.AGENCY, employment_service.AGENCY, *map(register_box, RegistersAsked.paths)]
        return services if day.weekday() >= SATURDAY else [*services, bank.AGENCY]

    def answers(self, agency: str, day: date) -> list[Document]:
        answer = {
            tax_service.AGENCY: self.tax_service.answer,
            employment_service.AGENCY: self.employment_service.answer,
        }[agency]
        return [answer(each.body, each.digest, day) for each in self.mailbox.answered_on(agency, day)]

    def answers_of_registers(self, agency: str, day: date) -> list[Document]:
        """Each under the number of its request: many of these answers name neither it nor the person."""
        return [
            Document(
                f"in-reply-to-{each.request_id}.xml" if each.request_id else f"{agency}-{each.digest[:16]}.xml",
                self.registers_asked.answer(each.body, day),
            )
            for each in self.mailbox.answered_on(register_box(agency), day)
        ]

    def statements(self, day: date) -> list[Document]:
        """Statements of the day; accounts refused in them are kept for their owners to act on."""
        documents = []
        for received in self.mailbox.answered_on(bank.AGENCY, day):
            documents.append(self.bank.statement(received.body, received.digest, day))
            self.mailbox.remember_refusals(self.bank.refused(received.body), day)
        return documents

    def citizens_act(self, days: list[date]) -> list[Document]:
        refusals = self.mailbox.refusals()
        return [
            document
            for day in days
            for document in (
                *self.citizens.documents_of(day),
                *self.citizens.account_changes(day, refusals),
            )
        ]


def play_day(agencies: Agencies, product: Product, day: date) -> dict[str, object]:
    """Deliver the day's parcels one by one; return what went out and what the product said.

    Shape: {"day", "sent": {agency: documents}, "answers": {status: documents}}.
    """
    sent: Counter[str] = +agencies.answer_by_smev(day)
    answers: Counter[str] = Counter()
    for parcel in agencies.parcels_of(day):
        answers += product.deliver(parcel)
        sent[parcel.agency] += parcel.documents
    return {"day": day.isoformat(), "sent": dict(sent), "answers": dict(answers)}
