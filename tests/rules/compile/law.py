"""A small invented law with every kind of fact, and strategies of expressions and families over it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from kazna.rules import Library, load_library
from kazna.rules.language.scope import Scope
from kazna.rules.language.typing import typed

ON = date(2025, 6, 10)
FACTS = """\
facts:
  application.date: {type: date, title: День, holder: Фонд, cost: own}
  applicant.citizen: {type: bool, title: Гражданин, holder: МВД, cost: own}
  applicant.resident: {type: bool, title: Живёт, holder: МВД, cost: own}
  applicant.region: {type: enum, values: ['77', '54', '01'], title: Регион, holder: МВД, cost: own}
  applicant.group: {type: enum, values: {I: первая, II: вторая, none: нет}, title: Группа, holder: ФРИ, cost: own}
  applicant.share: {type: int, range: [1, 3], title: Доля, holder: Фонд, cost: own}
  applicant.balance: {type: int, range: [-3, 3], title: Остаток, holder: Фонд, cost: own}
  applicant.rate: {type: rate, range: [-2, 2], digits: 2, title: Доля, holder: Фонд, cost: own}
  applicant.debt: {type: money, range: [-20, 20], title: Долг, holder: ФССП, cost: own}
  applicant.since: {type: date, title: С какого дня, holder: Фонд, cost: own}
  applicant.pay: {type: series, range: [-5, 50], title: Заработок, holder: ФНС, cost: own}
  member.birth_date: {type: date, title: Дата рождения, holder: ЗАГС, cost: own}
  member.student: {type: bool, title: Учится, holder: ФНС, cost: own}
  member.grants: {type: int, range: [-1, 2], title: Выплаты, holder: Фонд, cost: own}
  member.income: {type: money, range: [-10, 40], title: Доход, holder: ФНС, cost: own}
  member.kind: {type: enum, values: [a, none, II], title: Вид, holder: Фонд, cost: own}
  member.wages: {type: series, range: [0, 30], title: Заработок, holder: ФНС, cost: own}
relations:
  member:
    title: Семья
    law: Закон, статья 2
    min: 1
    max: 6
    parts:
      - {id: self, tie: applicant}
      - {id: spouse, tie: spouse, when: applicant.resident or member.student}
      - {id: minor, tie: child, when: "age(member.birth_date, application.date) < 18"}
      - {id: student, tie: child, when: member.student}
"""
PARAMETERS = """\
parameters:
  base:
    title: База
    type: money
    gaps: true
    values:
      - {from: 2024-01-01, to: 2024-12-31, value: 10, law: Закон, verified: true}
      - {from: 2025-03-01, value: 11.50, law: Закон, verified: true}
  pm:
    title: Минимум
    type: money
    by: region
    values: [{from: 2024-01-01, value: {77: 23, 54: 17.01}, law: Закон, verified: true}]
  share_of:
    title: Доля
    type: rate
    by: group
    values: [{from: 2020-01-01, value: {I: 0.5, II: 1.25}, law: Закон, verified: true}]
  start:
    title: Начало
    type: date
    gaps: true
    values: [{from: 2024-01-01, to: 2025-05-31, value: 2024-02-29, law: Закон, verified: true}]
tables:
  steps_by_years:
    title: Шкала
    law: Закон
    key: int
    value: rate
    rows: [{from: -1, value: 0.5}, {from: 0, to: 1, value: 2}, {from: 2, to: 3, value: 1.1}]
  by_day:
    title: По дню
    law: Закон
    key: date
    value: bool
    rows:
      - {to: 2020-12-31, value: true}
      - {from: 2021-01-01, to: 2024-02-29, value: false}
      - {from: 2024-03-01, value: true}
  by_rate:
    title: По доле
    law: Закон
    key: rate
    value: int
    rows: [{from: -1, below: 0.25, value: 3}, {from: 0.25, below: 0.5, value: 1}, {from: 0.5, value: 2}]
  word:
    title: По слову
    law: Закон
    key: enum
    value: date
    rows: [{key: I, value: 2024-02-29}, {key: II, value: never}, {key: none, value: 2025-06-10}]
