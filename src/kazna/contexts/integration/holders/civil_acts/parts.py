"""Which edition of which act a civil registry record carries."""

from __future__ import annotations

from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import ActEdition, ActKey, Certificate
from kazna.contexts.integration.readers.elements import (
    child,
    children,
    day,
    earliest_day,
    needed,
    needed_day,
    place,
    required,
    value,
)
from kazna.contexts.integration.readers.refusals import unreadable

ROOM_FOR_CORRECTIONS = 100


def act_edition(register: str, record: etree._Element) -> ActEdition:
    """The edition of a record: its own version number, else (births) the day of its state and its corrections."""
    corrections = list(children(record, "СведИспрАГС"))
    key = ActKey(
        register=register,
        office=needed(required(record, "ОрганЗАГС"), "КодЗАГС"),
        number=value(record, "НомерЗаписЕГР") or needed(record, "НомерЗапис"),
        registered_on=earliest_day(record, "ДатаЗапис", "ДатаЗаписДок"),
    )
    if number := value(record, "НомерВерс"):
        version, dated_on = _version_number(number, record), needed_day(record, "ДатаВерс")
        if register == "birth":  # pushed records have no number: both ways count from the day
            version = _by_day(dated_on, version - 1)
    else:
        dated_on = needed_day(required(record, "СостСтатЗаписи"), "ДатаНачСостСтат")
        version = _by_day(dated_on, len(corrections))
    return ActEdition(
        key=key,
        version=version,
        dated_on=dated_on,
        is_annulled=_is_annulled(record),
        is_corrected=bool(corrections),
    )


def _by_day(day: date, corrections: int) -> int:
    return day.toordinal() * ROOM_FOR_CORRECTIONS + min(corrections, ROOM_FOR_CORRECTIONS - 1)


def certificate(record: etree._Element, name: str) -> Certificate | None:
    """The certificate issued last, or None."""
    issued = list(children(record, name))
    if not issued:
        return None
    last = max(issued, key=lambda one: day(one, "ДатаВыдСвидет") or date.min)
    return Certificate(
        series=value(last, "СерияСвидет"),
        number=value(last, "НомерСвидет"),
        issued_on=day(last, "ДатаВыдСвидет"),
    )


def _version_number(text: str, record: etree._Element) -> int:
    if not text.isdecimal():
        raise unreadable("number_range", place(record), field="Номер версии", value=text, expected="число от 1 до 999")
    return int(text)


def _is_annulled(record: etree._Element) -> bool:
    """Struck out, and not restored on the same or a later day."""
    struck_out, restored = child(record, "СведАннулирАГС"), child(record, "СведВосстанАГС")
    if struck_out is None:
        return False
    return restored is None or needed_day(restored, "ДатаВнесИспр") < needed_day(struck_out, "ДатаВнесИспр")
