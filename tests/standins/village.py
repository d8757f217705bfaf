"""A village made by hand: every kind of happening once, every person there for a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from kazna.kernel.identifiers import account_is_valid, snils_control
from kazna.population import Employers, Happening, People, Region

START, END = date(2024, 11, 1), date(2026, 10, 31)
BIK = "044525225"
(
    MOTHER,
    FATHER,
    FIRST_CHILD,
    SECOND_CHILD,
    WIDOW,
    HUSBAND_OF_WIDOW,
    BRIDE,
    GROOM,
    DISABLED,
    JOBLESS,
    RENAMED,
    WIFE_WHO_LEAVES,
    HUSBAND_LEFT,
    MOTHER_WITH_CLOSED_ACCOUNT,
    NEWBORN,
    NEWBORN_OF_CLOSED,
) = range(16)
PEOPLE = [  # sex, born, surname, forename, patronymic
    ("F", date(1992, 3, 5), "Иванова", "Анна", "Петровна"),
    ("M", date(1990, 7, 1), "Иванов", "Пётр", "Ильич"),
    ("M", date(2015, 1, 9), "Иванов", "Илья", "Петрович"),
    ("F", date(2019, 6, 2), "Иванова", "Вера", "Петровна"),
    ("F", date(1950, 2, 11), "Кузнецова", "Нина", "Львовна"),
    ("M", date(1948, 9, 30), "Кузнецов", "Лев", "Олегович"),
    ("F", date(2000, 5, 5), "Белова", "Ольга", "Игоревна"),
    ("M", date(1999, 4, 4), "Чернов", "Олег", "Игоревич"),
    ("M", date(1980, 8, 8), "Сидоров", "Сергей", None),
    ("M", date(1985, 12, 12), "Орлов", "Иван", "Иванович"),
    ("F", date(1995, 10, 10), "Щукина", "Мария", "Ивановна"),
    ("F", date(1988, 1, 1), "Соколова", "Дарья", "Олеговна"),
    ("M", date(1987, 1, 1), "Соколов", "Денис", "Олегович"),
    ("F", date(1996, 2, 2), "Громова", "Юлия", "Павловна"),
    ("F", date(2025, 1, 10), "Иванова", "Мария", "Петровна"),
    ("M", date(2025, 2, 3), "Громов", "Юрий", "Павлович"),
]
TIES = {
    "spouse": [
        (MOTHER, FATHER),
        (WIDOW, HUSBAND_OF_WIDOW),
        (WIFE_WHO_LEAVES, HUSBAND_LEFT),
    ],
    "mother": [
        (FIRST_CHILD, MOTHER),
        (SECOND_CHILD, MOTHER),
        (NEWBORN, MOTHER),
        (NEWBORN_OF_CLOSED, MOTHER_WITH_CLOSED_ACCOUNT),
    ],
    "father": [(FIRST_CHILD, FATHER), (SECOND_CHILD, FATHER), (NEWBORN, FATHER)],
}


def build_village() -> Region:
    people = People.blank(len(PEOPLE))
    for person, (sex, born, surname, forename, patronymic) in enumerate(PEOPLE):
        people.sex[person], people.birth_date[person] = sex, np.datetime64(born)
        people.surname[person], people.forename[person] = surname, forename
        people.patronymic[person] = patronymic or ""
        people.snils[person] = snils(112_233_000 + person)
        people.alive_at_start[person] = person < NEWBORN
        people.city[person], people.oktmo[person] = "Москва", "45000000"
        people.address[person] = f"г. Москва, ул. Садовая, д. {person + 1}"
        people.household[person] = person
        if born.year < 2010:
            people.passport[person] = f"4512 {100_000 + person}"
            people.passport_issued_on[person] = np.datetime64(date(2020, 1, 1))
            people.passport_issuer[person] = "ГУ МВД России по г. Москве"
            people.bik[person], people.account[person] = BIK, account(person)
    for column, pairs in TIES.items():
        for one, other in pairs:
            getattr(people, column)[one] = other
            if column == "spouse":
                people.spouse[other] = one
                people.married_on[[one, other]] = np.datetime64(date(2012, 6, 1))
    people.employer[FATHER], people.wage_kopecks[FATHER] = 0, 9_000_000
    people.employed_since[FATHER] = np.datetime64(date(2018, 1, 15))
    people.insurance_years_tenths[FATHER], people.ipk_thousandths[FATHER] = 105, 45_123
    people.pension_type[WIDOW], people.pension_kopecks[WIDOW] = "old_age", 2_345_678
    people.pension_since[WIDOW] = np.datetime64(date(2010, 2, 11))
    people.disability_group[HUSBAND_OF_WIDOW] = "II"
    people.disability_cause[HUSBAND_OF_WIDOW] = "general"
    people.disability_since[HUSBAND_OF_WIDOW] = np.datetime64(date(2020, 5, 1))
    people.account_trouble[MOTHER_WITH_CLOSED_ACCOUNT] = "closed"
    people.student[BRIDE] = True
    return Region(
        code="77",
        name="Москва",
        seed=7,
        start=START,
        end=END,
        people=people,
        employers=Employers(inn=["7707083893"], name=["ООО Ромашка"], okved=["62.01"]),
        happenings=sorted(happenings(), key=lambda each: (each.day, each.kind, each.person)),
    )


def happenings() -> list[Happening]:
    return [
        happening(date(2025, 1, 10), "birth", NEWBORN, MOTHER, 5, father=FATHER, order=3, multiple=1, live=True),
        happening(date(2025, 1, 10), "newborn_snils", NEWBORN, MOTHER, 8),
        happening(
            date(2025, 2, 3),
            "birth",
            NEWBORN_OF_CLOSED,
            MOTHER_WITH_CLOSED_ACCOUNT,
            6,
            father=None,
            order=1,
            multiple=1,
            live=True,
        ),
        happening(date(2025, 2, 3), "newborn_snils", NEWBORN_OF_CLOSED, MOTHER_WITH_CLOSED_ACCOUNT, 9),
        happening(date(2025, 3, 1), "death", HUSBAND_OF_WIDOW, None, 2),
        happening(date(2025, 4, 12), "marriage", GROOM, BRIDE, 0, new_surname="Чернова"),
        happening(
            date(2025, 5, 20),
            "divorce",
            HUSBAND_LEFT,
            WIFE_WHO_LEAVES,
            3,
            wife_surname="Ветрова",
            married_on="2012-06-01",
        ),
        happening(
            date(2025, 6, 16),
            "name_change",
            RENAMED,
            None,
            0,
            surname="Рыбакова",
            forename="Мария",
            patronymic="Ивановна",
            reason="own_will",
        ),
        happening(date(2025, 7, 1), "move", RENAMED, None, 4, address="г. Москва, ул. Новая, д. 2", household=3),
        happening(date(2025, 8, 15), "dismissed", FATHER, 0, 1, reason="staff_cut"),
        happening(date(2025, 8, 20), "unemployed_from", FATHER, None, 0),
        happening(date(2025, 10, 1), "hired", FATHER, 0, 1, wage_kopecks=10_000_000),
        happening(date(2025, 10, 1), "unemployed_to", FATHER, None, 0),
        happening(
            date(2025, 9, 9),
            "disability_set",
            DISABLED,
            None,
            3,
            group="I",
            cause="general",
            from_childhood=False,
            **{"from": "2025-09-09", "to": "2027-10-01"},
        ),
        happening(
            date(2026, 2, 2),
            "disability_renewed",
            DISABLED,
            None,
            3,
            group="I",
            cause="general",
            from_childhood=False,
            **{"from": "2026-02-02", "to": None},
        ),
        happening(date(2026, 3, 3), "pension_age", JOBLESS, None, 0),
    ]


def happening(day: date, kind: str, person: int, other: int | None, later: int, **details: Any) -> Happening:
    return Happening(day, kind, person, other, date.fromordinal(day.toordinal() + later), details)


def snils(number: int) -> str:
    return f"{number:09d}{snils_control(f'{number:09d}')}"


def account(person: int) -> str:
    return next(number for key in range(10) if account_is_valid(BIK, number := f"40817810{key}0000{person:07d}"))
