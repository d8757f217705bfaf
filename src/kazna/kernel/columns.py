"""Databases of columns in this process's memory or in a file: DuckDB as the platform wants it."""

from __future__ import annotations

import duckdb


def open_columns(path: str = ":memory:", *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A database that writes nothing of its own on the screen.

    In a process without a script of its own, as workers are, DuckDB takes itself for a person's shell and draws its
    progress among our output.
    """
    database = duckdb.connect(path, read_only=read_only)
    database.execute("SET enable_progress_bar = false")
    return database