"""
MEASURE = """\
measure: ru-example
code: X01
title: Пример
kind: BENEFIT
level: federal
form: cash
decided_for: person
paid_to: applicant
period: month
edition: {{from: 2020-01-01, to: null, text: первая}}
law:
  fz1: {{act: Федеральный закон от 01.01.2020 № 1-ФЗ, place: статья 3}}
governing_date: "{governing}"
region_fact: applicant.region
parameters: [base, pm, share_of, start]
steps:
  size: {{title: Размер, law: fz1, value: "{step}"}}
conditions:
  - {{id: first, title: Первое, when: "{first}", law: fz1}}
  - {{id: second, title: Второе, when: "{second}", law: fz1, since: 2024-03-01, until: 2025-06-10}}
  - {{id: third, title: Третье, when: "size < 4 or applicant.citizen", law: fz1}}
amount: {{title: Сумма, law: fz1, value: "{amount}"}}
term: {{law: fz1, from: "{day}", to: "latest({day}, add_months(application.date, 12))"}}
passport: {{mode: application, decision_days: 10}}
"""


def said(pattern: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map(lambda words: pattern.format(*words))


days = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["application.date", "applicant.since", "today", "governing_date", "2024-02-29", "never"]),
        st.sampled_from(["start", "lookup(applicant.group, word)", "(start at applicant.since)"]),
        st.just("earliest(member.birth_date where member.student empty never)"),
        st.just("latest(add_years(member.birth_date, 18) empty 2025-01-01)"),
        said("{}({}, {})", st.sampled_from(["add_days", "add_months", "add_years"]), days, whole),
        said("{}({})", st.sampled_from(["month_start", "month_end", "next_month"]), days),
        said("{}({}, {})", st.sampled_from(["earliest", "latest"]), days, days),
        said("date({}, {}, {})", st.just("year(applicant.since)"), whole, whole),
        said("(if {} then {} else {})", truths, days, days),
        said("(applicant.since otherwise {})", st.sampled_from(["never", "2024-02-29"])),
    )
)  # fmt: skip
whole = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["applicant.share", "applicant.balance", "0", "2", "-1", "count(member)", "size"]),
        st.sampled_from(["sum(member.grants)", "max(member.grants empty 1)", "floor(applicant.rate)"]),
        st.sampled_from(["band(applicant.rate, by_rate)", "(applicant.balance otherwise 5)"]),
        said("count(member where {})", member_truths),
        said("sum(member.grants where {})", member_truths),
        said("sum((if member.student then 2 else 1) where {})", member_truths),
        said("min(member.grants where {} empty 4)", member_truths),
        said("({} {} {})", whole, st.sampled_from(["+", "-", "*"]), whole),
        said("{}({}, {})", st.sampled_from(["min", "max"]), whole, whole),
        said("count_true({}, {})", truths, truths),
        said("{}({}, {})", st.sampled_from(["age", "full_months", "months_between", "days_between"]), days, days),
        said("{}({})", st.sampled_from(["year", "month", "day"]), days),
        said("overlap_days({}, {}, applicant.since, {})", days, days, days),
        said("window_months(applicant.pay, {}, {})", st.sampled_from(["1", "3", "12"]), days),
        said("sum(window_months(member.wages, 3, {}, 10 rub))", days),
        said("(if {} then {} else {})", truths, whole, whole),
    )
)  # fmt: skip
rates = st.deferred(
    lambda: st.one_of(
        whole,
        st.sampled_from(["applicant.rate", "0.25", "share_of[applicant.group]", "(1 / 3)", "1.5"]),
        said("band({}, steps_by_years)", whole),
        said("({} {} {})", rates, st.sampled_from(["+", "-", "*"]), rates),
        said("({} / {})", rates, st.sampled_from(["applicant.share", "2", "0.3", "(count(member) + 1)"])),
        said("{}({}, {})", st.sampled_from(["min", "max"]), rates, rates),
        said("(if {} then {} else {})", truths, rates, rates),
    )
)  # fmt: skip
sums = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["applicant.debt", "0 rub", "5.01 rub", "base", "pm", "pm['54']", "sum(member.income)"]),
        st.sampled_from(["(base at add_months(today, -6))", "(applicant.debt otherwise 3 rub)"]),
        st.just("(pm at governing_date)"),
        said("sum(member.income where {})", member_truths),
        said("{}(member.income where {} empty -1 rub)", st.sampled_from(["min", "max"]), member_truths),
        said("window_sum(applicant.pay, {}, {})", st.sampled_from(["1", "3", "12"]), days),
        said("sum(window_sum(member.wages, 3, {}) where {})", days, member_truths),
        said("({} {} {})", sums, st.sampled_from(["+", "-"]), sums),
        said("({} * {})", sums, rates),
        said("({} / {})", sums, st.sampled_from(["applicant.share", "12", "(count(member) + 1)"])),
        said("{}({}, {})", st.sampled_from(["min", "max"]), sums, sums),
        said("(if {} then {} else {})", truths, sums, sums),
        rounded,
    )
)  # fmt: skip
rounded = st.deferred(
    lambda: st.one_of(
        said("{}({}, 1)", st.sampled_from(["round_half_up", "round_down", "round_up"]), sums),
        said("{}({}, 100)", st.sampled_from(["round_half_up", "round_down", "round_up"]), sums),
        said("{}({})", st.sampled_from(["to_kopeck", "to_rouble", "to_rouble_up", "drop_kopecks"]), sums),
    )
)  # fmt: skip
member_truths = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["member.student", "not member.student", "member.grants >= 1", "member.kind = 'a'"]),
        st.sampled_from(["member.kind = applicant.group", "member.kind in {'none', 'II'}", "member.income <= 5 rub"]),
        st.sampled_from(["age(member.birth_date, application.date) between 3 and 17", "member.student is known"]),
        st.sampled_from(["member.birth_date > add_years(today, -18)", "(member.student otherwise true)"]),
        st.sampled_from(["member.income * 2 > pm", "member.grants = applicant.balance"]),
        st.just("member.birth_date is unknown"),
        said("({} {} {})", member_truths, st.sampled_from(["and", "or"]), member_truths),
        said("({} or {})", member_truths, truths),
    )
)  # fmt: skip
truths = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["applicant.citizen", "applicant.resident", "applicant.group = 'I'", "true"]),
        st.sampled_from(["applicant.group in {'I', 'none'}", "applicant.group != 'II'"]),
        st.just("(applicant.citizen otherwise true)"),
        st.sampled_from(["applicant.balance in {0, 2}", "band(applicant.since, by_day)", "applicant.debt is known"]),
        st.sampled_from(["applicant.citizen = applicant.resident", "applicant.rate = 1.25"]),
        st.just("applicant.citizen is unknown"),
        said("({} {} {})", truths, st.sampled_from(["and", "or"]), truths),
        said("(not {})", truths),
        said("({} {} {})", whole, comparisons, whole),
        said("({} {} {})", rates, comparisons, rates),
        said("({} {} {})", sums, comparisons, sums),
        said("({} {} {})", days, comparisons, days),
        said("({} {} {})", whole, comparisons, st.sampled_from(["0", "1", "18", "-2", "2024"])),
        said("({} between {} and {})", rates, rates, rates),
        said("{}(member where {})", st.sampled_from(["any", "all", "none"]), member_truths),
        said("(if {} then {} else {})", truths, truths, truths),
        said("({} is known)", st.one_of(sums, days, whole)),
    )
)  # fmt: skip
comparisons = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])

some_days = st.one_of(
    st.sampled_from([ON, date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2007, 6, 10), date(2007, 6, 11)]),
    st.sampled_from([date(2000, 2, 29), date(2025, 12, 31), date(2021, 1, 1), date.max, date(1900, 1, 1)]),
)
flags = st.booleans()


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), values, values, values)


def series(low: int, high: int) -> st.SearchStrategy:
    return st.fixed_dictionaries(
        {
            "from": st.sampled_from(["2024-05", "2025-01", "2025-04", "2024-01"]),
            "months": st.lists(maybe(st.sampled_from([0, low, high, 999, 1000, 1])), min_size=1, max_size=14),
            "rest": st.sampled_from([0, None]),
        }
    )


FACT_VALUES = st.fixed_dictionaries(
    {
        "application.date": maybe(some_days),
        "applicant.citizen": maybe(flags),
        "applicant.resident": maybe(flags),
        "applicant.region": maybe(st.sampled_from(["77", "54", "01"])),
        "applicant.group": maybe(st.sampled_from(["I", "II", "none"])),
        "applicant.share": maybe(st.integers(1, 3)),
        "applicant.balance": maybe(st.integers(-3, 3)),
        "applicant.rate": maybe(st.integers(-200, 200).map(lambda hundredths: Fraction(hundredths, 100))),
        "applicant.debt": maybe(st.sampled_from([-2000, -1, 0, 1, 501, 1150, 1151, 2000])),
        "applicant.since": maybe(some_days),
        "applicant.pay": maybe(series(-500, 5000)),
    }
)
MEMBER = st.fixed_dictionaries(
    {
        "tie": st.sampled_from(["applicant", "spouse", "child", "child", "friend", None]),
        "birth_date": maybe(some_days),
        "student": maybe(flags),
        "grants": maybe(st.integers(-1, 2)),
        "income": maybe(st.sampled_from([-1000, 0, 1, 500, 851, 1150, 4000])),
        "kind": maybe(st.sampled_from(["a", "none", "II"])),
        "wages": maybe(series(0, 3000)),
    }
)


def with_applicant(rows: list[dict]) -> list[dict]:
    """A family has the applicant, as the law says."""
    return [{**(rows[0] if rows else {}), "tie": "applicant"}, *rows[1:]]


PEOPLE = st.one_of(st.lists(MEMBER, max_size=5).map(with_applicant), st.lists(MEMBER, min_size=1, max_size=4))
FAMILY = st.one_of(st.none(), PEOPLE, PEOPLE, PEOPLE, PEOPLE)


def scope_of(library: Library, steps: dict | None = None) -> Scope:
    return Scope(
        facts={name: fact.type for name, fact in library.facts.items() if not name.startswith("member.")},
        relations={name: relation.scope() for name, relation in library.relations.items()},
        parameters={name: parameter.scope() for name, parameter in library.parameters.items()},
        tables={name: table.scope for name, table in library.tables.items()},
        steps=steps or {},
        region_fact="applicant.region",
    )


def readable(library: Library, text: str, steps: dict | None = None) -> bool:
    """Random nesting may grow past 64 bits or too deep; the language rightly refuses that."""
    return typed(text, scope_of(library, steps))[1] == []


def write(folder: Path, **parts: str) -> Path:
    """The law with one measure whose expressions are given."""
    measure = MEASURE.format(**parts)
    for place, text in (("facts", FACTS), ("parameters", PARAMETERS), ("measures/ru-example", measure)):
        (folder / place).mkdir(parents=True, exist_ok=True)
        name = "2020-01-01.yaml" if "measures" in place else "all.yaml"
        (folder / place / name).write_text(text, encoding="utf-8")
    return folder


def shared(folder: Path) -> Library:
    """The same names without a measure."""
    for place, text in (("facts", FACTS), ("parameters", PARAMETERS)):
        (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / place / "all.yaml").write_text(text, encoding="utf-8")
    return load_library(folder)


def typed_type(library: Library, text: str):
    """The type of an expression; None when the language refuses it."""
    node, mistakes = typed(text, scope_of(library))
    return node.type if node is not None and not mistakes else None
