"""Run editions on Spark: the same queries as on DuckDB; counters and planes are kept by Spark while they are read.

The session is the caller's. Spark reads and writes Parquet by itself; here are only temporary views and the rights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import pyarrow as pa

from kazna.rules.compile.frame import Frame
from kazna.rules.compile.sql.layout import PARAMETERS, SUBJECT, Layout
from kazna.rules.compile.sql.loading import Types, parameter_table, tables_of
from kazna.rules.compile.sql.statements import BLOCK, MOST_MEASURES, Plan, chunks
from kazna.rules.documents.parameters import Parameter
from kazna.rules.documents.relations import RelationDefinition
from kazna.rules.edition import Edition

Session = Any  # pyspark is installed only where Spark is wanted
Rows = Any


def load_frame(session: Session, frame: Frame, facts: Types, relations: Mapping[str, Types]) -> None:
    """The frame as temporary views."""
    for name, table in tables_of(frame, facts, relations).items():
        load_table(session, name, table)


def load_table(session: Session, name: str, table: pa.Table) -> None:
    session.createDataFrame(table).createOrReplaceTempView(name)


def open_parquet(session: Session, folder: Path) -> None:
    """Every `NAME.parquet` of the folder as a temporary view."""
    for path in sorted(folder.glob("*.parquet")):
        session.read.parquet(str(path)).createOrReplaceTempView(path.stem)


def run_editions(
    session: Session,
    editions: Sequence[Edition],
    *,
    layout: Layout,
    today: date,
    parameters: Mapping[str, Parameter],
    relations: Mapping[str, RelationDefinition],
    refused: bool = False,
    chunk: int = MOST_MEASURES,
) -> Rows:
    """The rights of every subject of the view `subject`, as a lazy table with the columns of `statements.RIGHTS`.

    Granted and undecided; refused ones too, with their reasons, when `refused`. Raises CannotCompile.
    """
    plan = Plan(editions, dialect="spark", layout=layout, today=today, parameters=parameters, relations=relations)
    session.table(SUBJECT).createOrReplaceTempView(BLOCK)
    if plan.shared.joined:
        load_table(session, PARAMETERS, parameter_table(parameters[name] for name in sorted(plan.shared.joined)))
    for table in plan.count_tables:
        counted = session.sql(plan.counted(table)).persist()
        counted.createOrReplaceTempView(table.name)
    parts = []
    for number, measures in enumerate(chunks(plan.measures, chunk)):
        name = f"planes_{number}"
        session.sql(plan.planes(measures)).persist().createOrReplaceTempView(name)
        parts.append(session.sql(plan.rights(measures, name, refused=refused)))
    return reduce(lambda one, other: one.unionAll(other), parts)
