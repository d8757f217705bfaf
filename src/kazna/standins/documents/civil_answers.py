"""Answers of the civil registry to requests, messages …INFResponse 112-51…112-56."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kazna.standins.documents.birth import BirthRecord
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.civil_parts import (
    ABSENT,
    CURRENT_SECTION,
    FIRST_ENTRY,
    SEX_CODES,
    dashed_snils,
    write_address,
    write_birth_date,
    write_names,
    write_office,
    write_place,
    write_split_paper,
)
from kazna.standins.documents.death import DeathRecord
from kazna.standins.documents.divorce import DivorceRecord
from kazna.standins.documents.marriage import MarriageRecord
from kazna.standins.documents.name_change import NameChange
from kazna.standins.documents.spouses import write_spouse
from kazna.standins.documents.tree import Element, Vocabulary, to_bytes

FOUND, NOT_FOUND = "1", "2"  # РезОбраб


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """One message: its name, edition, code of the act and the element of a record."""

    message: str
    edition: str
    code: str
    record: str

    @property
    def here(self) -> Vocabulary:
        return Vocabulary(f"urn://x-artefacts-zags-{self.message.lower()}/root/{self.edition}")

    @property
    def types(self) -> Vocabulary:
        return Vocabulary(f"urn://x-artefacts-zags-{self.message.lower()}/types/{self.edition.rpartition('/')[2]}")


BIRTH = AnswerForm("ROGDINF", "112-51/4.0.1", "01", "СведРегРожд")
DEATH = AnswerForm("FATALINF", "112-52/4.0.1", "07", "СведРегСмерт")
NAME = AnswerForm("PERNAMEINF", "112-53/4.0.0", "06", "СведРегПерИмя")
MARRIAGE = AnswerForm("BRAKZAKINF", "112-54/4.0.0", "02", "СведРегЗаклБрак")
DIVORCE = AnswerForm("BRAKRASTINF", "112-55/4.0.0", "03", "СведРегРастБрак")
PATERNITY = AnswerForm("PARENTINF", "112-56/4.0.0", "04", "СведРегОтцов")
FORMS = {form.message: form for form in (BIRTH, DEATH, NAME, MARRIAGE, DIVORCE, PATERNITY)}
Writer = Callable[[AnswerForm, Element], None]


def write_civil_answer(
    form: AnswerForm, request_id: str, day: date, records: Sequence[tuple[CivilAct, Writer]]
) -> bytes:
    """The records asked for, or the answer that there are none."""
    prefixes = {"ns": form.here.namespace, "ns1": form.types.namespace}
    message = form.here.root(
        f"{form.message}Response", prefixes=prefixes, ИдЗапрос=request_id, ДатаСвед=day, КолДок=1,
        ТипАГСЗапрос=form.code,
    )  # fmt: skip
    answer = form.here(message, "СведОтветАГС", ИдДок=request_id, РезОбраб=FOUND if records else NOT_FOUND)
    for act, write in records:
        entry = form.here(
            answer, form.record, РазделЕГР=CURRENT_SECTION, НомерЗаписЕГР=act.number, НомерВерс=act.version,
            ДатаВерс=act.version_on, КодСостСтат=FIRST_ENTRY,
        )  # fmt: skip
        form.here(entry, "ДатаЗапис", act.recorded_on)
        write_office(form.here, entry, act)
        write(form, form.here(entry, "ПрдСведРег"))
    return to_bytes(message)


def birth_facts(record: BirthRecord) -> Writer:
    def write(form: AnswerForm, facts: Element) -> None:
        here, types = form.here, form.types
        here(facts, "СчетМатер", record.order)
        together = here(facts, "СведРоды")
        here(together, "ЧислоРодДетей", record.born_together)
        here(together, "Счет", record.place_among_twins)
        child = here(facts, "СведРодившемся", СНИЛС=dashed_snils(record.child.snils))
        here(child, "ЖивМертв", "0")
        here(child, "Пол", SEX_CODES[record.child.sex])
        write_names(types, here(child, "ФИОРожд"), record.child.surname, record.child)
        write_birth_date(here, child, record.child.birth_date)
        write_place(here, child, "МестоРожден", record.child)
        for parent, name, absent in ((record.mother, "СведМать", "ПрМать"), (record.father, "СведОтец", "ПрОтец")):
            write_parent(form, facts, name, parent) if parent else here(facts, absent, ABSENT)
        here(facts, "ПрСведДокОснОтец", ABSENT)
        here(facts, "ПрСведДокРод", ABSENT)

    return write


def write_parent(form: AnswerForm, facts: Element, name: str, parent: PersonCard) -> None:
    types = form.types
    block = form.here(facts, name, СНИЛС=dashed_snils(parent.snils))
    types(block, "ГраждОКСМ", parent.citizenship)
    write_names(types, types(block, "ФИО"), parent.surname, parent)
    write_birth_date(types, block, parent.birth_date)
    write_place(types, block, "МестоРожден", parent)
    write_split_paper(types, types, block, parent)
    write_address(types, types, block, "АдрМЖ", parent)


def death_facts(record: DeathRecord) -> Writer:
    def write(form: AnswerForm, facts: Element) -> None:
        here, types, dead = form.here, form.types, record.deceased
        if dead.snils:
            facts.set("СНИЛС", dashed_snils(dead.snils) or "")
        here(facts, "Пол", SEX_CODES[dead.sex])
        here(facts, "ГраждОКСМ", dead.citizenship)
        write_names(types, here(facts, "ФИОУмер"), dead.surname, dead)
        write_place(here, facts, "МестоРожден", dead)
        write_birth_date(here, facts, dead.birth_date)
        write_split_paper(here, types, facts, dead)
        write_address(here, types, facts, "МЖПосл", dead)
        here(facts, "ДатаСмертКаленд", record.died_on)
        for absent in ("ПрВремяСмерт", "ПрМестоСмерт", "ПрСведПричСмерт"):
            here(facts, absent, ABSENT)

    return write


def marriage_facts(record: MarriageRecord) -> Writer:
    def write(form: AnswerForm, facts: Element) -> None:
        form.here(facts, "ДатаЗаклБрак", record.act.recorded_on)
        write_spouse(form.here, form.types, facts, "Супруг", record.husband)
        write_spouse(form.here, form.types, facts, "Супруга", record.wife)

    return write


def divorce_facts(record: DivorceRecord) -> Writer:
    def write(form: AnswerForm, facts: Element) -> None:
        write_spouse(form.here, form.types, facts, "Супруг", record.husband)
        write_spouse(form.here, form.types, facts, "Супруга", record.wife)
        form.here(facts, "ДатаПрекрБрак", record.ended_on)
        form.here(facts, "ПрСведДокЗаклБрак", ABSENT)

    return write


def name_facts(record: NameChange) -> Writer:
    def write(form: AnswerForm, facts: Element) -> None:
        here, types, before = form.here, form.types, record.before
        if before.snils:
            facts.set("СНИЛС", dashed_snils(before.snils) or "")
        here(facts, "ГраждОКСМ", before.citizenship)
        write_names(types, here(facts, "ФИОДо"), before.surname, before)
        write_names(types, here(facts, "ФИОПосле"), record.after.surname, record.after)
        write_birth_date(here, facts, before.birth_date)
        write_place(here, facts, "МестоРожден", before)
        write_address(here, types, facts, "АдрМЖ", before)
        write_split_paper(here, types, facts, before)
        here(facts, "ПрСведРегРожд", ABSENT)

    return write
