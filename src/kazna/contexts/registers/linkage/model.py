"""How likely two records are one person: a Fellegi–Sunter model, learned without labels and kept in a file.

`learned.json` was learned from the synthetic register of 1 M people (`bench/linkage.py --learn`).
"""

from __future__ import annotations

import json
from logging import ERROR
from pathlib import Path

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from kazna.contexts.registers.linkage.score import EXPECTED_SHARE, LEARNED, LEAST_RECORDS

SAMPLED_PAIRS = 2_000_000
SEED = 1
CERTAIN_RULES = ["l.snils = r.snils", "l.document = r.document and l.forename = r.forename"]
NEVER_SEEN = 0.003125
FOUND_BY_CERTAIN_RULES = 0.6  # the share of all pairs that the rules above find, by the first look at a register
LEARNING_MEETINGS = (
    block_on("document"),
    block_on("surname", "birth_date"),
    block_on("forename", "patronymic", "birth_date"),
)
MEETINGS = (
    block_on("snils"),
    block_on("document"),
    block_on("surname_sound", "birth_date"),
    block_on("forename_sound", "patronymic", "birth_date"),
    block_on("surname_sound", "forename_sound", "patronymic", "birth_year"),
    block_on("surname", "forename", "patronymic", "birth_day"),
    block_on("address", "forename_sound", "birth_year"),
)


def _name(column: str) -> compare.CustomComparison:
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column, term_frequency_adjustments=True),
            level.JaroWinklerLevel(column, 0.9),
            level.ElseLevel(),
        ],
    )


def _surname() -> compare.CustomComparison:
    """A woman may have changed hers by marriage, so another surname says less about her."""
    return compare.CustomComparison(
        output_column_name="surname",
        comparison_levels=[
            level.NullLevel("surname"),
            level.ExactMatchLevel("surname", term_frequency_adjustments=True),
            level.JaroWinklerLevel("surname", 0.9),
            level.CustomLevel("sex_l = 'F' AND sex_r = 'F'", label_for_charts="another, of women"),
            level.ElseLevel(),
        ],
    )


def _birth_date() -> compare.CustomComparison:
    swapped = (
        "left(birth_date_l, 4) = left(birth_date_r, 4) AND substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2)"
        " AND substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)"
    )
    return compare.CustomComparison(
        output_column_name="birth_date",
        comparison_levels=[
            level.NullLevel("birth_date"),
            level.ExactMatchLevel("birth_date"),
            level.CustomLevel(swapped, label_for_charts="day and month swapped"),
            level.CustomLevel("left(birth_date_l, 7) = left(birth_date_r, 7)", label_for_charts="another day"),
            level.CustomLevel("substr(birth_date_l, 6) = substr(birth_date_r, 6)", label_for_charts="another year"),
            level.ElseLevel(),
        ],
    )


def _number(column: str, strangers_agree: float, near: str = "levenshtein") -> compare.CustomComparison:
    """A number that belongs to one person: strangers agree on it only by a clerk's mistake."""
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column).configure(u_probability=strangers_agree, fix_u_probability=True),
            level.CustomLevel(f"{near}({column}_l, {column}_r) = 1", label_for_charts="one digit off"),
            level.ElseLevel(),
        ],
    )


def _constant(column: str, agrees: float) -> compare.CustomComparison:
    """Sex hardly ever differs between records of one person, too seldom to be learned."""
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column).configure(m_probability=agrees, fix_m_probability=True),
            level.ElseLevel().configure(m_probability=1 - agrees, fix_m_probability=True),
        ],
    )


def learn(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Learn from the table `record` how records of one person differ and strangers agree; write it to `path`.

    Needs a large register (100 000 records and more): rare mistakes must have happened in it.
    """
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            _surname(), _name("forename"), _name("patronymic"), _birth_date(),
            _number("document", 1e-7), _number("snils", 1e-8, "damerau_levenshtein"),
            compare.ExactMatch("address"), _constant("sex", 0.999),
        ],
        blocking_rules_to_generate_predictions=list(MEETINGS),
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=True,
    )  # fmt: skip
    linker = Linker(DuckDBAPI(connection).register("record"), settings, log_level=ERROR)
    train = linker.training
    train.estimate_probability_two_random_records_match(CERTAIN_RULES, recall=FOUND_BY_CERTAIN_RULES)
    train.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    for meeting in LEARNING_MEETINGS:
        train.estimate_parameters_using_expectation_maximisation(meeting)
    settings_learned = linker.misc.save_model_to_json()
    for comparison in settings_learned["comparisons"]:
        for one in comparison["comparison_levels"]:
            if not one.get("is_null_level"):
                one.setdefault("u_probability", NEVER_SEEN)  # Splink's own default, written down for other readers
    path.write_text(json.dumps(settings_learned, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def scorer(connection: duckdb.DuckDBPyConnection, path: Path = LEARNED) -> Linker:
    """What was learned, applied to the table `record`; the same records give the same weights."""
    settings = json.loads(path.read_text("utf-8"))
    ((records,),) = connection.execute("SELECT count(*) FROM record").fetchall()
    settings["probability_two_random_records_match"] = 2 * EXPECTED_SHARE / max(records, LEAST_RECORDS)
    return Linker(DuckDBAPI(connection).register("record"), settings, log_level=ERROR)
