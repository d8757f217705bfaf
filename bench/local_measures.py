"""Search in a large register of local measures. Its own database in a temporary folder.

    python bench/local_measures.py --measures 20000

Prints milliseconds of a search by words, by words in a region, and of a suggestion: median and 95th percentile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from uuid import UUID

ON = date(2026, 3, 2)
WHAT = ["Ежемесячная выплата", "Единовременное пособие", "Компенсация расходов", "Субсидия на оплату жилья",
        "Бесплатный проезд", "Обеспечение путёвкой", "Ежегодная денежная выплата", "Доплата к пенсии"]  # fmt: skip
WHOM = ["многодетным семьям", "инвалидам первой группы", "ветеранам труда", "детям-сиротам", "одиноким матерям",
        "участникам ликвидации аварии", "студентам из малоимущих семей", "пенсионерам старше 80 лет"]  # fmt: skip
WHY = ["на оплату коммунальных услуг", "на приобретение школьной формы", "на лекарства", "ко Дню Победы",
       "при рождении ребёнка", "на газификацию дома", "на питание", "на протезирование зубов"]  # fmt: skip
INSERT = """
    INSERT INTO egisso_measure (id, provider, title, first_day, form, card, recorded_on)
    SELECT id, provider, title, '2026-01-01', '01', card, '2026-01-01'
    FROM jsonb_to_recordset(%s::jsonb) AS r(id uuid, provider text, title text, card jsonb)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--measures", type=int, default=2000)
    asked.add_argument("--searches", type=int, default=200)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KAZNA_VAR"] = folder
        from kazna.cli.database import open_database
        from kazna.config.database import FOLDER
        from kazna.plumbing import postgres

        open_database()
        try:
            _fill(given.measures)
            _measure(given.measures, given.searches)
        finally:
            postgres.stop(FOLDER, mode="immediate")


def _fill(count: int) -> None:
    from django.db import connection

    draw = random.Random(1)
    with connection.cursor() as cursor:
        for start in range(0, count, 1000):
            rows = [_row(draw, number) for number in range(start, min(count, start + 1000))]
            cursor.execute(INSERT, [json.dumps(rows)])
        cursor.execute("ANALYZE egisso_measure")


def _row(draw: random.Random, number: int) -> dict[str, object]:
    whom = draw.choice(WHOM)
    title = f"{draw.choice(WHAT)} {whom} {draw.choice(WHY)}, вариант {number}"
    card = {
        "msz": "0301", "territories": [f"{draw.randint(1, 90):02d}000000"], "cases": "Обращение " * 20,
        "conditions": "Проживание в области и доход ниже прожиточного минимума. " * 5,
        "categories": [{"title": whom, "category": "03000004"}],
    }  # fmt: skip
    return {"id": str(UUID(int=number + 1)), "provider": f"{number % 900:04d}.000001", "title": title, "card": card}


def _measure(count: int, searches: int) -> None:
    from kazna.contexts.egisso import public as egisso

    local, draw = egisso.local_measures, random.Random(2)

    def words() -> str:
        return f"{draw.choice(WHAT)} {draw.choice(WHOM)} {draw.choice(WHY)}"

    print(f"{count} measures, {platform.processor() or platform.machine()}, {os.cpu_count()} cores")
    _times("by words", searches, lambda: local.search(words=words(), on=ON, in_force=True))
    _times("one broad word", searches, lambda: local.search(words="семьям", on=ON, in_force=True))
    _times("by words in a region", searches, lambda: local.search(words=draw.choice(WHOM), region="49", on=ON))
    _times("by title, next page", searches, lambda: local.search(on=ON, after=("0", UUID(int=draw.randint(1, count)))))
    _times("suggestion", searches // 4, lambda: local.suggest(title=words(), on=ON))


def _times(name: str, count: int, run: Callable[[], object]) -> None:
    run()
    spent = []
    for _ in range(count):
        began = time.perf_counter()
        run()
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    print(f"{name}: median {statistics.median(spent):.1f} ms, 95th percentile {spent[int(count * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()
