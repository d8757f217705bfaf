"""Official messages and our own formats are read into neutral statements."""

from datetime import date

import pytest
from tests.contexts.integration.messages import (
    FRI_SAMPLE,
    NAME_SAMPLE,
    SAMPLE,
    TODAY,
    bank_statement,
    birth,
    citizen_act,
    death,
    snils,
    struck_out,
    table_archive,
)

from kazna.contexts.integration.contracts import (
    BirthReported,
    CitizenAct,
    CreditStatement,
    DeathReported,
    DisabilityReported,
    EmploymentReported,
    Kind,
    NameChanged,
    NewbornSnilsReported,
    PersonRef,
    Residence,
    ResidenceReported,
)
from kazna.contexts.integration.limits import Limits
from kazna.contexts.integration.readers.fund_tables import BASELINE
from kazna.contexts.integration.readers.read_document import Reading, read_document
from kazna.kernel.places import FORMATS


def read(payload: bytes) -> Reading:
    return read_document(payload, on=TODAY, limits=Limits())


def one(payload: bytes):
    reading = read(payload)
    assert not reading.is_refused, [str(remark) for remark in reading.remarks]
    (statement,) = reading.statements
    return statement


def test_the_official_birth_sample_goes_in_with_warnings_about_its_impossible_parents():
    reading = read(SAMPLE.encode())

    (born,) = reading.statements
    assert isinstance(born, BirthReported)
    assert (born.child.surname, born.child.birth_date) == ("Иванов", date(2000, 4, 21))
    assert (born.mother.snils, born.mother.citizenship) == ("73204796592", "643")
    assert born.mother.document.series_number == "1854439978"
    assert (born.order, born.multiple, born.is_live) == (1, 1, True)
    assert str(born.act.key) == "birth/R0200003/1234/2009-05-16"
    assert {remark.code for remark in reading.remarks} == {"parent_younger"}
    assert not reading.is_refused


def test_a_correction_of_a_birth_is_a_later_edition_of_the_same_act():
    first = one(birth())
    end = "</ns:ПрдСведРег>".encode()
    fix = '<ns:СведИспрАГС ДатаВнесИспр="2026-02-08"><ns1:ПрСведДокИспрАГС>1</ns1:ПрСведДокИспрАГС></ns:СведИспрАГС>'
    corrected = one(birth(forename="Пётр").replace(end, end + fix.encode()))

    assert corrected.act.key == first.act.key
    assert corrected.act.version > first.act.version
    assert corrected.act.is_corrected and not first.act.is_corrected


def test_a_death_is_read_and_capital_letters_become_a_name():
    died = one(death())

    assert isinstance(died, DeathReported)
    assert (died.person.surname, died.person.forename, died.person.patronymic) == ("Иванова", "Анна", None)
    assert (died.died_on, died.person.snils, died.act.version) == (date(2026, 2, 3), snils(123456789), 1)


def test_an_act_struck_out_is_annulled_until_restored():
    restored = struck_out("2026-02-08").replace("Аннулир", "Восстан")

    assert one(death(tail=struck_out("2026-02-07"))).act.is_annulled
    assert not one(death(tail=restored + struck_out("2026-02-07"))).act.is_annulled


def test_a_change_of_name_of_the_older_format_is_read():
    changed = one(NAME_SAMPLE)

    assert isinstance(changed, NameChanged)
    assert (changed.person.surname, changed.surname, changed.changed_on) == ("Иванов", "Петров", date(2019, 3, 13))


def test_the_disability_sample_is_read_with_a_half_open_term():
    disability = one(FRI_SAMPLE)

    assert isinstance(disability, DisabilityReported)
    assert (disability.group, disability.is_from_childhood) == ("child", True)
    assert (disability.valid_from, disability.valid_to) == (date(2004, 11, 11), date(2021, 6, 21))


def test_a_last_day_beyond_the_century_means_for_life():
    assert one(FRI_SAMPLE.replace(b"2021-06-20", b"9999-12-31", 1)).valid_to is None


def test_months_of_all_tax_agents_are_added_up():
    agent = """<n:ДохФЛ_НА><n:ПолучДох ДатаРожд="1990-01-01"><n:ФИО FamilyName="Иванова" FirstName="Анна"/>
      <n:УдЛичнФЛ DocumentCode="21" SeriesNumber="45 07 123456"/></n:ПолучДох>
      <n:СвНА><n:СвНАЮЛ НаимОрг="ООО" ИННЮЛ="7701234567" КПП="770101001"/></n:СвНА>
      <n:СведДох_2НДФЛ Ставка="13"><n:ДохВыч><n:СвСумДох Месяц="02" КодДоход="2000" СумДоход="45000.50"/>
      <n:СвСумДох Месяц="02" КодДоход="2012" СумДоход="1.00"/></n:ДохВыч></n:СведДох_2НДФЛ></n:ДохФЛ_НА>"""
    message = f"""<n:DOHFLNAResponse xmlns:n="urn://x-artefacts-fns-dohflna/root/260-18/4.0.1" ИдЗапрос="q-1">
      <n:ДохФЛ ОтчетГод="2025">{agent}{agent}</n:ДохФЛ></n:DOHFLNAResponse>"""

    income = one(message.encode())

    assert income.kopecks_by_month == {2: 2 * 4500150}
    assert (income.request_id, income.year, income.person.document.series_number) == ("q-1", 2025, "4507123456")


