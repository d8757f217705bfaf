"""From a register to pairs of records: one person, ask an officer, or strangers."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from kazna.contexts.registers.linkage.model import scorer
from kazna.contexts.registers.linkage.pair import ASK_WEIGHT, COMPARED, SURE_WEIGHT, Pair
from kazna.contexts.registers.linkage.records import prepare

# A pair whose СНИЛС are both known and differ by more than a digit is two people, whatever else agrees. So are
# brothers and sisters born on one day: all agrees but the forename; only a common document overrules that.
STRANGERS = "(gamma_snils = 0) OR (gamma_forename = 0 AND gamma_document < 2 AND gamma_snils < 2)"
BY_ONE_DIGIT = "gamma_snils = 1"  # a misspelt СНИЛС is looked at by a person


def link(connection: duckdb.DuckDBPyConnection, source: str) -> None:
    """Make the table `pair` (first, second, weight, verdict, gamma_*) of the records of `source`.

    `source`: a table or view with id, snils, surname, forename, patronymic, birth_date, sex, document, address.
    """
    prepare(connection, source)
    scored = scorer(connection).inference.predict(threshold_match_weight=ASK_WEIGHT)
    connection.execute(f"""
        CREATE OR REPLACE TABLE pair AS
        SELECT unique_id_l AS first, unique_id_r AS second, match_weight AS weight,
            CASE WHEN match_weight >= {SURE_WEIGHT} AND NOT ({BY_ONE_DIGIT}) THEN 'same' ELSE 'ask' END AS verdict,
            {", ".join(f"gamma_{name}" for name in COMPARED)}
        FROM {scored.physical_name}
        WHERE NOT coalesce({STRANGERS}, false)
    """)


def pairs(connection: duckdb.DuckDBPyConnection) -> Iterator[Pair]:
    """The pairs found, the heaviest first."""
    columns = ", ".join(f"gamma_{name}" for name in COMPARED)
    rows = connection.execute(
        f"SELECT first, second, weight, verdict, {columns} FROM pair ORDER BY weight DESC, first, second"
    )
    while page := rows.fetchmany(10_000):
        for first, second, weight, verdict, *gammas in page:
            told = dict(zip(COMPARED, gammas, strict=True))
            yield Pair(
                first=str(first),
                second=str(second),
                weight=round(weight, 1),
                verdict=verdict,
                agrees=tuple(name for name, gamma in told.items() if gamma == COMPARED[name]),
                differs=tuple(name for name, gamma in told.items() if gamma not in (COMPARED[name], -1)),
            )
