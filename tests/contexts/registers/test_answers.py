"""Each kind of information we ask for: the question by its schema, the answer as facts with source and both times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.contexts.registers.exchange import accepted, answer, ask, refused
from tests.contexts.registers.family import BORN, CHILD, FATHER, MOTHER, NOW, ON, UNCLE, act, card, facts

from kazna.contexts.integration import public as integration
from kazna.contexts.integration.models import AgencyRequest
from kazna.contexts.registers import public as registers
from kazna.standins.documents import civil_answers, own_states
from kazna.standins.documents.birth import BirthRecord
from kazna.standins.documents.death import DeathRecord
from kazna.standins.documents.divorce import DivorceRecord
from kazna.standins.documents.income_answer import Payer
from kazna.standins.documents.marriage import MarriageRecord
from kazna.standins.documents.name_change import NameChange
from kazna.standins.documents.own_states import StateRecord
from kazna.standins.documents.property_answers import RealtyRow, VehicleRow, write_realty_answer, write_vehicles_answer
from kazna.standins.documents.registration_answer import write_registration_answer
from kazna.standins.documents.spouses import Spouse
from kazna.standins.documents.tax_answers import (
    write_entrepreneur_answer,
    write_payments_answer,
    write_self_employed_answer,
)

pytestmark = pytest.mark.usefixtures("family")


def value_of(who, kind):
    (fact,) = facts(who, kind)
    return fact.value


def civil(topic, form, record, facts_of, who=MOTHER):
    request_id, _ = ask(who, "zags", topic)
    return answer(civil_answers.write_civil_answer(form, str(request_id), ON, [(record.act, facts_of(record))]), "zags")


def test_vehicles_are_counted_and_the_answer_is_found_by_its_envelope():
    request_id, _ = ask(MOTHER, "gibdd", "vehicles")
    rows = [VehicleRow("a", 2024, "150.6"), VehicleRow("b", 2010, "300"), VehicleRow("c", 2020, "15", "A")]

    receipt = answer(write_vehicles_answer(rows), "gibdd", request_id)

    assert receipt.status == "accepted"
    (fact,) = facts(MOTHER, "property.vehicles")
    assert fact.value == {"cars": 2, "motorcycles": 1, "young_car_power": 151}
    assert (fact.source, fact.valid_from, fact.known_on, fact.document_id) == ("gibdd", ON, ON, receipt.document_id)


def test_nothing_known_of_two_people_are_two_answers():
    mothers, fathers = ask(MOTHER, "gibdd", "vehicles")[0], ask(FATHER, "gibdd", "vehicles")[0]

    first = answer(write_vehicles_answer([]), "gibdd", mothers)
    second = answer(write_vehicles_answer([]), "gibdd", fathers)
    again = answer(write_vehicles_answer([]), "gibdd", fathers)

    assert (first.status, second.status, again.status) == ("accepted", "accepted", "duplicate")
    assert value_of(FATHER, "property.vehicles")["cars"] == 0


def test_an_answer_that_says_error_is_not_a_no():
    request_id, _ = ask(MOTHER, "gibdd", "vehicles")

    receipt = answer(write_vehicles_answer([], error="Сервис недоступен"), "gibdd", request_id)

    assert refused(receipt) == ["answer_error"]
    assert facts(MOTHER, "property.vehicles") == []
    assert AgencyRequest.objects.get(id=request_id).status == "queued"


def test_real_estate_is_counted_without_small_shares_and_barred_objects():
    _, asked = ask(MOTHER, "rosreestr", "realty")
    rows = [
        RealtyRow("77:01:0001:1", "квартира", "54.3", "1/2"),
        RealtyRow("77:01:0001:2", "квартира", "80", "1/3"),
        RealtyRow("77:01:0001:3", "дом", "100", marks=("Арест",)),
        RealtyRow("77:01:0001:4", "дом", "60", marks=("МераПоддержки",)),
        RealtyRow("77:01:0001:5", "участок", "1250", urban=False),
        RealtyRow("77:01:0001:6", "гараж", "18"),
    ]

    answer(write_realty_answer(asked, rows, ON), "rosreestr")

    assert value_of(MOTHER, "property.realty") == {
        "flats": 1, "flats_area": "27.15", "houses": 0, "houses_area": "0.00", "dachas": 0, "garages": 1,
        "nonresidential": 0, "land_urban": "0.0000", "land_rural": "0.1250",
    }  # fmt: skip


def test_an_object_told_twice_is_refused():
    _, asked = ask(MOTHER, "rosreestr", "realty")
    flat = RealtyRow("77:01:0001:1", "квартира", "54.3")

    assert refused(answer(write_realty_answer(asked, [flat, flat], ON), "rosreestr")) == ["object_repeated"]


def test_an_answer_about_another_person_is_refused():
    _, asked = ask(MOTHER, "rosreestr", "realty")
    _, other = ask(FATHER, "rosreestr", "realty")
    other.set("ИдЗапрос", asked.get("ИдЗапрос"))

    assert refused(answer(write_realty_answer(other, [], ON), "rosreestr")) == ["answer_other_person"]


def test_registration_at_a_place_of_living_and_of_staying():
    living, staying = ask(MOTHER, "mvd", "living")[0], ask(MOTHER, "mvd", "staying")[0]
    since, until = date(2026, 1, 10), date(2026, 6, 30)

    answer(write_registration_answer("living", "79000000", "г. Майкоп, ул. Мира, 1", since), "mvd", living)
    answer(write_registration_answer("staying", "45000000", "г. Москва", since, until), "mvd", staying)

    home = max(facts(MOTHER, "person.residence"), key=lambda fact: fact.valid_from)
    assert (home.value["region"], home.value["address"]) == ("01", "г. Майкоп, ул. Мира, 1")
    assert card(MOTHER).territory == "01"
    (stay,) = facts(MOTHER, "person.stay")
    assert (stay.value["region"], stay.valid_to) == ("77", date(2026, 7, 1))


def test_not_registered_is_an_answer():
    request_id, _ = ask(MOTHER, "mvd", "staying")

    assert answer(write_registration_answer("staying"), "mvd", request_id).status == "accepted"

    assert value_of(MOTHER, "agency.answer") == {"topic": "staying", "present": False}
    assert facts(MOTHER, "person.stay") == []


def test_payments_of_contributions_payers_tell_the_tax_number_and_then_the_entrepreneur_may_be_asked():
    _, asked = ask(MOTHER, "fns", "payments", "2025")
    payers = [(2025, Payer("7701234567", "ООО", {1: 100_00, 2: 50_50})), (2025, Payer("7701234568", "АО", {2: 1}))]
    answer(write_payments_answer(asked, "answer-1", "770123456789", payers), "fns")

    assert value_of(MOTHER, "income.payments") == {"year": 2025, "months": {"01": 100_00, "02": 50_51}}
    _, asked = ask(MOTHER, "fns", "entrepreneur", "2025")
    assert answer(write_entrepreneur_answer(asked, {2025: 1_200_000}), "fns").status == "accepted"
    assert value_of(MOTHER, "income.entrepreneur") == {"year": 2025, "kopecks": 120_000_000, "months": {}}


def test_without_the_tax_number_an_entrepreneur_is_not_asked_in_silence():
    person_id = card(MOTHER).person_id
    person = registers.person_references([person_id])[person_id]
    question = integration.Question("fns", person_id, person, "2025", ON, topic="entrepreneur")

    (asked,) = integration.ask(questions=[question])

    assert asked.status == "failed"
    assert "ИНН" in AgencyRequest.objects.get(id=asked.request_id).last_error


def test_income_of_a_payer_of_npd_by_months():
    _, asked = ask(MOTHER, "fns", "self_employed", "2025")

    answer(write_self_employed_answer(asked, {3: 10_000_00, 4: 5_00}, True, ON), "fns")

    value = value_of(MOTHER, "income.self_employed")
    assert (value["kopecks"], value["registered"], value["months"]) == (10_005_00, True, {"03": 10_000_00, "04": 5_00})


def payer(*told):
    """Answers about years: (year, is a payer)."""
    for year, is_payer in told:
        _, asked = ask(MOTHER, "fns", "self_employed", str(year))
        answer(write_self_employed_answer(asked, {3: 7_00} if is_payer else {}, is_payer, ON), "fns")
    return sorted((fact.valid_from, fact.valid_to) for fact in facts(MOTHER, "tax.self_employed"))


def test_answers_about_income_tell_who_is_in_business_until_they_tell_otherwise():
    since = date(2024, 1, 1)

    assert payer((2024, True), (2025, True)) == [(since, None)]
    assert payer((2026, False)) == [(since, date(2026, 1, 1))]


def test_who_was_no_payer_later_was_one_for_the_year_told():
    assert payer((2025, False), (2024, True)) == [(date(2024, 1, 1), date(2025, 1, 1))]


def test_a_declaration_tells_of_an_entrepreneur():
    _, asked = ask(MOTHER, "fns", "payments", "2025")
    answer(
        write_payments_answer(asked, "answer-1", "770123456789", [(2025, Payer("7701234567", "ООО", {1: 1}))]), "fns"
    )
    _, asked = ask(MOTHER, "fns", "entrepreneur", "2025")
    answer(write_entrepreneur_answer(asked, {2025: 1_200_000}), "fns")

    (registered,) = facts(MOTHER, "tax.entrepreneur")

    assert (registered.valid_from, registered.valid_to) == (date(2025, 1, 1), None)


STATES = {
    "service": ("mod", own_states.SERVICE, {"ВидСлужбы": "2"}, "military.service", {"type": "mobilised"}),
    "imprisonment": ("fsin", own_states.IMPRISONMENT, {"ВидСодерж": "1"}, "status.imprisoned", {"form": "custody"}),
    "studies": (
        "edu", own_states.STUDIES, {"ФормаОбуч": "1", "УровеньОбр": "высшее"}, "education.fulltime",
        {"level": "university"},
    ),
    "pregnancy": ("med", own_states.PREGNANCY, {"НеделяУчет": "8"}, "health.pregnancy", {"registered_week": 8}),
}  # fmt: skip


@pytest.mark.parametrize("topic", STATES)
def test_a_state_is_told_in_answer_and_pushed_alike(topic):
    agency, form, details, kind, value = STATES[topic]
    record = StateRecord("77-1", date(2026, 1, 5), date(2026, 1, 5), date(2026, 2, 4), details)
    pushed = own_states.write_state_message(form, [(MOTHER, record)], ON, "message-1")
    _, asked = ask(MOTHER, agency, topic)

    assert answer(pushed, agency).status == "accepted"
    assert answer(own_states.write_state_answer(form, asked, [record], ON), agency).status == "accepted"

    (fact,) = facts(MOTHER, kind)
    assert (fact.value, fact.valid_from, fact.valid_to) == (value, date(2026, 1, 5), date(2026, 2, 5))
    assert (fact.source, fact.recorded_at > NOW) == (agency, True)


def test_late_and_out_of_order_versions_of_a_record_end_in_the_newest():
    def message(version, last_day, number, annulled=False):
        record = StateRecord(
            "77-1", date(2026, 1, 5), date(2026, 1, 5), last_day, {"ВидСлужбы": "1"}, version,
            date(2026, 1, 5 + version), annulled,
        )  # fmt: skip
        return own_states.write_state_message(own_states.SERVICE, [(FATHER, record)], ON, number)

    answer(message(2, date(2026, 2, 1), "m-2"), "mod")
    late = answer(message(1, None, "m-1"), "mod")
    assert late.status == "accepted"
    assert [fact.valid_to for fact in facts(FATHER, "military.service")] == [date(2026, 2, 2)]

    assert answer(message(2, date(2026, 2, 1), "m-2"), "mod").status == "duplicate"
    assert refused(answer(message(2, date(2026, 3, 1), "m-4"), "mod")) == ["act_other_body"]

    answer(message(3, None, "m-3", annulled=True), "mod")
    assert facts(FATHER, "military.service") == []


def test_a_holder_that_knows_nothing_says_so():
    _, asked = ask(UNCLE, "fsin", "imprisonment")

    answer(own_states.write_state_answer(own_states.IMPRISONMENT, asked, [], ON), "fsin")

    assert value_of(UNCLE, "agency.answer") == {"topic": "imprisonment", "present": False}


def test_an_answer_to_nobody_s_question_is_refused():
    request_id, asked = ask(UNCLE, "fsin", "imprisonment")
    asked.set("ИдЗапрос", "0")

    receipt = answer(own_states.write_state_answer(own_states.IMPRISONMENT, asked, [], ON), "fsin")

    assert refused(receipt) == ["answer_unasked"]
    assert AgencyRequest.objects.get(id=request_id).status == "queued"


def test_a_delivery_is_a_medical_fact():
    message = own_states.write_delivery_message(MOTHER, "d-1", BORN, 2, 2)

    assert answer(message, "med").status == "accepted"
    assert value_of(MOTHER, "health.delivery") == {"born": 2, "alive": 2}
    assert refused(answer(own_states.write_delivery_message(MOTHER, "d-2", BORN, 1, 2), "med")) == ["born_count"]


def test_the_civil_registry_answers_with_a_birth():
    record = BirthRecord(act(1, date(2026, 2, 3)), CHILD, MOTHER, FATHER, 1)

    accepted(civil("birth", civil_answers.BIRTH, record, civil_answers.birth_facts))

    (child,) = registers.search(f"{CHILD.surname} {CHILD.forename}")
    parents = registers.facts_of([child.person_id], kinds=["family.parent"])
    assert {fact.value["role"]: fact.object_id for fact in parents} == {
        "mother": card(MOTHER).person_id,
        "father": card(FATHER).person_id,
    }


def test_the_civil_registry_answers_with_a_death():
    record = DeathRecord(act(21, date(2026, 2, 7)), UNCLE, date(2026, 2, 6))

    assert civil("death", civil_answers.DEATH, record, civil_answers.death_facts, UNCLE).status == "accepted"
    assert card(UNCLE).died_on == date(2026, 2, 6)


def test_the_civil_registry_answers_with_a_marriage_and_a_divorce():
    spouses = Spouse(FATHER, FATHER.surname), Spouse(MOTHER, MOTHER.surname)
    married = MarriageRecord(act(31, date(2025, 12, 20)), *spouses)
    divorced = DivorceRecord(act(41, date(2026, 1, 20)), date(2026, 1, 20), None, *spouses)

    civil("marriage", civil_answers.MARRIAGE, married, civil_answers.marriage_facts)
    civil("divorce", civil_answers.DIVORCE, divorced, civil_answers.divorce_facts)

    (marriage,) = facts(MOTHER, "family.marriage")
    assert (marriage.valid_from, marriage.valid_to) == (date(2025, 12, 20), date(2026, 1, 20))


def test_the_civil_registry_answers_with_a_change_of_name():
    record = NameChange(act(51, date(2026, 1, 10)), MOTHER, replace(MOTHER, surname="Новикова"))

    civil("name_change", civil_answers.NAME, record, civil_answers.name_facts)

    assert card(MOTHER).surname == "Новикова"


def test_the_civil_registry_knows_no_paternity():
    request_id, _ = ask(MOTHER, "zags", "paternity")

    receipt = answer(civil_answers.write_civil_answer(civil_answers.PATERNITY, str(request_id), ON, []), "zags")

    assert receipt.status == "accepted"
    assert value_of(MOTHER, "agency.answer") == {"topic": "paternity", "present": False}
