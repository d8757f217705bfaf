"""How long an online decision takes, through the database, to the stored decision and notice.

Two ways: a consent that completes the facts of one measure; a birth, which opens every measure of a newborn's family.

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
    from kazna.cli.worker import settle

    open_database()
    settle()
    _one(0)  # the law is read, connections are opened
    times = [_one(number) for number in range(1, rounds + 1)]
    for title, place in (("согласие, сведения полны", 0), ("рождение, все меры семьи", 1)):
        ordered = sorted(pair[place] for pair in times)
        worst = ordered[min(int(rounds * PERCENTILE), rounds - 1)]
        print(f"{title}: медиана {statistics.median(ordered):.0f} мс, 95 % — {worst:.0f} мс (цель {TARGET_MS} мс)")
    print(f"{rounds} раз, {platform.python_version()}, ядер {os.cpu_count()}, нагрузка {os.getloadavg()[0]:.1f}")


def _one(number: int) -> tuple[float, float]:
    """Milliseconds of the consent and of the birth before it, each to the stored decision and notice."""
    from tests.factories.people import cause, enter_child, enter_person

    from kazna.contexts.cases import public as cases
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
    began = time.perf_counter()
    enter_child(200_000_000 + number, mother, "Михаил", date(2026, 2, 10), on=day)
    drain()
    birth = (time.perf_counter() - began) * 1000
    decided = Decision.objects.filter(recipient_id=mother).count()
    offer = next(one for one in cases.cases_of(person_id=mother) if one.measure == "ru-birth-grant")
    began = time.perf_counter()
    cases.confirm(case_id=offer.case_id, person_id=mother, on=day, cause=cause(day))
    drain()
    consent = (time.perf_counter() - began) * 1000
    assert decided and Decision.objects.filter(recipient_id=mother).count() == decided + 1
    assert notifications.inbox(person_id=mother)
    return consent, birth


if __name__ == "__main__":
    main()
