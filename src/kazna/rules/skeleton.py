"""The first text of a new measure: it runs at once, and names every place its author has to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kazna.rules.documents.folders import INSTALLED

LAW_FILE = f"""\
# Папка законов. Словарь сведений, списки людей и общие числа берутся из закона, который назван в extends:
# {INSTALLED} — тот, что пришёл с программой, или путь к другой папке от этой.
extends: {INSTALLED}
"""
PARAMETERS = """\
# Числа закона этой меры. Каждое — с датами действия, актом и источником; новое значение — новая строка.
parameters:
  {figure}:
    title: "{title}: размер"
    type: money
    unit: рублей
    values:
      # Прежнюю строку закрывают днём to, новую открывают днём from. verified: true — когда сверено с текстом акта.
      - {{from: {start}, value: 10000, verified: false,
         law: "ЗАПОЛНИТЕ: акт и статья с размером", source: "ЗАПОЛНИТЕ: где прочитано"}}
"""
MEASURE = """\
# Мера поддержки, одна редакция. Проверка: kazna law check; примеры: kazna law test; словами: kazna law show {measure}
measure: {measure}
code: "ЗАПОЛНИТЕ: код меры в реестре"
title: "{title}"
short_title: "{title}"
kind: BENEFIT            # PENSION, BENEFIT, COMPENSATION, SUBSIDY, CERTIFICATE, IN_KIND, SERVICE …
level: {level}
{region}form: cash               # cash, in_kind, service, certificate
decided_for: {unit}       # о ком решается: child — о ребёнке, person — о самом человеке
paid_to: {paid_to}
period: once             # once, month, year
edition: {{from: {start}, to: null, text: "ЗАПОЛНИТЕ: какая редакция акта"}}

law:                     # акты, на которые ссылаются условия, сумма и срок
  act: {{act: "ЗАПОЛНИТЕ: полное название акта, дата и номер", place: "ЗАПОЛНИТЕ: статья или пункт", verified: false}}

governing_date: application.date   # на какой день берутся закон и числа
parameters: [{figure}]

# Условия выполняются все сразу. Сведения называйте именами словаря: kazna law list, редактор с подсказками.
conditions:
{conditions}
amount:
  title: Размер по закону
  law: act
  value: {figure}

passport:                # как мера исполняется
  regulation: applied    # типовой регламент из law/regulations.yaml: automatic, offered, applied, assessed…
  body: dszn             # кто решает: sfr, dszn, municipality
{applicants}  mode: application      # proactive_decision, proactive_notice, application, employer_proactive
  decision_days: 10      # рабочих дней на решение
  ends_on: [DEATH_CITIZEN]
  payment: {{first_within_working_days: 5}}
  texts:
    granted: "Вам назначена выплата: {{amount}}."
    refused: "Выплата не назначена. Причина: {{reason}}"

# Примеры: назначение, нехватка сведений и по каждому условию — отказ только из-за него, по обе стороны границы.
tests:
{tests}"""
APPLICANTS = """\
  applicants: [mother, father]   # кто обращается; в этом порядке, первый, кому положено
"""
RESIDENCE = """\
  - id: residence
    title: {whose} живёт в регионе
    when: {who}.region = '{region}'
    law: act
    refusal: Выплата — для тех, кто живёт в регионе.
"""
FEDERAL = """\
  - id: residence
    title: {whose} постоянно живёт в России
    when: {who}.residence_permanent
    law: act
    refusal: Выплата — для тех, кто постоянно живёт в России.
"""
AGE_OF_CHILD = """\
  - id: age
    title: Ребёнку от 7 до 17 лет
    when: age(child.birth_date, application.date) between 7 and 17
    law: act
    refusal: Выплата — на детей от 7 до 17 лет.

"""
AGE_OF_PERSON = """\
  - id: age
    title: Человеку 65 лет и больше
    when: age(person.birth_date, application.date) >= 65
    law: act
    refusal: Выплата — с 65 лет.

"""
TESTS = """\
  - name: всё выполнено
    on: {day}
    given: &ok
      application.date: {day}
      {home}: {here}
      {born}: {inside}
    expect: {{state: granted, amount: 10000}}
  - name: живёт не здесь
    on: {day}
    given: {{<<: *ok, {home}: {away}}}
    expect: {{state: refused, because: [residence]}}
  - name: день до нужного возраста
    on: {day}
    given: {{<<: *ok, {born}: {before}}}
    expect: {{state: refused, because: [age]}}
  - name: дата рождения неизвестна
    on: {day}
    given: {{<<: *ok, {born}: null}}
    expect: {{state: unknown, missing: [{born}]}}
"""
LAST_YEAR = """\
  - name: последний день до 18 лет
    on: {day}
    given: {{<<: *ok, {born}: {last}}}
    expect: {{state: granted}}
  - name: исполнилось 18 лет
    on: {day}
    given: {{<<: *ok, {born}: {after}}}
    expect: {{state: refused, because: [age]}}
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the author has decided before writing. `region`: its code, empty for a federal measure."""

    measure: str
    title: str
    level: str
    region: str
    unit: str
    start: date

    @property
    def figure(self) -> str:
        """The name of the parameter with the amount."""
        return f"{self.measure.replace('-', '_')}_amount"


def skeleton(draft: Draft) -> dict[str, str]:
    """Path inside the folder of law → text; law.yaml too, for a folder that has none."""
    is_child = draft.unit == "child"
    who = "applicant" if is_child else "person"
    whose = "Заявитель" if is_child else "Человек"
    residence = RESIDENCE if draft.region else FEDERAL
    conditions = residence.format(who=who, whose=whose, region=draft.region) + (
        AGE_OF_CHILD if is_child else AGE_OF_PERSON
    )
    day = draft.start.replace(month=9, day=1) if draft.start <= date(draft.start.year, 9, 1) else draft.start
    years = 7 if is_child else 65
    birthday = date(day.year - years, day.month, day.day)
    tests = TESTS.format(
        day=day,
        home=f"{who}.region" if draft.region else f"{who}.residence_permanent",
        here=f"'{draft.region}'" if draft.region else "true",
        away=("'77'" if draft.region != "77" else "'50'") if draft.region else "false",
        born="child.birth_date" if is_child else "person.birth_date",
        inside=birthday,
        before=birthday + timedelta(days=1),
    )
    if is_child:
        grown = date(day.year - 18, day.month, day.day)
        tests += LAST_YEAR.format(day=day, born="child.birth_date", last=grown + timedelta(days=1), after=grown)
    measure = MEASURE.format(
        measure=draft.measure,
        title=draft.title,
        level=draft.level,
        region=f'region: "{draft.region}"\n' if draft.region else "",
        unit=draft.unit,
        paid_to=who,
        applicants=APPLICANTS if is_child else "",
        start=draft.start,
        figure=draft.figure,
        conditions=conditions,
        tests=tests,
    )
    return {
        "law.yaml": LAW_FILE,
        f"parameters/{draft.figure.removesuffix('_amount')}.yaml": PARAMETERS.format(
            figure=draft.figure, title=draft.title, start=draft.start
        ),
        f"measures/{draft.measure}/{draft.start}.yaml": measure,
    }
