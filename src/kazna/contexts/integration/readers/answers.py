"""Answers of the tax service and of the employment service to our questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from lxml import etree

from kazna.contexts.integration.contracts import (
    IdentityDocument,
    IncomeAnswered,
    PersonRef,
    UnemploymentAnswered,
)
from kazna.contexts.integration.readers.elements import (
    Placed,
    child,
    children,
    closed_period,
    day,
    is_true,
    kopecks,
    needed,
    needed_day,
    place,
    value,
)
from kazna.contexts.integration.readers.people import plain_name, plain_number, snils
from kazna.kernel.periods import Period


def incomes(root: etree._Element) -> Iterator[Placed]:
    """DOHFLNAResponse 4.0.1: months of all tax agents added up; declarations give only the year."""
    told = next(children(root, "ДохФЛ"))
    by_month: Counter[int] = Counter()
    declared = 0
    for agent in children(told, "ДохФЛ_НА"):
        for paid in children(agent, "СведДох_2НДФЛ"):
            for sum_ in children(paid, "ДохВыч"):
                for row in children(sum_, "СвСумДох"):
                    by_month[int(needed(row, "Месяц"))] += kopecks(needed(row, "СумДоход"))
        for stated in children(agent, "СведДох_НДПриб"):
            declared += kopecks(value(child(stated, "ДохНалПер"), "СумДохОбщ") or "0")
    yield Placed(
        place(told),
        IncomeAnswered(
            request_id=value(root, "ИдЗапрос"),
            person=_income_person(child(told, "ДохФЛ_НА", "ПолучДох")),
            year=int(needed(told, "ОтчетГод")[:4]),
            kopecks_by_month=dict(sorted(by_month.items())),
            declared_kopecks=declared,
        ),
    )


def _income_person(element: etree._Element | None) -> PersonRef | None:
    if element is None:
        return None
    name, document = child(element, "ФИО"), child(element, "УдЛичнФЛ")
    return PersonRef(
        surname=plain_name(value(name, "FamilyName")) or "",
        forename=plain_name(value(name, "FirstName")) or "",
        patronymic=plain_name(value(name, "Patronymic")),
        birth_date=day(element, "ДатаРожд"),
        document=None
        if document is None
        else IdentityDocument(needed(document, "DocumentCode"), plain_number(needed(document, "SeriesNumber"))),
    )


def unemployment(root: etree._Element) -> Iterator[Placed]:
    """SZNResponse 1.0.1: periods as unemployed; periods of merely looking for work are not taken."""
    number = snils(needed(root, "Snils")) or ""
    yield Placed(
        place(root),
        UnemploymentAnswered(
            person=PersonRef(
                surname=plain_name(value(root, "LastName")) or "",
                forename=plain_name(value(root, "FirstName")) or "",
                patronymic=plain_name(value(root, "MiddleName")),
                birth_date=day(root, "BirthDate"),
                snils=number,
            ),
            snils=number,
            asked_on=needed_day(root, "DateQuery"),
            is_present=is_true(value(root, "PresenceData")),
            periods=tuple(_periods(root)),
        ),
    )


def _periods(root: etree._Element) -> Iterator[Period]:
    listed = child(root, "RegistrationAccountPeriods")
    for one in () if listed is None else children(listed, "RegistrationAccountPeriod"):
        period = child(one, "AsTheUnemployed")
        if period is not None and (first := day(period, "DateStart")):
            yield closed_period(first, day(period, "DateEnd"), place(period))


def asked_on(root: etree._Element) -> date:
    return day(root, "DateFormationData") or needed_day(root, "DateQuery")
