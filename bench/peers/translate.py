"""The generated measures in the words of other engines, as a person would write them there: two-valued, in floats.

    python bench/peers/translate.py FOLDER FACTS LAW

Writes FOLDER/job.json (texts of every measure in SQL, numpy and Polars) and FOLDER/features.parquet (a row for each
person: own facts, what is counted over the family, the subsistence minimums of the region).
"""

from __future__ import annotations

import json
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

from kazna.rules import load_library
from kazna.rules.evaluate.functions import add_months
from kazna.rules.language import nodes
from kazna.rules.language.types import Kind

MONTHS = [(2024, 10), (2024, 11), (2024, 12), *((2025, month) for month in range(1, 10))]
SIGNS = {"sql": {"!=": "<>"}, "numpy": {"=": "=="}, "polars": {"=": "=="}}
JOINTS = {
    "sql": {"and": " AND ", "or": " OR "},
    "numpy": {"and": " & ", "or": " | "},
    "polars": {"and": " & ", "or": " | "},
}


class Translator:
    """`language`: sql, numpy or polars. Names of columns are read by «V('name')» in the last two."""

    def __init__(self, language: str, today: date) -> None:
        self.language, self.today = language, today

    def name(self, column: str) -> str:
        return column if self.language == "sql" else f"V('{column}')"

    def day(self, value: date) -> str:
        if self.language == "polars":
            return f"D({value.year}, {value.month}, {value.day})"
        return f"DATE '{value}'" if self.language == "sql" else f"D('{value}')"

    def text(self, node: Any) -> str:
        return getattr(self, type(node).__name__.lower())(node)

    def literal(self, node: nodes.Literal) -> str:
        if node.type.kind is Kind.TEXT:
            return repr(node.value)
        if node.type.kind is Kind.DATE:
            return self.day(node.value)
        value = Fraction(node.value)
        return str(value.numerator) if value.denominator == 1 else repr(float(value))

    def factref(self, node: nodes.FactRef) -> str:
        return self.name(node.name.replace(".", "__"))

    def stepref(self, node: nodes.StepRef) -> str:
        return self.name(node.name)

    def parameterref(self, node: nodes.ParameterRef) -> str:
        return self.name(node.name)

    def builtin(self, _: nodes.Builtin) -> str:
        return self.day(self.today)

    def joined(self, node: nodes.Joined) -> str:
        return "(" + JOINTS[self.language][node.sign].join(self.text(part) for part in node.operands) + ")"

    def _not(self, node: nodes.Not) -> str:
        return f"(NOT {self.text(node.operand)})" if self.language == "sql" else f"(~{self.text(node.operand)})"

    def compare(self, node: nodes.Compare) -> str:
        sign = SIGNS[self.language].get(node.sign, node.sign)
        return f"({self.text(node.left)} {sign} {self.text(node.right)})"

    def oneof(self, node: nodes.OneOf) -> str:
        operand, options = self.text(node.operand), ", ".join(map(repr, node.options))
        if self.language == "sql":
            return f"({operand} IN ({options}))"
        return f"np.isin({operand}, [{options}])" if self.language == "numpy" else f"{operand}.is_in([{options}])"

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        return f"({self.text(node.left)} {node.sign} {self.text(node.right)})"

    def choice(self, node: nodes.Choice) -> str:
        test, yes, no = (self.text(part) for part in node.children())
        if self.language == "sql":
            return f"CASE WHEN {test} THEN {yes} ELSE {no} END"
        return (
            f"np.where({test}, {yes}, {no})"
            if self.language == "numpy"
            else f"pl.when({test}).then({yes}).otherwise({no})"
        )

    def call(self, node: nodes.Call) -> str:
        if node.function == "age":
            return self.name("person__age")
        if node.function == "add_months":
            shift = node.arguments[1]
            months = shift.value if isinstance(shift, nodes.Literal) else -shift.right.value  # type: ignore[attr-defined]
            return self.day(add_months(self.today, int(months)))
        first, second = (self.text(part) for part in node.arguments)
        if node.function in ("min", "max"):
            sql = {"min": "least", "max": "greatest"}[node.function]
            return {
                "sql": f"{sql}({first}, {second})",
                "numpy": f"np.{node.function}imum({first}, {second})",
                "polars": f"pl.{node.function}_horizontal({first}, {second})",
            }[self.language]
        assert node.function == "round_half_up"
        scaled = f"({first}) / {second} + 0.5"
        return {
            "sql": f"(floor({scaled}) * {second})",
            "numpy": f"(np.floor({scaled}) * {second})",
            "polars": f"(({scaled}).floor() * {second})",
        }[self.language]


