"""A worker's database of columns draws nothing among the output of its command."""

from multiprocessing import get_context

from kazna.kernel.columns import open_columns


def bar() -> str:
    with open_columns() as database:
        return database.sql("SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'").fetchone()[0]


def test_no_progress_is_drawn_by_a_worker():
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(bar) == "false"
