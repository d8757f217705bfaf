"""Many files at once, some of them broken; numbers shared by two; sizes and editions nobody takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.contexts.integration.messages import zipped
from tests.contexts.registers.exchange import accepted, answer, refused
from tests.contexts.registers.family import (
    BORN,
    CHILD,
    FATHER,
    MOTHER,
    NOW,
    ON,
    birth,
    card,
    codes,
    death,
    person,
    take,
    take_all,
)

from kazna.contexts.integration import public as integration
from kazna.contexts.registers import public as registers
from kazna.standins.documents import own_states
from kazna.standins.documents.own_states import StateRecord

pytestmark = pytest.mark.usefixtures("family")

FILES, STEP = 120, 33  # one in thirty-three is broken: three in a hundred
SYLLABLES = ("бо", "ва", "га", "де", "жу", "зи", "ко", "ла", "ми", "но")


def name(number: int) -> str:
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:03d}").capitalize()


def newborns() -> dict[str, bytes]:
    """Births of children of as many mothers."""
    return {
        f"{n}.xml": birth(
            number=1000 + n,
            child=replace(CHILD, surname=name(n), forename="Лев"),
            mother=person(name(n) + "ва", "Анна", "F", date(1990, 1, 1) + timedelta(days=n), 800_000_000 + n),
            father=None,
        )
        for n in range(FILES)
    }


def test_broken_files_are_put_aside_and_the_rest_goes_on():
    whole = newborns()
    broken = {file: payload[: len(payload) // 2] for n, (file, payload) in enumerate(whole.items()) if n % STEP == 0}

    receipts = take_all(zipped(whole | broken))

    states = {receipt.file: receipt.status for receipt in receipts}
    assert {file for file, status in states.items() if status == "quarantined"} == set(broken)
    assert sum(status == "accepted" for status in states.values()) == FILES - len(broken)
    assert len(integration.quarantined(agency="zags", limit=100)) == len(broken)
    for receipt in receipts:
        if receipt.status == "quarantined":
            mended = registers.take_in_again(
                document_id=receipt.document_id, payload=whole[receipt.file], on=ON, received_at=NOW
            )
            assert [one.status for one in mended] == ["accepted"]
    assert integration.quarantined(agency="zags") == []
    assert {receipt.status for receipt in take_all(zipped(whole))} == {"duplicate"}


def test_a_document_ten_times_too_large_is_refused_unread(settings):
    settings.KAZNA_DOCUMENT_BYTES = 2_000

    receipt = take(birth().ljust(20_001))

    assert codes(receipt) == ["too_large"]


UNKNOWN_EDITIONS = {
    "paternity": (b"<PARENTRequest xmlns='urn://x-artefacts-zags-parent/root/112-08/5.0.0'/>", "zags"),
    "vehicles": (b"<ResponseBenefit489 xmlns='urn://x-artefacts-gibdd-benefit489/data/2.0'/>", "gibdd"),
    "own format": ("<Сообщение xmlns='urn://kazna-own/mod/service/2'/>".encode(), "mod"),
    "foreign sender": (
        b"<livingPlaceRegistrationResponse xmlns='urn://mvd/guvm/living-place-registration/1.1.0'/>", "fns",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", UNKNOWN_EDITIONS)
def test_an_unknown_edition_or_sender_waits_for_a_person(which):
    payload, agency = UNKNOWN_EDITIONS[which]

    receipt = take(payload, agency)

    assert receipt.status == "quarantined"
    assert {"unknown_format", "wrong_sender", "schema"} & set(codes(receipt))


def service(card_of_person) -> bytes:
    record = StateRecord("77-9", date(2026, 1, 5), date(2026, 1, 5), None, {"ВидСлужбы": "1"})
    return own_states.write_state_message(own_states.SERVICE, [(card_of_person, record)], ON, "m-9")


def test_latin_letters_in_a_pushed_name_are_refused():
    assert refused(answer(service(replace(MOTHER, surname="Aлёшина")), "mod")) == ["name_alphabet"]


def test_a_pushed_record_under_another_s_number_alarms_an_officer():
    stranger = replace(FATHER, snils=MOTHER.snils)

    receipt = answer(service(stranger), "mod")

    assert refused(receipt) == ["birth_date_differs"]
    assert registers.matters_open()["conflicts"] == 1
    assert registers.facts_of([card(MOTHER).person_id], kinds=["military.service"]) == []


def test_two_people_of_one_birthday_under_one_number_are_not_mixed():
    stranger = replace(FATHER, snils=MOTHER.snils, birth_date=MOTHER.birth_date)

    receipt = answer(service(stranger), "mod")

    assert refused(receipt) == ["name_differs"]
    assert [one.document_id for one in integration.quarantined(agency="mod")] == [receipt.document_id]


def test_service_after_death_is_refused():
    accepted(take(death(FATHER, died_on=BORN)))

    record = StateRecord("77-9", date(2026, 2, 9), date(2026, 2, 9), None, {"ВидСлужбы": "1"})
    late = own_states.write_state_message(own_states.SERVICE, [(FATHER, record)], ON, "m-10")

    assert refused(answer(late, "mod")) == ["person_dead"]


XXE = b'<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><x>&s;</x>'
HOSTILE = {
    "foreign entity": (None, "xml_doctype"),
    "sql in a name": ("Робин'); DROP TABLE registers_fact;--", "name_alphabet"),
    "html in a name": ("<b>Иван</b>", "xml_broken"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_hostile_contents_are_refused(which):
    text, code = HOSTILE[which]
    named = 'Имя="Иван"'.encode()
    assert named in service(FATHER)
    payload = XXE if text is None else service(FATHER).replace(named, f'Имя="{text}"'.encode())

    assert codes(take(payload, "mod")) == [code]
    assert registers.counts()["facts"] > 0
