"""A worker's database of columns draws nothing among the output of its command."""

import subprocess
import sys

ASKED = """
from kazna.kernel.columns import open_columns
database = open_columns()
print(database.sql("SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'").fetchall()[0][0])
"""


def test_no_progress_is_drawn_by_a_process_without_a_script():
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert told.stdout == "false\n"
