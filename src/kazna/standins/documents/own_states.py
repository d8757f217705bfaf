"""States that last in our own formats: service, imprisonment, studies, pregnancy; deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kazna.standins.documents.cards import PersonCard
from kazna.standins.documents.people_in_answers import repeat_person, write_card
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes


@dataclass(frozen=True, slots=True)
class StateForm:
    namespace: str
    record: str

    @property
    def here(self) -> Vocabulary:
        return Vocabulary(self.namespace)


SERVICE = StateForm("urn://kazna-own/mod/service/1", "Служба")
IMPRISONMENT = StateForm("urn://kazna-own/fsin/imprisonment/1", "Содержание")
STUDIES = StateForm("urn://kazna-own/edu/studies/1", "Обучение")
PREGNANCY = StateForm("urn://kazna-own/med/pregnancy/1", "Учет")
GUARDIANSHIP = StateForm("urn://kazna-own/opeka/guardianship/1", "Опека")
DELIVERY = Vocabulary("urn://kazna-own/med/delivery/1")


@dataclass(frozen=True, slots=True)
class StateRecord:
    """One record of a holder; `last_day` inclusive, None is open. `details` are the format's own attributes."""

    number: str
    recorded_on: date
    first_day: date
    last_day: date | None
    details: dict[str, str] = field(default_factory=dict)
    version: int = 1
    version_on: date | None = None
    annulled: bool = False


def write_state_message(
    form: StateForm, told: Sequence[tuple[PersonCard, StateRecord]], day: date, number: str
) -> bytes:
    message = form.here.root("Сообщение", prefixes={"k": form.namespace}, ИдСвед=number, ДатаСвед=day)
    for card, record in told:
        block = form.here(message, "Сведение")
        write_card(form.here, block, card)
        write_record(form, block, record)
    return to_bytes(message)


def write_state_answer(form: StateForm, request: Element, records: Sequence[StateRecord], day: date) -> bytes:
    answer = form.here.root("Ответ", prefixes={"k": form.namespace}, ИдЗапрос=request.get("ИдЗапрос"), ДатаСвед=day)
    repeat_person(answer, request)
    for record in records:
        write_record(form, answer, record)
    return to_bytes(answer)


def write_record(form: StateForm, parent: Element, record: StateRecord) -> None:
    form.here(
        parent,
        form.record,
        НомерЗапис=record.number,
        ДатаЗапис=record.recorded_on,
        НомерВерс=record.version,
        ДатаВерс=record.version_on or record.recorded_on,
        ПризнАннул="true" if record.annulled else None,
        ДатаНач=record.first_day,
        ДатаОкон=record.last_day,
        **record.details,
    )


def write_delivery_message(mother: PersonCard, number: str, happened_on: date, born: int, alive: int) -> bytes:
    message = DELIVERY.root("Сообщение", prefixes={"k": DELIVERY.namespace}, ИдСвед=number, ДатаСвед=happened_on)
    record = DELIVERY(
        message, "Роды", НомерЗапис=number, ДатаЗапис=happened_on, НомерВерс=1, ДатаВерс=happened_on,
        ДатаРодов=happened_on, ЧислоРод=born, ЧислоЖив=alive,
    )  # fmt: skip
    write_card(DELIVERY, record, mother, "СведМать")
    return to_bytes(message)


def write_guardianship_message(
    ward: PersonCard, guardian: PersonCard, record: StateRecord, day: date, number: str, limits: Sequence[str] = ()
) -> bytes:
    """`limits`: codes «1» (applications) and «2» (accounts); `record.details` has Форма."""
    here = GUARDIANSHIP.here
    message = here.root("Сообщение", prefixes={"k": GUARDIANSHIP.namespace}, ИдСвед=number, ДатаСвед=day)
    block = here(message, "Сведение")
    write_card(here, block, ward)
    write_card(here, block, guardian, "СведОпекун")
    write_record(GUARDIANSHIP, block, record)
    for code in limits:
        here(block[-1], "Ограничение", Действие=code)
    return to_bytes(message)
