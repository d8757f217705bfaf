"""How long an online decision takes: complete facts in, the decision, the award and the notice stored.

Runs on a scratch database of the embedded server.

    PYTHONPATH=src python bench/online_decision.py [--rounds 100]
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("KAZNA_VAR", tempfile.mkdtemp(prefix="kazna-bench-"))
TARGET_MS, PERCENTILE = 150, 0.95


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=100)
    rounds = asked.parse_args().rounds
    from kazna.cli.database import open_database

    open_database()
    times = sorted(_one(number) for number in range(rounds + 5))[: rounds + 5]
    worst = times[int(len(times) * PERCENTILE)]
    print(f"{rounds} решений: медиана {statistics.median(times):.0f} мс, 95 % — {worst:.0f} мс (цель {TARGET_MS} мс)")
    print(f"{platform.python_version()}, ядер {os.cpu_count()}, нагрузка {os.getloadavg()[0]:.1f}")


def _one(number: int) -> float:
    """Milliseconds from the report of a newborn's family to the stored decision and notice."""
    from tests.factories.people import enter_child, enter_person

    from kazna.contexts.cases.models import Decision
    from kazna.contexts.notifications import public as notifications
    from kazna.contexts.registers import public as registers
    from kazna.plumbing import clock
    from kazna.plumbing.deliver import drain

    day = date(2026, 2, 16)
    if number == 0:
        clock.set_day(day)
        registers.load_kinds()
    mother = enter_person(100_000_000 + number, "Смирнова", f"Анна{number}", "Сергеевна", date(1995, 5, 1), "F", on=day)
    drain()
    before = Decision.objects.filter(recipient_id=mother).count()
    began = time.perf_counter()
    enter_child(200_000_000 + number, mother, "Михаил", date(2026, 2, 10), on=day)
    drain()
    spent = (time.perf_counter() - began) * 1000
    assert Decision.objects.filter(recipient_id=mother).count() > before
    assert notifications.inbox(person_id=mother)
    return spent


if __name__ == "__main__":
    main()
