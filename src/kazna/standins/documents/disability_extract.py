"""Extract of the disability register, root ВыпискаФРИ: who, which group, from when, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid5

from kazna.kernel.identifiers import format_snils
from kazna.standins.documents.cards import MESSAGES, PersonCard
from kazna.standins.documents.tree import NIL, Element, Value, Vocabulary, to_bytes

HERE = Vocabulary("http://fri.pfr.ru")
PREFIXES = {"fri": HERE.namespace, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
WITHOUT_TERM = date(9999, 12, 31)  # ДатаПо has no way to be empty; the last day of the calendar means "бессрочно"
GROUP_CODES = {"I": 1, "II": 2, "III": 3, "child": 4}
CAUSES = {  # code 5 is in the official sample; the other codes are unverified, the titles are what to read
    "general": (1, "Общее заболевание"),
    "work_injury": (2, "Трудовое увечье"),
    "occupational": (3, "Профессиональное заболевание"),
    "military_trauma": (4, "Военная травма"),
    "childhood": (5, "Инвалидность с детства"),
}


@dataclass(frozen=True, slots=True)
class DisabilityExtract:
    """`last_day` None: without term. `assessed_on` is the day of the МСЭ act."""

    person: PersonCard
    group: str  # "I", "II", "III" or "child"
    cause: str
    first_day: date
    last_day: date | None
    act: str
    assessed_on: date
    is_first: bool
    first_assessed_on: date
    written_on: date


def write_disability_extract(extract: DisabilityExtract) -> bytes:
    """One ВыпискаФРИ with the current facts and the МСЭ act they come from."""
    person = extract.person
    identity = uuid5(MESSAGES, f"fri/{person.snils}/{extract.act}/{extract.written_on}")
    written_at = datetime.combine(extract.written_on, time(6)).isoformat()
    message = HERE.root("ВыпискаФРИ", prefixes=PREFIXES)
    HERE(message, "Идентификатор", str(identity))
    HERE(message, "ТипВыписки", "FIXED")
    HERE(message, "ВремяФормирования", written_at)
    HERE(message, "Потребитель", "EGISSO.ACT.EGISSO")
    block = HERE(message, "ПерсональныеДанные")
    HERE(block, "СНИЛС", format_snils(person.snils))
    HERE(block, "Фамилия", person.surname)
    HERE(block, "Имя", person.forename)
    write_or_nil(block, "Отчество", person.patronymic)
    HERE(block, "ДатаРождения", person.birth_date)
    HERE(block, "Пол", person.sex)
    HERE(block, "ДатаРегистрации", written_at)
    write_current_facts(block, extract)
    write_source_act(message, extract, identity=str(identity), written_at=written_at)
    return to_bytes(message)


def write_current_facts(block: Element, extract: DisabilityExtract) -> None:
    cause_code, cause_title = CAUSES[extract.cause]
    facts = HERE(block, "АктуальныеСведенияОбИнвалидности")
    HERE(facts, "ДатаС", extract.first_day)
    HERE(facts, "ДатаПо", extract.last_day or WITHOUT_TERM)
    HERE(facts, "НомерАктаМСЭ", extract.act)
    HERE(facts, "ДатаАктаМСЭ", extract.assessed_on)
    HERE(facts, "СерияСправкиМСЭ", "МСЭ-2024")
    HERE(facts, "НомерСправкиМСЭ", extract.act)
    HERE(facts, "ДатаСправкиМСЭ", extract.assessed_on)
    HERE(facts, "ПервичнаяИнвалидность", "true" if extract.is_first else "false")
    HERE(facts, "ДатаПервичногоОсвидетельствования", extract.first_assessed_on)
    write_or_nil(facts, "ОчередноеОсвидетельствование", extract.last_day)
    HERE(facts, "ГруппаИнвалидности", GROUP_CODES[extract.group])
    HERE(facts, "Ребенок", "true" if extract.group == "child" else "false")
    HERE(facts, "ИнвалидПоЗрению", "false")
    HERE(facts, "КодПричиныИнвалидности", cause_code)
    HERE(facts, "НаименованиеПричиныИнвалидности", cause_title)


def write_source_act(message: Element, extract: DisabilityExtract, *, identity: str, written_at: str) -> None:
    """The file the facts come from: the МСЭ act, without its medical contents."""
    file = HERE(HERE(message, "ВсеФайлы"), "Файл")
    block = HERE(file, "РеквизитыФайла")
    HERE(block, "ID", identity)
    HERE(block, "Ключ", f"{extract.act}/{extract.assessed_on:%Y%m%d}")
    HERE(block, "РодительскийФайл")
    source = HERE(block, "Источник")
    HERE(source, "Код", "MSE")
    HERE(source, "Наименование", "Бюро медико-социальной экспертизы")
    HERE(block, "Номер", extract.act)
    HERE(block, "Дата", extract.assessed_on)
    write_or_nil(block, "СрокДействия", extract.last_day)
    HERE(block, "ДатаРегистрации", written_at)
    kind = HERE(block, "ТипФайла")
    HERE(kind, "Код", "ACT")
    HERE(kind, "Наименование", "Выписка из акта освидетельствования гражданина, признанного инвалидом")
    HERE(block, "ДокументОснование", "false")
    HERE(block, "ДокументИсполнение", "false")
    HERE(file, "ВсеСведения")


def write_or_nil(parent: Element, name: str, value: Value) -> Element:
    """An element the schema wants present even when there is nothing to say."""
    element = HERE(parent, name, value)
    if value is None:
        element.set(NIL, "true")
    return element
