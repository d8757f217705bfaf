"""A small invented law that uses the whole language, with few interesting values for every fact.

`small_law()` gives it ready: the library, the scope of an expression and the shared definitions as steps.
`SmallLaw.value(node, situation)` is what the exact interpreter answers; `SmallLaw.edition(text)` compiles a
measure document of this law. Back ends compare themselves with both.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from kazna.rules import Library, Situation, load_library
from kazna.rules.documents.definition_steps import DefinitionSteps
from kazna.rules.documents.measure import Step
from kazna.rules.documents.measure_reading import read_measure
from kazna.rules.documents.reading import Findings
from kazna.rules.documents.shared import Shared
from kazna.rules.documents.strict_yaml import parse_yaml
from kazna.rules.edition import Edition
from kazna.rules.evaluate.compiling import new_compiler
from kazna.rules.evaluate.environment import Environment
from kazna.rules.evaluate.references import GOVERNING_STEP
from kazna.rules.language.nodes import FactRef, Node
from kazna.rules.language.scope import Scope
from kazna.rules.language.types import DATE
from kazna.rules.language.typing import typed
from kazna.rules.situation import prepare

ON = date(2025, 6, 10)
FACTS = """\
facts:
  application.date: {type: date, title: Дата заявления, holder: Фонд, cost: own}
  applicant.citizen: {type: bool, title: Гражданин, holder: МВД, cost: own}
  applicant.resident: {type: bool, title: Живёт здесь, holder: МВД, cost: own}
  applicant.region: {type: enum, values: ['77', '54', '01'], title: Регион, holder: МВД, cost: own}
  applicant.group: {type: enum, values: [I, II, none], title: Группа, holder: ФРИ, cost: own}
  applicant.share: {type: int, range: [1, 3], title: Доля, holder: Фонд, cost: own}
  applicant.debts: {type: int, range: [-2, 2], title: Долги, holder: ФССП, cost: own}
  applicant.points: {type: rate, digits: 2, range: [0, 4], title: Баллы, holder: Фонд, cost: own}
  applicant.income: {type: money, range: [0, 1000], title: Доход, holder: ФНС, cost: own}
  applicant.balance: {type: money, range: [-500, 500], title: Прибыль, holder: ФНС, cost: own}
  applicant.birth_date: {type: date, title: Дата рождения, holder: ЗАГС, cost: own}
  applicant.earnings: {type: series, range: [-10, 500], title: Заработок, holder: СФР, cost: own}
  member.birth_date: {type: date, title: Дата рождения, holder: ЗАГС, cost: own}
  member.student: {type: bool, title: Учится, holder: Минобр, cost: own}
  member.group: {type: enum, values: [I, II, none], title: Группа, holder: ФРИ, cost: own}
  member.grants: {type: int, range: [0, 2], title: Выплаты, holder: Фонд, cost: own}
  member.points: {type: rate, digits: 1, range: [0, 2], title: Баллы, holder: Фонд, cost: own}
  member.income: {type: money, range: [0, 1000], title: Доход, holder: ФНС, cost: own}
  member.earnings: {type: series, range: [0, 300], title: Заработок, holder: СФР, cost: own}
relations:
  member:
    title: Семья
    law: Закон
    min: 1
    max: 4
    parts:
      - {id: self, tie: applicant}
      - {id: spouse, tie: spouse}
      - {id: minor, tie: child, when: "age(member.birth_date, application.date) < 18"}
      - {id: student, tie: child, when: member.student}
  friend:
    title: Друзья
    law: Закон
    same_facts_as: member
    min: 0
    max: 3
    parts: [{tie: friend}]
"""
PARAMETERS = """\
parameters:
  base:
    title: Базовая сумма
    type: money
    values:
      - {from: 2023-01-01, to: 2024-12-31, value: 100, law: Закон}
      - {from: 2025-01-01, value: 110.50, law: Закон}
  pm:
    title: Прожиточный минимум
    type: money
    by: region
    values: [{from: 2024-01-01, value: {77: 239, 54: 178.20}, law: Закон}]
  edv:
    title: Выплата по группе
    type: money
    by: group
    values: [{from: 2020-01-01, value: {I: 60, II: 40, none: 0}, law: Закон}]
  factor:
    title: Коэффициент
    type: rate
    values:
      - {from: 2020-01-01, to: 2025-01-31, value: 1.05, law: Закон}
      - {from: 2025-02-01, value: 1.2, law: Закон}
  least_age:
    title: Возраст
    type: int
    values: [{from: 2020-01-01, value: 18, law: Закон}]
  start_day:
    title: День
    type: date
    values: [{from: 2020-01-01, value: 2024-02-29, law: Закон}]
tables:
  rate_by_age:
    title: Доля по возрасту
    law: Закон
    key: int
    value: rate
    rows: [{to: 17, value: 0.5}, {from: 18, to: 59, value: 1}, {from: 60, value: 1.25}]
  pay_by_share:
    title: Сумма по доле
    law: Закон
    key: int
    value: money
    rows: [{from: 1, to: 1, value: 10}, {from: 2, to: 2, value: 20.02}]
  rate_by_group:
    title: Доля по группе
    law: Закон
    key: enum
    value: rate
    rows: [{key: I, value: 1}, {key: II, value: 0.5}, {key: none, value: 0}]
"""
DEFINITIONS = """\
law:
  fz2: {act: Федеральный закон № 2-ФЗ, place: статья 5}