def test_unemployment_is_read_with_half_open_periods():
    message = f"""<SZNResponse xmlns="http://se2.data.service.smev.pfr.ru/SZN/1.0.1"><LastName>Иванов</LastName>
      <FirstName>Пётр</FirstName><Snils>{snils(112233445)}</Snils><DateQuery>2026-02-01</DateQuery>
      <PresenceData>true</PresenceData><RegistrationAccountPeriods><RegistrationAccountPeriod><AsTheUnemployed>
      <DateStart>2025-11-01</DateStart><DateEnd>2025-12-31</DateEnd></AsTheUnemployed></RegistrationAccountPeriod>
      </RegistrationAccountPeriods></SZNResponse>"""

    answer = one(message.encode())

    assert (answer.is_present, answer.asked_on) == (True, date(2026, 2, 1))
    assert [(p.start, p.end) for p in answer.periods] == [(date(2025, 11, 1), date(2026, 1, 1))]


def test_a_bank_statement_is_read_line_by_line():
    statement = one(bank_statement())

    assert isinstance(statement, CreditStatement)
    assert [(x.number, x.amount_kopecks, x.is_credited, x.reason) for x in statement.lines] == [
        (1, 2694171, True, None),
        (2, 5, False, "Счёт закрыт"),
    ]


def test_a_consent_from_the_portal_is_read():
    act = one(citizen_act())

    assert isinstance(act, CitizenAct)
    assert (act.kind, act.measure, act.done_on) == ("consent", "ru-child-benefit", date(2026, 2, 9))


PERSON = snils(112233445)
DAILY_TABLES = [
    (
        "own_sfr_employment/1",
        [
            ("snils", "employer_inn", "event", "date", "reason"),
            (PERSON, "7707083893", "hired", "2026-02-03", ""),
        ],
        EmploymentReported(PERSON, "7707083893", "hired", date(2026, 2, 3), None),
    ),
    (
        "own_mvd_residence/1",
        [
            ("snils", "region", "oktmo", "address", "moved_on"),
            (PERSON, "77", "45000000", "Москва", "2026-02-03"),
        ],
        ResidenceReported(PERSON, Residence("Москва", "45000000", "77"), date(2026, 2, 3)),
    ),
    (
        "own_sfr_snils/1",
        [
            ("snils", "birth_act", "surname", "forename", "patronymic", "birth_date", "mother_snils"),
            (snils(1122), "birth/R1/2/2026-02-01", "Иванова", "Мария", "", "2026-02-01", PERSON),
        ],
        NewbornSnilsReported(
            PersonRef("Иванова", "Мария", None, date(2026, 2, 1), snils(1122)),
            snils(1122),
            "birth/R1/2/2026-02-01",
            PERSON,
        ),
    ),
]


@pytest.mark.parametrize(("format_name", "rows", "expected"), DAILY_TABLES, ids=[row[0] for row in DAILY_TABLES])
def test_a_daily_table_is_read(format_name, rows, expected):
    assert one(table_archive(format_name, {"rows.csv": rows})) == expected


def test_a_baseline_streams_its_rows():
    payload = table_archive(
        "own_baseline/1",
        {
            "persons.csv": [BASELINE["persons"], (PERSON, "Иванова\nПетрова", *["x"] * 15)],
            "ties.csv": [("kind", "snils", "other_snils", "role", "order", "valid_from", "valid_to", "act")],
            "facts.csv": [("kind", "snils", "thing", "valid_from", "valid_to", "value")],
            "awards.csv": [("number", "snils", "child_snils", "measure", "amount_kopecks", "valid_from", "valid_to")],
        },
    )

    reading = read(payload)

    assert (reading.kind, reading.baseline.counts["persons"]) == (Kind.BASELINE, 1)
    (row,) = reading.baseline.rows("persons")
    assert row["surname"] == "Иванова\nПетрова"


def test_every_format_we_name_has_its_schema_in_the_project():
    from kazna.contexts.integration.readers.formats import XML_FORMATS

    assert all((FORMATS / "xsd" / path).exists() for form in XML_FORMATS.values() for path in form.schemas)
