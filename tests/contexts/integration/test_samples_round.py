"""Official samples go in, out by our writers and in again, unchanged in meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import etree
from tests.contexts.integration.messages import FRI_SAMPLE, NAME_SAMPLE, SAMPLE, TODAY

from kazna.contexts.integration.contracts import PersonRef
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.read_document import read_document
from kazna.contexts.integration.readers.schemas import schema, schema_remarks
from kazna.standins.documents.birth import BirthRecord, write_birth
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.disability_extract import DisabilityExtract, write_disability_extract
from kazna.standins.documents.name_change import NameChange, write_name_change


def read(payload: bytes):
    reading = read_document(payload, on=TODAY, limits=Limits())
    assert not reading.is_refused, [str(one) for one in reading.remarks]
    (statement,) = reading.statements
    return statement


def card(ref: PersonRef) -> PersonCard:
    paper = ref.document
    return PersonCard(
        snils=ref.snils, surname=ref.surname, forename=ref.forename, patronymic=ref.patronymic, sex=ref.sex or "M",
        birth_date=ref.birth_date, citizenship=ref.citizenship or "643",
        document_code=paper.code if paper else "21",
        document_number=f"{paper.series_number[:-6]} {paper.series_number[-6:]}".strip() if paper else "000000",
        document_date=paper.issued_on if paper else None, document_issuer=(paper and paper.issuer) or "ОВД",
        region="77", region_name="Москва", oktmo="45000000",
        address=(ref.residence and ref.residence.text) or "адрес не указан",
    )  # fmt: skip


def act(told) -> CivilAct:
    key = told.act.key
    return CivilAct(key.number, key.registered_on, "ЗАГС", key.office, 1, told.act.dated_on)


def meaning(ref: PersonRef | None) -> tuple:
    """Who is meant; how an address is written is not the person."""
    if ref is None:
        return ()
    paper = ref.document and (ref.document.code, ref.document.series_number, ref.document.issued_on)
    return ref.surname, ref.forename, ref.patronymic, ref.birth_date, ref.snils, paper


def test_the_birth_sample():
    told = read(SAMPLE.encode())

    record = BirthRecord(act(told), card(told.child), card(told.mother), card(told.father), told.order, told.multiple)
    again = read(write_birth(record))

    assert again.act == told.act
    assert (again.order, again.multiple, again.is_live) == (told.order, told.multiple, told.is_live)
    assert meaning(again.child)[:5] == meaning(told.child)[:5] and again.child.sex == told.child.sex
    for one, other in ((again.mother, told.mother), (again.father, told.father)):
        assert meaning(one) == meaning(other)
        assert one.citizenship == other.citizenship


def test_the_change_of_name_sample_in_the_newer_edition():
    told = read(NAME_SAMPLE)
    after = replace(card(told.person), surname=told.surname, forename=told.forename, patronymic=told.patronymic)

    again = read(write_name_change(NameChange(act(told), card(told.person), after)))

    assert (again.surname, again.forename, again.patronymic) == (told.surname, told.forename, told.patronymic)
    assert (again.changed_on, again.act.key) == (told.changed_on, told.act.key)
    assert meaning(again.person)[:4] == meaning(told.person)[:4]


def test_the_disability_sample():
    told = read(FRI_SAMPLE)
    last = told.valid_to and date.fromordinal(told.valid_to.toordinal() - 1)

    again = read(
        write_disability_extract(
            DisabilityExtract(
                card(told.person), told.group, "childhood", told.valid_from, last, told.act.key.number,
                told.act.key.registered_on, True, told.valid_from, told.act.dated_on,
            )
        )
    )  # fmt: skip

    assert (again.group, again.valid_from, again.valid_to) == (told.group, told.valid_from, told.valid_to)
    assert again.is_from_childhood == told.is_from_childhood
    assert again.act.key.number == told.act.key.number
    assert meaning(again.person)[:5] == meaning(told.person)[:5]


def test_an_extract_of_edition_1_5_is_taken_by_its_own_schema():
    """Both editions share root and namespace; 1.5 tells documents where the album tells files."""
    root = etree.fromstring(FRI_SAMPLE)
    files = root.find("{*}ВсеФайлы")
    files.clear()
    files.tag = "{http://fri.pfr.ru}ВсеДокументы"
    older = etree.tostring(root, encoding="UTF-8")

    schema("smev_vs/Fri/fri-extract-schema-v1.5.xsd").assertValid(etree.fromstring(older))
    assert schema_remarks(etree.fromstring(older), "egisso/schemas/gisfri/RequestExtract.xsd")
    assert read(older) == read(FRI_SAMPLE)
