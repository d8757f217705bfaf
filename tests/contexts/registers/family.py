"""One family and the documents about it, written by the same writers the stand-in agencies use."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from kazna.contexts.registers import public as registers
from kazna.kernel.identifiers import snils_control
from kazna.standins.baseline import PERSON_COLUMNS, TIE_COLUMNS
from kazna.standins.baseline_awards import AWARD_COLUMNS
from kazna.standins.baseline_facts import FACT_COLUMNS
from kazna.standins.documents.birth import BirthRecord, write_birth
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.death import DeathRecord, write_death
from kazna.standins.documents.disability_extract import DisabilityExtract, write_disability_extract
from kazna.standins.documents.divorce import DivorceRecord, write_divorce
from kazna.standins.documents.marriage import MarriageRecord, write_marriage
from kazna.standins.documents.name_change import NameChange, write_name_change
from kazna.standins.documents.own_archive import Table, own_archive_bytes
from kazna.standins.documents.spouses import Spouse

START = date(2025, 11, 1)
ON = date(2026, 2, 10)
NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
BORN = date(2026, 2, 1)
INN = "7799000012"


def snils(number: int) -> str:
    nine = f"{number:09d}"
    return nine + snils_control(nine)


def person(surname, forename, sex, born, number, *, paper=None, code="21", patronymic=None):
    return PersonCard(
        snils=snils(number) if number else None, surname=surname, forename=forename, patronymic=patronymic, sex=sex,
        birth_date=born, citizenship="643", document_code=code, document_number=paper or f"4512 {number % 1000000:06d}",
        document_date=date(2015, 3, 2), document_issuer="ОВД", region="77", region_name="Москва",
        oktmo="45000000", address="г. Москва, ул. Кирова, д. 1",
    )  # fmt: skip


MOTHER = person("Алёшина", "Ольга", "F", date(1995, 5, 5), 900000011, patronymic="Петровна")
FATHER = person("Берёзов", "Иван", "M", date(1993, 3, 3), 900000022, patronymic="Олегович")
UNCLE = person("Чужов", "Фёдор", "M", date(1990, 9, 9), 900000033, patronymic="Ильич")
CHILD = person("Берёзов", "Пётр", "M", BORN, None, paper="IV-МЮ 000001", code="03", patronymic="Иванович")
CHILD_SNILS = snils(900000044)
FAMILY = (MOTHER, FATHER, UNCLE)


def take(payload, agency="zags", on=ON):
    """The receipt of a delivery of one document."""
    (receipt,) = take_all(payload, agency, on)
    return receipt


def take_all(payload, agency="zags", on=ON):
    return registers.take_in(
        payload=payload, agency=agency, file_name="document", content_type="", on=on, received_at=NOW
    )


def codes(receipt):
    return [remark["code"] for remark in receipt.remarks if remark["is_refusal"]]


def card(who):
    return registers.person_by_snils(who if isinstance(who, str) else who.snils)


def facts(who, *kinds):
    return registers.facts_of([card(who).person_id], kinds=kinds)


def load_family(folder, people=FAMILY, ties=(), told=(), awards=()):
    """The family as the Fund's former register knew it."""
    rows = [
        (
            one.snils, one.surname, one.forename, one.patronymic, one.birth_date, one.sex, one.citizenship,
            one.document_code, one.document_number, one.document_date, one.document_issuer, one.region, one.oktmo,
            one.address, None, "044525225", "40817810000000000001",
        )
        for one in people
    ]  # fmt: skip
    path = folder / "baseline.zip"
    path.write_bytes(
        own_archive_bytes(
            format_name="own_baseline/1", region="77", as_of=START,
            tables=[
                Table("persons.csv", PERSON_COLUMNS, rows), Table("ties.csv", TIE_COLUMNS, ties),
                Table("facts.csv", FACT_COLUMNS, told), Table("awards.csv", AWARD_COLUMNS, awards),
            ],
        )
    )  # fmt: skip
    return registers.load_baseline(path, on=START, progress=lambda stage, done, total: None)


def act(number, recorded_on, version=1, correction=None):
    version_on = recorded_on if version == 1 else date(2026, 2, 5 + version)
    return CivilAct(f"11077202600000000{number:04d}", recorded_on, "ЗАГС", "R7700001", version, version_on, correction)


def birth(number=1, child=CHILD, mother=MOTHER, father=FATHER, version=1, correction=None, order=1):
    recorded_on = max(child.birth_date, date(2026, 2, 3))
    return write_birth(BirthRecord(act(number, recorded_on, version, correction), child, mother, father, order))


def death(who, died_on=date(2026, 2, 6), number=21, version=1, correction=None):
    return write_death(DeathRecord(act(number, max(died_on, date(2026, 2, 7)), version, correction), who, died_on))


def marriage(husband=FATHER, wife=MOTHER, on=date(2025, 12, 20), number=31, wife_after="Берёзова"):
    return write_marriage(MarriageRecord(act(number, on), Spouse(husband, husband.surname), Spouse(wife, wife_after)))


def divorce(husband=FATHER, wife=MOTHER, on=date(2026, 1, 20), number=41):
    record = DivorceRecord(act(number, on), on, None, Spouse(husband, husband.surname), Spouse(wife, wife.surname))
    return write_divorce(record)


def name_change(before, after, on=date(2026, 1, 10), number=51):
    return write_name_change(NameChange(act(number, on), before, after))


def disability(who, group, first_day, last_day=None, number="12.1.77/2026"):
    return write_disability_extract(
        DisabilityExtract(who, group, "general", first_day, last_day, number, first_day, True, first_day, first_day)
    )


def table(format_name, columns, *rows):
    return own_archive_bytes(format_name=format_name, region="77", as_of=ON, tables=[Table("table.csv", columns, rows)])


def newborn_snils(number=1, child=CHILD, given=CHILD_SNILS):
    columns = ("snils", "birth_act", "surname", "forename", "patronymic", "birth_date", "mother_snils")
    names = (child.surname, child.forename, child.patronymic, child.birth_date, MOTHER.snils)
    return table("own_sfr_snils/1", columns, (given, act(number, BORN).number, *names))


def employment(*rows):
    columns = ("snils", "employer_inn", "event", "date", "reason")
    return table("own_sfr_employment/1", columns, *rows)


def move(who, moved_on, address="г. Москва, ул. Новая, д. 2", region="77"):
    columns = ("snils", "region", "oktmo", "address", "moved_on")
    return table("own_mvd_residence/1", columns, (who.snils, region, "45000000", address, moved_on))


def citizen_act(kind, **told):
    body = {
        "format": "own_epgu/1", "id": f"{kind}-1", "kind": kind, "snils": MOTHER.snils, "measure": "ru-child-benefit",
        "child_snils": None, "child_birth_act": None, "on": ON.isoformat(), "account": None, "deceased_snils": None,
    }  # fmt: skip
    return json.dumps(body | told).encode()


def renamed(who, **changes):
    return replace(who, **changes)
