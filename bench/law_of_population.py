"""A law of generated measures over a generated population, for benches: each has 6-9 conditions and an amount.

python bench/law_of_population.py FOLDER [MEASURES]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

TODAY = date(2025, 11, 1)
REGIONS = [f"{region:02d}" for region in range(1, 90)]
FACTS = f"""\
facts:
  person.region: {{type: enum, values: {REGIONS}, title: Регион, holder: МВД, cost: own}}
  person.birth_date: {{type: date, title: Дата рождения, holder: ЗАГС, cost: own}}
  person.sex: {{type: enum, values: {{F: женский, M: мужской}}, title: Пол, holder: ЗАГС, cost: own}}
  person.disability: {{type: int, range: [0, 3], title: Группа инвалидности, holder: ФРИ, cost: own}}
  person.student: {{type: bool, title: Учится, holder: вуз, cost: own}}
  person.veteran: {{type: bool, title: Ветеран, holder: Фонд, cost: own}}
  person.employed: {{type: bool, title: Работает, holder: Фонд, cost: own}}
  person.job_seeker: {{type: bool, title: Ищет работу, holder: служба занятости, cost: own}}
  person.citizen: {{type: bool, title: Гражданин, holder: МВД, cost: own}}
  person.registered_since: {{type: date, title: Прописан с, holder: МВД, cost: own}}
  person.pregnancy_weeks: {{type: int, range: [0, 45], title: Недель беременности, holder: клиника, cost: own}}
  person.dwelling_area: {{type: int, range: [0, 1000000], title: Площадь в сотых метра, holder: реестр, cost: own}}
  person.utility_debt: {{type: bool, title: Долг за квартиру, holder: ГИС ЖКХ, cost: own}}
  person.lone_parent: {{type: bool, title: Одинокий родитель, holder: ЗАГС, cost: own}}
  person.rural: {{type: bool, title: Живёт в селе, holder: МВД, cost: own}}
  member.birth_date: {{type: date, title: Дата рождения, holder: ЗАГС, cost: own}}
  member.adult: {{type: bool, title: Взрослый, holder: ЗАГС, cost: own}}
  member.disability: {{type: int, range: [0, 3], title: Группа инвалидности, holder: ФРИ, cost: own}}
  member.income: {{type: series, range: [0, 10000000], title: Доход по месяцам, holder: ФНС, cost: own}}
relations:
  member:
    title: Семья
    law: Закон о примере
    min: 1
    max: 30
    parts: [{{id: member, tie: member}}]
"""
DEFINITIONS = """\
law:
  fz1: {act: Федеральный закон от 01.01.2020 № 1-ФЗ, place: статья 1}
definitions:
  family_size: {title: Человек в семье, law: fz1, value: count(member)}
  children: {title: Детей, law: fz1, value: count(member where not member.adult)}
  babies: {title: Детей до 3 лет, law: fz1, value: "count(member where age(member.birth_date, today) < 3)"}
  preschoolers:
    title: Детей 3-6 лет
    law: fz1
    value: "count(member where age(member.birth_date, today) between 3 and 6)"
  disabled_members: {title: Инвалидов, law: fz1, value: "count(member where member.disability in {1, 2})"}
  income:
    title: Доход семьи за 12 месяцев
    law: fz1
    value: sum(window_sum(member.income, 12, add_months(today, -1)) where member.adult)
"""
MEASURE = """\
measure: {identity}
code: {code}
title: Мера {code}
kind: BENEFIT
level: {level}
form: cash
decided_for: person
paid_to: person
period: month
edition: {{from: 2024-01-01, to: null, text: первая}}
law:
  fz1: {{act: Федеральный закон от 01.01.2020 № 1-ФЗ, place: статья 3}}
