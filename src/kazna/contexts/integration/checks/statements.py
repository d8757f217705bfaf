"""What logic alone has against each kind of statement. No register is asked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import singledispatch
from typing import Any

from kazna.contexts.integration.checks.people import (
    future_remarks,
    name_remarks,
    person_remarks,
    snils_remarks,
)
from kazna.contexts.integration.contracts import (
    ActEdition,
    AnswerGiven,
    BirthReported,
    CitizenAct,
    CreditStatement,
    DeathReported,
    DeliveryReported,
    DisabilityReported,
    DivorceReported,
    EmploymentReported,
    FiguresAnswered,
    GuardianshipReported,
    IncomeAnswered,
    LargeFamilyReported,
    MarriageReported,
    NameChanged,
    NewbornSnilsReported,
    PaternityReported,
    PaymentsAnswered,
    PersonRef,
    PersonTold,
    RealtyAnswered,
    RegistrationAnswered,
    ResidenceReported,
    StateReported,
    UnemploymentAnswered,
    VehiclesAnswered,
    YearIncomeAnswered,
)
from kazna.contexts.integration.readers.elements import Placed
from kazna.contexts.integration.remarks import Remark, remark
from kazna.kernel.identifiers import account_is_valid, inn_is_valid

MOST_CHILDREN = 30
MONTHS = 12
FIRST_CAR = 1885


def statement_remarks(placed: Placed, on: date) -> Iterator[Remark]:
    """Remarks about one statement; `on` is the operating day."""
    return _remarks(placed.statement, placed.where, on)


@singledispatch
def _remarks(statement: Any, where: str, on: date) -> Iterator[Remark]:
    raise TypeError(f"no checks for {type(statement).__name__}")


@_remarks.register
def _birth(told: BirthReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    for person, who in ((told.child, "ребёнок"), (told.mother, "мать"), (told.father, "отец")):
        yield from person_remarks(person, who, where, on)
    yield from _same_snils(where, told.child, told.mother, told.father)
    for count, field in ((told.order, "Которым по счёту рождён"), (told.multiple, "Число родившихся")):
        if count is not None and not 1 <= count <= MOST_CHILDREN:
            yield remark("number_range", where, field=field, value=count, expected=f"от 1 до {MOST_CHILDREN}")
    born_on = told.child.birth_date
    if born_on is None:
        yield remark("date_missing", f"{where}, ребёнок", field="Дата рождения")
        return
    yield from _recorded_after(told.act, born_on, where)
    for parent, who in ((told.mother, "Мать"), (told.father, "Отец")):
        if parent and parent.birth_date and parent.birth_date > born_on:
            yield remark("parent_younger", where, parent=who, parent_born_on=parent.birth_date, born_on=born_on)


@_remarks.register
def _death(told: DeathReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.person, "умерший", where, on)
    if told.died_on is None:
        yield remark("date_missing", where, field="Дата смерти")
        return
    yield from future_remarks(told.died_on, "Дата смерти", where, on)
    yield from _recorded_after(told.act, told.died_on, where)
    if told.person.birth_date and told.died_on < told.person.birth_date:
        yield remark("death_before_birth", where, died_on=told.died_on, born_on=told.person.birth_date)


@_remarks.register
def _name(told: NameChanged, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.person, "прежнее имя", where, on)
    after = PersonRef(told.surname, told.forename, told.patronymic)
    yield from name_remarks(after, f"{where}, новое имя")


@_remarks.register
def _marriage(told: MarriageReported, where: str, on: date) -> Iterator[Remark]:
    yield from _spouses(told, told.married_on, "Дата брака", where, on)


@_remarks.register
def _divorce(told: DivorceReported, where: str, on: date) -> Iterator[Remark]:
    yield from _spouses(told, told.divorced_on, "Дата расторжения брака", where, on)


@_remarks.register
def _paternity(told: PaternityReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    for person, who in ((told.child, "ребёнок"), (told.father, "отец"), (told.mother, "мать")):
        yield from person_remarks(person, who, where, on)
    after = PersonRef(told.surname_after, told.forename_after, told.patronymic_after)
    yield from name_remarks(after, f"{where}, новое имя ребёнка")
    yield from _same_snils(where, told.child, told.mother, told.father)
    born_on, father_born_on = told.child.birth_date, told.father.birth_date
    if born_on and father_born_on and father_born_on > born_on:
        yield remark("parent_younger", where, parent="Отец", parent_born_on=father_born_on, born_on=born_on)


@_remarks.register
def _disability(told: DisabilityReported, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "гражданин", where, on)
    yield from _after_birth(told.person, told.valid_from, "Начало инвалидности", where)


@_remarks.register
def _income(told: IncomeAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "получатель дохода", where, on)
    if told.year > on.year:
        yield remark("number_range", where, field="Отчётный год", value=told.year, expected=f"не позже {on.year}")
    if any(amount < 0 for amount in (*told.kopecks_by_month.values(), told.declared_kopecks)):
        yield remark("number_range", where, field="Сумма дохода", value="меньше нуля", expected="от 0")


@_remarks.register
def _unemployment(told: UnemploymentAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "гражданин", where, on)
    for period in told.periods:
        yield from future_remarks(period.start, "Постановка на учёт", where, on)


@_remarks.register
def _answer(told: AnswerGiven, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "гражданин", where, on)
    yield from future_remarks(told.answered_on, "Дата ответа", where, on)


@_remarks.register
def _figures(told: FiguresAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "гражданин", where, on)
    yield from future_remarks(told.as_of, "Дата сведений", where, on)
    for name, figure in told.figures.items():
        if figure < 0:
            yield remark("number_range", where, field=name, value="меньше нуля", expected="от 0")


@_remarks.register
def _person(told: PersonTold, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "гражданин", where, on)
    yield from future_remarks(told.told_on, "Дата сведений", where, on)


@_remarks.register
def _year_income(told: YearIncomeAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "получатель дохода", where, on)
    if told.year > on.year:
        yield remark("number_range", where, field="Отчётный год", value=told.year, expected=f"не позже {on.year}")
    yield from _no_negative((told.kopecks, *told.kopecks_by_month.values()), where)


@_remarks.register
def _payments(told: PaymentsAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "получатель выплат", where, on)
    yield from _no_negative(told.kopecks_by_month.values(), where)
    for year, month in told.kopecks_by_month:
        if not 1 <= month <= MONTHS or (year, month) > (on.year, on.month):
            expected = f"месяц с 01 по 12 не позже {on:%m.%Y}"
            yield remark("number_range", where, field="Месяц выплаты", value=f"{month:02d}.{year}", expected=expected)


@_remarks.register
def _registration(told: RegistrationAnswered, where: str, on: date) -> Iterator[Remark]:
    if told.period:
        yield from future_remarks(told.period.start, "Начало регистрации", where, on)


@_remarks.register
def _vehicles(told: VehiclesAnswered, where: str, on: date) -> Iterator[Remark]:
    for one in told.vehicles:
        if one.year is not None and not FIRST_CAR <= one.year <= on.year + 1:
            expected = f"от {FIRST_CAR} до {on.year + 1}"
            yield remark("number_range", where, field="Год выпуска", value=one.year, expected=expected)
        if one.power is not None and one.power < 0:
            yield remark("number_range", where, field="Мощность", value="меньше нуля", expected="от 0")


@_remarks.register
def _realty(told: RealtyAnswered, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "правообладатель", where, on)
    yield from future_remarks(told.as_of, "Дата сведений", where, on)
    if any(one.share > 1 for one in told.objects):
        yield remark("number_range", where, field="Доля в праве", value="больше целого", expected="не больше 1/1")


@_remarks.register
def _state(told: StateReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.person, "гражданин", where, on)
    yield from future_remarks(told.period.start, "Начало срока", where, on)
    yield from _after_birth(told.person, told.period.start, "Начало срока", where)


@_remarks.register
def _guardianship(told: GuardianshipReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.ward, "подопечный", where, on)
    yield from person_remarks(told.guardian, "опекун", where, on)
    yield from _same_snils(where, told.ward, told.guardian)
    yield from future_remarks(told.period.start, "Начало срока", where, on)
    yield from _after_birth(told.ward, told.period.start, "Начало срока", where)


@_remarks.register
def _delivery(told: DeliveryReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.mother, "мать", where, on)
    yield from future_remarks(told.happened_on, "Дата родов", where, on)
    yield from _after_birth(told.mother, told.happened_on, "Дата родов", where)
    if not 0 <= told.alive <= told.born or not told.born:
        yield remark("born_count", where, alive=told.alive, born=told.born)


@_remarks.register
def _large_family(told: LargeFamilyReported, where: str, on: date) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    yield from person_remarks(told.parent, "родитель", where, on)
    yield from _same_snils(where, told.parent, *told.children)
    for number, one in enumerate(told.children, start=1):
        yield from person_remarks(one, f"ребёнок {number}", where, on)


@_remarks.register
def _employment(told: EmploymentReported, where: str, on: date) -> Iterator[Remark]:
    yield from snils_remarks(told.snils, where)
    yield from future_remarks(told.happened_on, "Дата события", where, on)
    if not inn_is_valid(told.employer_inn):
        yield remark("inn_wrong", where, inn=told.employer_inn)


@_remarks.register
def _newborn(told: NewbornSnilsReported, where: str, on: date) -> Iterator[Remark]:
    yield from person_remarks(told.person, "ребёнок", where, on)
    yield from snils_remarks(told.mother_snils, f"{where}, мать")


@_remarks.register
def _residence(told: ResidenceReported, where: str, on: date) -> Iterator[Remark]:
    yield from snils_remarks(told.snils, where)
    yield from future_remarks(told.moved_on, "Дата регистрации", where, on)


@_remarks.register
def _credits(told: CreditStatement, where: str, on: date) -> Iterator[Remark]:
    yield from future_remarks(told.stated_on, "Дата выписки", where, on)
    numbers = Counter(line.number for line in told.lines)
    for number, count in numbers.items():
        if count > 1:
            yield remark("line_repeated", where, number=number)


@_remarks.register
def _citizen(told: CitizenAct, where: str, on: date) -> Iterator[Remark]:
    for snils, who in ((told.snils, "заявитель"), (told.child_snils, "ребёнок"), (told.deceased_snils, "умерший")):
        yield from snils_remarks(snils, f"{where}, {who}")
    yield from future_remarks(told.done_on, "Дата обращения", where, on)
    if (told.bik or told.account) and not account_is_valid(told.bik or "", told.account or ""):
        yield remark("account_wrong", where)


def _no_negative(amounts: Iterable[int], where: str) -> Iterator[Remark]:
    if any(amount < 0 for amount in amounts):
        yield remark("number_range", where, field="Сумма дохода", value="меньше нуля", expected="от 0")


def _act(act: ActEdition, where: str, on: date) -> Iterator[Remark]:
    yield from future_remarks(act.key.registered_on, "Дата записи акта", where, on)
    yield from future_remarks(act.dated_on, "Дата редакции записи", where, on)


def _recorded_after(act: ActEdition, happened_on: date, where: str) -> Iterator[Remark]:
    if act.key.registered_on < happened_on:
        yield remark("record_before_event", where, recorded_on=act.key.registered_on, happened_on=happened_on)


def _after_birth(person: PersonRef, happened_on: date | None, field: str, where: str) -> Iterator[Remark]:
    if happened_on and person.birth_date and happened_on < person.birth_date:
        yield remark("event_before_birth", where, field=field, happened_on=happened_on, born_on=person.birth_date)


def _same_snils(where: str, *people: PersonRef | None) -> Iterator[Remark]:
    known = [person.snils for person in people if person and person.snils]
    if len(known) != len(set(known)):
        yield remark("snils_repeated", where)


def _spouses(
    told: MarriageReported | DivorceReported, happened_on: date | None, field: str, where: str, on: date
) -> Iterator[Remark]:
    yield from _act(told.act, where, on)
    for person, who in ((told.husband, "супруг"), (told.wife, "супруга")):
        yield from person_remarks(person, who, where, on)
        yield from _after_birth(person, happened_on, field, where)
    if happened_on is None:
        yield remark("date_missing", where, field=field)
        return
    yield from future_remarks(happened_on, field, where, on)
