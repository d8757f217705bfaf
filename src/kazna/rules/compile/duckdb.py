"""Run editions on DuckDB: tables or Parquet in, the table of rights out, block by block in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kazna.kernel.columns import open_columns
from kazna.rules.compile.frame import Frame
from kazna.rules.compile.sql.layout import IDENTITY, PARAMETERS, SUBJECT, Layout
from kazna.rules.compile.sql.loading import Types, parameter_table, tables_of
from kazna.rules.compile.sql.statements import BLOCK, MOST_MEASURES, CountTable, Plan, chunks
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.edition import Edition

BLOCK_SUBJECTS = 2_000_000
PLANES = "planes"
RIGHTS = """\
CREATE TABLE IF NOT EXISTS rights (
    subject BIGINT, measure VARCHAR, edition VARCHAR, state VARCHAR, amount BIGINT,
    term_from DATE, term_to DATE, refusal BIGINT, open BIGINT
)"""


@dataclass(frozen=True, slots=True)
class Settings:
    """`memory`: the most DuckDB may take before it spills to `spill` (None: where it does by default)."""

    threads: int = 2
    memory: str = "3GB"
    spill: Path | None = None


def connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A database in memory, with these bounds."""
    connection = open_columns()
    connection.execute(f"SET threads = {settings.threads}")
    connection.execute(f"SET memory_limit = '{settings.memory}'")
    connection.execute("SET preserve_insertion_order = false")
    if settings.spill is not None:
        connection.execute(f"SET temp_directory = {_quoted(settings.spill)}")
    return connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def load_frame(
    connection: duckdb.DuckDBPyConnection, frame: Frame, facts: Types, relations: Mapping[str, Types]
) -> None:
    """The frame as tables of the database; those of the same names are replaced."""
    for name, table in tables_of(frame, facts, relations).items():
        load_table(connection, name, table)


def load_table(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("arrived", table)
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM arrived')
    connection.unregister("arrived")


def write_parquet(folder: Path, frame: Frame, facts: Types, relations: Mapping[str, Types]) -> None:
    """The same tables as files `NAME.parquet`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables_of(frame, facts, relations).items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def open_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Read the files of a folder as tables, without loading them."""
    for path in sorted(folder.glob("*.parquet")):
        connection.execute(f'CREATE OR REPLACE VIEW "{path.stem}" AS SELECT * FROM {_quoted(path)}')


def run_editions(
    connection: duckdb.DuckDBPyConnection,
    editions: Sequence[Edition],
    *,
    layout: Layout,
    today: date,
    parameters: Mapping[str, Parameter],
    relations: Mapping[str, RelationDefinition],
    refused: bool = False,
    into: Path | None = None,
    block: int = BLOCK_SUBJECTS,
    chunk: int = MOST_MEASURES,
) -> Plan:
    """Decide every subject of the table `subject`; rows are added to the table `rights`, or files to the folder `into`.

    Granted and undecided; refused ones too, with their reasons, when `refused`. Raises CannotCompile before it starts.
    """
    plan = Plan(editions, dialect="duckdb", layout=layout, today=today, parameters=parameters, relations=relations)
    run = _Run(connection, plan, refused, into, chunk)
    connection.execute(RIGHTS)
    if plan.shared.joined:
        load_table(connection, PARAMETERS, parameter_table(parameters[name] for name in sorted(plan.shared.joined)))
    for table in plan.count_tables:
        if table.of_groups:
            run.count(table)
    for place, (first, last) in enumerate(_blocks(connection, block)):
        run.block(place, first, last)
    run.tidy()
    return plan


def _blocks(connection: duckdb.DuckDBPyConnection, size: int) -> Iterator[tuple[int, int]]:
    """Ranges of identities, each of about so many subjects."""
    found = connection.execute(f'SELECT min("{IDENTITY}"), max("{IDENTITY}"), count(*) FROM {SUBJECT}').fetchall()
    first, last, count = found[0]
    if not count:
        return
    parts = -(-count // size)
    step = -(-(last - first + 1) // parts)
    for start in range(first, last + 1, step):
        yield start, min(start + step - 1, last)


@dataclass(slots=True)
class _Run:
    connection: duckdb.DuckDBPyConnection
    plan: Plan
    refused: bool
    into: Path | None
    chunk: int

    def count(self, table: CountTable) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table.name} AS {self.plan.counted(table)}")

    def block(self, place: int, first: int, last: int) -> None:
        """One block of subjects: their own counters round by round, then chunk after chunk of measures."""
        where = f'"{IDENTITY}" BETWEEN {first} AND {last}'
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {BLOCK} AS SELECT * FROM {SUBJECT} WHERE {where}")
        for table in self.plan.count_tables:
            if not table.of_groups:
                self.count(table)
        for number, measures in enumerate(chunks(self.plan.measures, self.chunk)):
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {PLANES} AS {self.plan.planes(measures)}")
            rows = self.plan.rights(measures, PLANES, refused=self.refused)
            if self.into is None:
                self.connection.execute(f"INSERT INTO rights {rows}")
            else:
                self.into.mkdir(parents=True, exist_ok=True)
                path = self.into / f"rights-{place:05d}-{number:03d}.parquet"
                self.connection.execute(f"COPY ({rows}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")

    def tidy(self) -> None:
        for table in self.plan.count_tables:
            self.connection.execute(f"DROP TABLE IF EXISTS {table.name}")
        self.connection.execute(f"DROP TABLE IF EXISTS {PLANES}")
        self.connection.execute(f"DROP VIEW IF EXISTS {BLOCK}")
