"""Every question the product can ask is answered by a stand-in, and the answer is read by the product."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from lxml import etree
from tests.standins.village import BRIDE, FATHER, MOTHER, NEWBORN

from kazna.contexts.integration.contracts import IdentityDocument, PersonRef, Question
from kazna.contexts.integration.holders.topics import TOPICS
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.read_document import read_document
from kazna.contexts.integration.readers.schemas import schema
from kazna.standins.agencies.civil_registry import CivilRegistry
from kazna.standins.agencies.disability_register import DisabilityRegister
from kazna.standins.agencies.registers_asked import RegistersAsked
from kazna.standins.agencies.tax_service import TaxService
from kazna.standins.careers import Careers
from kazna.standins.day import Agencies, register_box
from kazna.standins.life import Life
from kazna.standins.mailbox import Mailbox

ON = date(2026, 3, 2)
FURTHER = [key for key in TOPICS if key[1]]


@pytest.fixture
def asked(life: Life) -> RegistersAsked:
    return RegistersAsked(life, CivilRegistry(life), TaxService(life, Careers(life)), DisabilityRegister(life))


def question(life: Life, person: int, agency: str, topic: str) -> bytes:
    card = life.card(person, ON)
    ref = PersonRef(
        card.surname, card.forename, card.patronymic, card.birth_date, card.snils, inn="770123456789",
        document=IdentityDocument("21", "4512123456", date(2015, 3, 2), "ОВД"),
    )  # fmt: skip
    about = "2025" if agency == "fns" and topic != "turnover" else ON.isoformat()
    topic_of = TOPICS[agency, topic]
    body = topic_of.write(uuid4(), Question(agency, uuid4(), ref, about, ON, topic=topic))
    schema(topic_of.schema).assertValid(etree.fromstring(body))
    return body


def told(asked: RegistersAsked, person: int, agency: str, topic: str):
    body = asked.answer(question(asked.life, person, agency, topic), ON)
    reading = read_document(body, on=ON, limits=Limits())
    assert not reading.is_refused, [str(one) for one in reading.remarks]
    assert (reading.agency, reading.kind.may_answer) == (agency, True)
    return reading.statements


@pytest.mark.parametrize(("agency", "topic"), FURTHER)
def test_every_question_gets_an_answer_by_its_format(asked: RegistersAsked, agency: str, topic: str) -> None:
    assert told(asked, MOTHER, agency, topic)


def test_the_paths_are_those_the_product_posts_to() -> None:
    stand_ins = {f"/{agency}/{topic}" for agency, topics in RegistersAsked.paths.items() for topic in topics}

    assert stand_ins == {TOPICS[key].path for key in FURTHER}


def test_a_mother_is_told_the_births_of_her_children(asked: RegistersAsked) -> None:
    given, *births = told(asked, MOTHER, "zags", "birth")

    assert given.is_present
    assert [one.child.birth_date for one in births] == [asked.life.people.birth_date[NEWBORN].item()]


def test_a_parent_of_three_and_a_disabled_person_get_official_extracts(asked: RegistersAsked, monkeypatch) -> None:
    life = asked.life
    disabled = next(person for person, group in enumerate(life.people.disability_group) if group)
    (disability,) = told(asked, disabled, "fri", "disability")
    assert (disability.person.snils, disability.group) == (
        life.card(disabled, ON).snils,
        life.people.disability_group[disabled],
    )

    everybody = range(len(life.people.birth_date))
    small = [one for one in everybody if asked.is_born(one, ON) and not asked.is_adult(one, ON)][:3]
    monkeypatch.setitem(life.children, FATHER, small)
    (family,) = told(asked, FATHER, "dszn", "large_family")
    assert (family.parent.snils, len(family.children)) == (life.card(FATHER, ON).snils, 3)


def test_marriages_are_told_to_both(asked: RegistersAsked) -> None:
    assert len(told(asked, BRIDE, "zags", "marriage")) == 2


def test_answers_travel_under_the_number_of_their_request(life: Life, mailbox: Mailbox, agencies: Agencies) -> None:
    body, numbers = question(life, FATHER, "gibdd", "vehicles"), [str(uuid4()), str(uuid4())]
    mailbox.begin(ON, answering=[])
    for number in (*numbers, numbers[0]):
        mailbox.receive(register_box("gibdd"), body, number)

    mailbox.begin(date(2026, 3, 3), answering=[register_box("gibdd")])
    names = [one.name for one in agencies.answers_of_registers("gibdd", date(2026, 3, 3))]

    assert sorted(names) == sorted(f"in-reply-to-{number}.xml" for number in numbers)
