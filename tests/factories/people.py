"""People and families as the registers keep them, entered through the real door."""

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from kazna.contexts.registers import public as registers
from kazna.contexts.registers.models import Person
from kazna.events.cause import Cause
from kazna.kernel.identifiers import snils_control

NAMESPACE = UUID("6f4b7c0e-3a59-4c1d-9d7e-0a1b2c3d4e5f")
ACCOUNT = {"bik": "044525225", "account": "40817810938160000001", "holder": None}


def cause(on: date) -> Cause:
    return Cause(document_id=None, received_at=datetime.combine(on, time(9), UTC))


def snils(number: int) -> str:
    return f"{number:09d}{snils_control(f'{number:09d}')}"


def fact(
    kind: str, subject_id: UUID, since: date, value: dict, *, about: UUID | None = None, until: date | None = None
):
    return registers.NewFact(kind, subject_id, about, f"{kind}/{since}", since, until, value)


def enter_person(
    number: int, surname: str, forename: str, patronymic: str, born: date, sex: str, *, on: date, job: bool = False
) -> UUID:
    """A citizen of Russia living in Moscow; `number` makes the СНИЛС and the id."""
    person_id = uuid5(NAMESPACE, str(number))
    Person.objects.create(
        id=person_id, snils=snils(number), surname=surname, forename=forename, patronymic=patronymic, birth_date=born,
        sex=sex, territory="77", address="г. Москва, ул. Академика Королёва, д. 12, кв. 45",
    )  # fmt: skip
    home = {"region": "77", "oktmo": "45000000", "address": "г. Москва, ул. Академика Королёва, д. 12, кв. 45"}
    facts = [
        fact("person.name", person_id, born, {"surname": surname, "forename": forename, "patronymic": patronymic}),
        fact("person.birth", person_id, born, {"date": born.isoformat(), "place": "Москва", "act": None}),
        fact("person.sex", person_id, born, {"sex": sex}),
        fact("person.citizenship", person_id, born, {"oksm": "643", "by_birth": True}),
        fact("person.residence", person_id, born, {**home, "permanent": True}),
    ]
    if job:
        facts.append(fact("employment", person_id, date(2020, 1, 9), {"employer_inn": "7799000001", "reason": None}))
    registers.report(facts, source="mvd", on=on, cause=cause(on))
    return person_id


def enter_child(number: int, mother_id: UUID, forename: str, born: date, *, on: date, order: int = 1) -> UUID:
    """A newborn son of the mother: the birth becomes a life event when events are delivered."""
    mother = registers.cards([mother_id])[mother_id]
    child_id = enter_person(number, mother.surname.removesuffix("а"), forename, "Сергеевич", born, "M", on=on)
    act = f"birth/{number}"
    registers.report(
        [
            fact("family.parent", child_id, born, {"role": "mother", "act": act, "order": order}, about=mother_id),
            fact(
                "family.birth_details", child_id, born, {"live": True, "multiple": 1, "order": order, "birth_act": act}
            ),
        ],
        source="zags",
        on=on,
        cause=cause(on),
    )
    return child_id