setattr(Translator, "not", Translator._not)  # the class of the node is called Not

FEATURES = """
WITH fam AS (
  SELECT group_id, count(*) AS family_size, count(*) FILTER (NOT adult) AS children,
    count(*) FILTER (birth_date > DATE '{today}' - INTERVAL 3 YEAR) AS babies,
    count(*) FILTER (birth_date > DATE '{today}' - INTERVAL 7 YEAR AND birth_date <= DATE '{today}' - INTERVAL 3 YEAR)
      AS preschoolers,
    count(*) FILTER (disability IN (1, 2)) AS disabled_members,
    coalesce(sum({months}) FILTER (adult), 0)::BIGINT AS income
  FROM {member} GROUP BY group_id)
SELECT s.* EXCLUDE (filename, member__group), fam.* EXCLUDE (group_id), p.* EXCLUDE (region),
  (year(DATE '{today}') - year(person__birth_date))
    - (month(DATE '{today}') * 100 + day(DATE '{today}')
       < month(person__birth_date) * 100 + day(person__birth_date))::INT
    AS person__age
FROM {subject} s JOIN fam ON fam.group_id = s.member__group
JOIN region p ON p.region = split_part(s.filename, '/', -2)"""


def features_sql(facts: Path, today: date) -> str:
    months = " + ".join(f"income__{year}_{month:02d}" for year, month in MONTHS)
    subject = f"read_parquet('{facts}/*/subject.parquet', filename = true)"
    return FEATURES.format(today=today, months=months, member=f"'{facts}/*/rel_member.parquet'", subject=subject)


def region_sql(library: Any, today: date) -> str:
    """The minimums of each region as a table."""
    names = ("pm", "pm_adult", "pm_child", "pm_pensioner")
    keys = [key for key in library.parameters["pm"].rows if key is not None]
    rows = [
        f"('{key}', " + ", ".join(str(library.parameters[name].row(key, today).value) for name in names) + ")"
        for key in keys
    ]
    return f"SELECT * FROM (VALUES {', '.join(rows)}) r(region, {', '.join(names)})"


def main(folder: Path, facts: Path, law: Path) -> None:
    from law_of_population import TODAY

    library = load_library(law)
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[str, list[dict[str, str]]] = {}
    for language in ("sql", "numpy", "polars"):
        translator = Translator(language, TODAY)
        texts[language] = []
        for editions in library.measures.values():
            measure = editions[0].measure
            conditions = nodes.Joined(
                measure.conditions[0].node.type, 0, "and", tuple(one.node for one in measure.conditions)
            )
            assert measure.amount is not None
            texts[language].append(
                {
                    "measure": measure.id,
                    "where": translator.text(conditions),
                    "amount": translator.text(measure.amount.node),
                }
            )
    job = {
        "today": str(TODAY),
        "texts": texts,
        "region": region_sql(library, TODAY),
        "features": features_sql(facts, TODAY),
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    connection = duckdb.connect()
    connection.execute(f"SET threads = 2; CREATE TABLE region AS {job['region']}")
    connection.execute(f"COPY ({job['features']}) TO '{folder}/features.parquet' (FORMAT parquet)")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    main(*(Path(argument) for argument in sys.argv[1:4]))
