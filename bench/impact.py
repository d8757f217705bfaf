"""What a measure changed, over families of one territory with a planted effect: CPU seconds and what is found.

    PYTHONPATH=src:. python bench/impact.py [FAMILIES]

Facts are written as the snapshot writes them; no database. The first measure makes the facts
ready, the others use them.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazna.config.settings.test")


def main() -> None:
    import django

    django.setup()
    from tests.contexts.studio.lives import MEASURES, SINCE, UNTIL, territory

    from kazna.contexts.measures import public as measures
    from kazna.contexts.measures.library import LAW, load
    from kazna.contexts.studio.impact.study import study
    from kazna.contexts.studio.scenarios import territory as places

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 250_000
    measures.law_folder = lambda: LAW  # nothing is published here, and there is no database to ask
    law = load(LAW)
    with tempfile.TemporaryDirectory() as folder:
        places.KEPT = Path(folder) / "kept"
        where = territory(Path(folder) / "lives", number)
        for name in MEASURES:
            began, clock = time.process_time(), time.monotonic()
            told = study(territories=[where], library=law, measure=name, since=SINCE, until=UNTIL)["whole"]
            spent, passed = time.process_time() - began, time.monotonic() - clock
            income = told["outcomes"][0]
            print(f"{name}: {spent:.1f} с процессора, {passed:.1f} с, пар {told['pairs']}")
            print(f"  доход {income['effect']:+.0f} [{income['low']:+.0f}; {income['high']:+.0f}],"
                  f" без подбора {income['plain']:+.0f}")  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(f"семей {number}, память {peak:.1f} ГБ, ядер {os.cpu_count()}, {platform.machine()}")


if __name__ == "__main__":
    main()