definitions:
  family_size: {title: Человек в семье, law: fz2, value: count(member)}
  floor_income:
    title: Наименьший доход
    editions:
      - {from: 2024-01-01, to: 2024-12-31, law: fz2, value: 50 rub}
      - {from: 2025-01-01, law: fz2, value: base * family_size}
  large_family:
    title: Большая семья
    law: fz2
    by: region
    value: {default: family_size >= 3, '77': "family_size >= 4 or any(member where member.student)"}
"""
CALENDAR = """\
calendar:
  law: Трудовой кодекс РФ, статья 112
  source: вымышленный
  years:
    2024: {days_off: [2024-01-01, 2024-05-09], working_weekends: [2024-04-27]}
    2025: {days_off: [2025-01-01, 2025-05-09], working_weekends: [2025-11-01]}
"""
FILES = {
    "facts/all.yaml": FACTS,
    "parameters/all.yaml": PARAMETERS,
    "definitions/all.yaml": DEFINITIONS,
    "calendar.yaml": CALENDAR,
}
USES = ("family_size", "floor_income", "large_family")
HEAD = """\
measure: ru-small
code: X01
title: Выплата
kind: BENEFIT
level: federal
form: cash
decided_for: person
region_fact: applicant.region
paid_to: applicant
period: month
edition: {from: 2023-01-01, to: null, text: первая}
law: {fz1: {act: Федеральный закон № 1-ФЗ, place: статья 3}}
governing_date: application.date
passport: {mode: application, decision_days: 10}
"""


@dataclass(frozen=True)
class SmallLaw:
    """`steps`: the shared definitions, in the order of computation; `scope` knows their names."""

    library: Library
    scope: Scope
    steps: tuple[Step, ...]

    def typed(self, text: str) -> Node | None:
        """The expression, or None when the language refuses it (overflow, a divisor that may be zero)."""
        node, mistakes = typed(text, self.scope)
        return None if mistakes else node

    def value(self, node: Node, situation: Situation) -> Any:
        """The interpreter's answer: a value, a Span of bounds, or None."""
        compiler = new_compiler(self.library.tables, self.library.relations, self.library.calendar)
        compiler.steps[GOVERNING_STEP] = compiler.compile(FactRef(DATE, 0, "application.date"))
        for step in self.steps:
            compiler.steps[step.name] = compiler.compile(step.node)
        code = compiler.compile(node)
        prepared = prepare(situation, self.library.facts, self.library.relations)
        environment = Environment(
            facts=prepared.facts, people=prepared.people, today=ON, parameters=self.library.parameters
        )
        environment.governing = compiler.steps[GOVERNING_STEP].value(environment)
        return code.value(environment)

    def edition(self, text: str) -> Edition | None:
        """A measure document compiled, or None when it is refused."""
        findings = Findings()
        shared = Shared(self.library.tables, self.library.definitions, self.library.calendar)
        scope = replace(self.scope, steps={}, tables={}, region_fact=None)
        measure = read_measure(findings, parse_yaml(text, name="small.yaml"), scope, shared)
        if measure is None or any(problem.severity == "error" for problem in findings.problems):
            return None
        return Edition(measure, self.library.facts, self.library.relations, self.library.parameters)


@cache
def small_law() -> SmallLaw:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            path = Path(folder) / "law" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        library = load_library(Path(folder) / "law")
    scope = Scope(
        facts={name: fact.type for name, fact in library.facts.items() if not name.startswith("member.")},
        relations={name: relation.scope() for name, relation in library.relations.items()},
        parameters={name: parameter.scope() for name, parameter in library.parameters.items()},
        tables={name: table.scope for name, table in library.tables.items()},
        region_fact="applicant.region",
    )
    reading = DefinitionSteps(Findings(), scope, library.definitions)
    reading.take(USES)
    assert reading.findings.problems == []
    return SmallLaw(library, replace(scope, steps=reading.types), tuple(reading.steps))


DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 10), date(2023, 3, 1)]
BIRTHDAYS = [date(1960, 2, 29), date(2007, 6, 10), date(2007, 6, 11), date(2020, 2, 29), date(1995, 12, 31)]
VALUES: dict[str, list[Any]] = {
    "application.date": DAYS,
    "applicant.citizen": [True, False],
    "applicant.resident": [True, False],
    "applicant.region": ["77", "54", "01"],
    "applicant.group": ["I", "II", "none"],
    "applicant.share": [1, 2, 3],
    "applicant.debts": [-2, -1, 0, 2],
    "applicant.points": [0, Fraction(1, 4), Fraction(333, 100), 4],
    "applicant.income": [0, 1, 11050, 99999, 100000],
    "applicant.balance": [-50000, -1, 0, 12345],
    "applicant.birth_date": BIRTHDAYS,
}
MEMBER_VALUES: dict[str, list[Any]] = {
    "birth_date": BIRTHDAYS,
    "student": [True, False],
    "group": ["I", "II", "none"],
    "grants": [0, 1, 2],
    "points": [0, Fraction(1, 2), 2],
    "income": [0, 33, 10000, 100000],
}
MONTHLY = {"applicant.earnings": [-1000, 0, 1, 50000], "earnings": [0, 100, 30000]}
TIES = {"member": ["applicant", "spouse", "child"], "friend": ["friend"]}
SIZES = {"member": (1, 4), "friend": (0, 3)}
