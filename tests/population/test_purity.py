"""The region is a library of its own: it wakes nothing of the product."""

import subprocess
import sys

SCRIPT = """
import sys
import kazna.population
loaded = {name for name in sys.modules if name.startswith("kazna.")}
ours = {name for name in loaded if name.startswith(("kazna.population", "kazna.kernel"))}
heavy = {"django", "psycopg", "starlette", "httpx", "lxml", "yaml"} & set(sys.modules)
print(sorted(loaded - ours), sorted(heavy))
"""


def test_population_imports_only_the_kernel_and_numpy():
    answer = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True)

    assert answer.stdout.split() == ["[]", "[]"]