governing_date: today
region_fact: person.region
parameters: [pm, pm_adult, pm_child, pm_pensioner]
uses: [family_size, children, babies, preschoolers, disabled_members, income]
conditions:
{conditions}
amount: {{title: Сумма, law: fz1, value: "{amount}"}}
passport: {{mode: application, decision_days: 10}}
"""


def parameters() -> str:
    """Four subsistence minimums by region, whole roubles."""
    rng = random.Random(7)
    lines = ["parameters:"]
    for name, low, spread in (("pm", 15000, 9000), ("pm_adult", 16000, 9500), ("pm_child", 14000, 9000),
                              ("pm_pensioner", 12000, 8000)):  # fmt: skip
        values = ", ".join(f"'{region}': {low + rng.randrange(spread)}" for region in REGIONS)
        lines += [f"  {name}:", f"    title: Прожиточный минимум {name}", "    type: money", "    by: region",
                  "    values:", f"      - {{from: 2024-01-01, law: Закон, value: {{{values}}}}}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def rule(rng: random.Random) -> tuple[list[str], str]:
    """The conditions and the amount of one generated measure."""

    def any_of(*options: object) -> str:
        return str(rng.choice(options))

    low = rng.randrange(0, 60)
    disabled, minimum = any_of("{1, 2}", "{1}", "{1, 2, 3}"), any_of("pm", "pm_adult")
    pool: list[Callable[[], str]] = [
        lambda: f"age(person.birth_date, today) between {low} and {low + rng.randrange(10, 45)}",
        lambda: f"person.sex = '{any_of('F', 'M')}'",
        lambda: f"income / 12 / family_size <= {minimum} * {any_of('0.75', '1', '1.2', '1.5', '2')}",
        lambda: f"children >= {any_of(1, 1, 2, 3)}",
        lambda: f"(babies >= 1 or preschoolers >= {any_of(1, 2)})",
        lambda: f"(person.disability in {disabled} or disabled_members >= 1)",
        lambda: any_of("person.employed", "not person.employed", "(person.employed or person.student)"),
        lambda: any_of("not person.job_seeker", "(person.job_seeker or not person.employed)"),
        lambda: "not person.student",
        lambda: any_of(
            "person.veteran", "(person.veteran or age(person.birth_date, today) >= 60)", "not person.veteran"
        ),
        lambda: any_of("person.rural", "not person.rural"),
        lambda: any_of("person.lone_parent", "not person.lone_parent", "(person.lone_parent or children >= 3)"),
        lambda: f"person.dwelling_area / family_size < {any_of(1200, 1800, 2500)}",
        lambda: "not person.utility_debt",
        lambda: f"person.registered_since <= add_months(today, -{any_of(6, 12, 36, 60)})",
        lambda: f"(person.pregnancy_weeks >= {any_of(6, 12)} or babies >= 1)",
    ]
    conditions = ["person.citizen"] + [make() for make in rng.sample(pool, rng.randrange(5, 9))]
    share = any_of("0.25", "0.5", "0.75", "1", "1.33")
    amounts = [
        f"round_half_up(pm_child * {share}, 100)",
        f"round_half_up(pm_adult * {share} + pm_child * 0.5 * children, 100)",
        "max(round_half_up((pm * 12 * family_size - income) / 12, 100), 0 rub)",
        f"if children >= 3 then round_half_up(pm_child * 1.5, 100) else round_half_up(pm_child * {share}, 100)",
        f"min(round_half_up(income / 12 / family_size * {share}, 1), pm_pensioner)",
    ]
    return conditions, rng.choice(amounts)


def measure(number: int, seed: int, region: str | None = None) -> str:
    """The document of one measure."""
    conditions, amount = rule(random.Random(seed))
    lines = [f'  - {{id: c{place}, title: Условие {place}, law: fz1, when: "{text}"}}'
             for place, text in enumerate(conditions)]  # fmt: skip
    level = f"region\nregion: '{region}'" if region else "federal"
    identity = f"r{region}-generated-{number:03d}" if region else f"ru-generated-{number:03d}"
    code = f"G{number:03d}"
    return MEASURE.format(identity=identity, code=code, level=level, conditions="\n".join(lines), amount=amount)


def write_law(folder: Path, documents: Iterable[tuple[str, str]]) -> None:
    """Facts, parameters, definitions and the measures given as (identity, document)."""
    for name, text in (("facts/all", FACTS), ("parameters/all", parameters()), ("definitions/all", DEFINITIONS)):
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for identity, text in documents:
        path = folder / "measures" / identity / "2024-01-01.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def federal(count: int) -> Iterable[tuple[str, str]]:
    for number in range(count):
        yield f"ru-generated-{number:03d}", measure(number, 44_000 + number)


if __name__ == "__main__":
    write_law(Path(sys.argv[1]), federal(int(sys.argv[2]) if len(sys.argv) > 2 else 44))
