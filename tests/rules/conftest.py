"""A small invented law to try the engine on: written to a folder, changed by each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kazna.rules import Library, Problem, load_library, read_library

FACTS = """\
facts:
  application.date: {type: date, title: Дата заявления, short: дата заявления, holder: Фонд, cost: own}
  applicant.citizen: {type: bool, title: Заявитель — гражданин, holder: МВД, cost: request, days: 2}
  applicant.resident: {type: bool, title: Живёт в России, question: Вы живёте в России?, cost: citizen}
  applicant.region: {type: enum, values: ['77', '54'], title: Регион, holder: МВД, cost: own}
  applicant.group: {type: enum, values: {I: первая, II: вторая, none: нет}, title: Группа, holder: ФРИ, cost: vitrine}
  applicant.income: {type: money, title: Доход заявителя, holder: ФНС, cost: request, days: 5}
  applicant.debt: {type: money, range: [-1000, 1000000], title: Долг, holder: ФССП, cost: request}
  applicant.points: {type: rate, range: [0, 500], title: Коэффициент, holder: Фонд, cost: own}
  applicant.years: {type: int, range: [0, 60], unit: лет, title: Стаж, holder: Фонд, cost: own}
  applicant.share: {type: int, range: [1, 12], title: Доля, holder: Фонд, cost: own}
  applicant.earnings: {type: series, range: [-100, 100000], title: Заработок, holder: СФР, cost: own}
  child.birth_date: {type: date, title: Дата рождения ребёнка, holder: ЗАГС, cost: own, fixed: true}
  member.birth_date: {type: date, title: Дата рождения, holder: ЗАГС, cost: own}
  member.income: {type: money, title: Доход за год, holder: ФНС, cost: request, days: 5}
  member.student: {type: bool, title: Учится очно, question: Учится очно?, cost: citizen}
  member.earnings: {type: series, title: Доход по месяцам, holder: ФНС, cost: request, days: 5}
  member.grants: {type: int, range: [0, 5], title: Выплаты, holder: Фонд, cost: own}
relations:
  member:
    title: Семья
    law: Закон об примере, статья 2
    min: 1
    max: 10
    parts:
      - {id: self, tie: applicant}
      - {id: spouse, tie: spouse}
      - {id: minor, tie: child, when: "age(member.birth_date, application.date) < 18"}
      - id: student
        tie: child
        when: age(member.birth_date, application.date) between 18 and 22 and member.student
"""
PARAMETERS = """\
parameters:
  base:
    title: Базовая сумма
    type: money
    values:
      - {from: 2024-01-01, to: 2024-12-31, value: 1000, law: Закон, verified: true}
      - {from: 2025-01-01, value: 1100.50, law: Закон о бюджете, verified: false}
  pm:
    title: Прожиточный минимум
    type: money
    by: region
    values:
      - {from: 2025-01-01, to: 2025-12-31, value: {77: 23908}, law: Закон Москвы, verified: true}
  edv:
    title: Выплата по группе
    type: money
    by: group
    values:
      - {from: 2024-01-01, value: {I: 6000, II: 4000, none: 0}, law: Закон, verified: true}
tables:
  pension_age:
    title: Возраст
    law: Закон, приложение
    key: int
    value: rate
    rows:
      - {from: 1959, value: 60.5}
      - {from: 1960, to: 1961, value: 61.5}
      - {from: 1962, to: 1990, value: 65}
  share_by_group:
    title: Доля по группе
    law: Закон
    key: enum
    value: rate
    rows: [{key: I, value: 1}, {key: II, value: 0.5}, {key: none, value: 0}]
"""
MEASURE = """\
measure: ru-example
code: X01
title: Выплата для примера
kind: BENEFIT
level: federal
form: cash
decided_for: child
paid_to: applicant
period: month
edition: {from: 2024-01-01, to: null, text: первая}
law:
  fz1: {act: Федеральный закон от 01.01.2020 № 1-ФЗ, place: статья 3}
governing_date: application.date
parameters: [base]
steps:
  income: {title: Доход семьи, value: sum(member.income)}
conditions:
  - {id: citizen, title: Заявитель — гражданин, when: applicant.citizen, law: fz1}
  - id: age
    title: Ребёнку нет 17 лет
    when: age(child.birth_date, application.date) < 17
    law: fz1
    place: статья 9
  - {id: poor, title: Доход семьи небольшой, when: income <= 500000 rub, law: fz1}
amount: {title: Базовая сумма, law: fz1, value: base}
term: {law: fz1, from: month_start(application.date), to: "add_days(add_years(month_start(application.date), 1), -1)"}
passport: {mode: application, decision_days: 10}
tests:
  - name: назначение
    on: 2025-03-10
    given: &ok
      applicant.citizen: true
      child.birth_date: 2020-05-05
      application.date: 2025-03-10
      member: [{tie: applicant, income: 300000}, {tie: spouse, income: 0}]
    expect: {state: granted, amount: 1100.50, term_from: 2025-03-01, term_to: 2026-02-28}
  - {name: не гражданин, on: 2025-03-10, given: {<<: *ok, applicant.citizen: false},
     expect: {state: refused, because: [citizen]}}
  - {name: уже 17, on: 2025-03-10, given: {<<: *ok, child.birth_date: 2008-03-10},
     expect: {state: refused, because: [age]}}
  - {name: доход велик, on: 2025-03-10, given: {<<: *ok, member: [{tie: applicant, income: 500000.01}]},
     expect: {state: refused, because: [poor]}}
  - {name: на обеих границах, on: 2025-03-10, given: {<<: *ok, child.birth_date: 2008-03-11,
     member: [{tie: applicant, income: 500000}]}, expect: {state: granted}}
  - {name: доход неизвестен, on: 2025-03-10, given: {<<: *ok, member: [{tie: applicant, income: null}]},
     expect: {state: unknown, missing: ["member[0].income"]}}
"""

Write = Callable[..., Path]


@pytest.fixture
def write_law(tmp_path: Path) -> Write:
    """Write the example law; other arguments replace or add texts, `change` edits the measure."""

    def write(
        *,
        measure: str = MEASURE,
        facts: str = FACTS,
        parameters: str = PARAMETERS,
        definitions: str | None = None,
        calendar: str | None = None,
        change: tuple[str, str] | None = None,
    ) -> Path:
        if change is not None:
            assert change[0] in measure
            measure = measure.replace(*change)
        law = tmp_path / "law"
        for folder, name, text in (
            ("facts", "facts.yaml", facts),
            ("parameters", "parameters.yaml", parameters),
            ("measures/ru-example", "2024-01-01.yaml", measure),
        ):
            (law / folder).mkdir(parents=True, exist_ok=True)
            (law / folder / name).write_text(text, encoding="utf-8")
        if definitions is not None:
            (law / "definitions").mkdir(exist_ok=True)
            (law / "definitions" / "all.yaml").write_text(definitions, encoding="utf-8")
        if calendar is not None:
            (law / "calendar.yaml").write_text(calendar, encoding="utf-8")
        return law

    return write


@pytest.fixture
def library(write_law: Write) -> Library:
    return load_library(write_law())


@pytest.fixture
def problems_of(write_law: Write) -> Callable[..., list[Problem]]:
    """The problems of the example law with something changed."""
    return lambda **changes: read_library(write_law(**changes))[1]
