"""A legacy register of 1 M rows taken over by a mapping: checked, approved, loaded; memory stays bounded.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/legacy.py [--rows 1000000]

Three rows in a hundred are broken. The peer is what any take-over costs at least: reading the same CSV to its end.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import resource
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from kazna.cli.database import open_database
from kazna.kernel.identifiers import snils_control
from kazna.kernel.places import FORMATS

HEADING = (
    "Номер дела", "СНИЛС", "Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "Адрес", "Паспорт", "СНИЛС ребёнка",
    "Фамилия ребёнка", "Имя ребёнка", "Ребёнок родился", "Назначено с", "Назначено до", "Код меры", "Сумма",
)  # fmt: skip
TODAY = date(2026, 6, 1)


def write(path: Path, rows: int) -> None:
    with path.open("w", encoding="cp1251", newline="") as text:
        writer = csv.writer(text, delimiter=";")
        writer.writerow(HEADING)
        for n in range(rows):
            nine = f"{n + 200_000_000:09d}"
            amount = "нет" if n % 33 == 0 else f"{1000 + n % 9000},{n % 100:02d}"
            writer.writerow(
                (f"Д-{n}", nine + snils_control(nine), f"Петров{chr(1072 + n % 32)}", "Анна", "Ивановна",
                 f"{1 + n % 28:02d}.{1 + n % 12:02d}.{1940 + n % 60}", "ж", f"г. Москва, ул. Новая, д. {n % 5000}",
                 f"45{n % 100:02d} {n % 1_000_000:06d}", "", "", "", "", "01.01.2020", "", "12", amount)
            )  # fmt: skip


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=1_000_000)
    chosen = options.parse_args()
    open_database()
    from django.utils import timezone

    from kazna.contexts.registers import public as registers

    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL 18")
    legacy, example = registers.legacy, FORMATS / "legacy" / "example_mapping.yaml"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "old.csv"
        write(path, chosen.rows)
        began = time.perf_counter()
        with path.open(encoding="cp1251", newline="") as text:
            count = sum(1 for _ in csv.reader(text, delimiter=";")) - 1
        print(f"peer, the file read and nothing done: {count:,} rows in {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        mapping = legacy.mapping(example.read_bytes(), example.name)
        run = legacy.check(path, mapping, by="first", on=TODAY, progress=lambda stage, done: None)
        took = time.perf_counter() - began
        print(f"checked in {took:.1f} s: {count / took:,.0f} rows/s")
    legacy.approve(run.id, by="second", now=timezone.now())
    began = time.perf_counter()
    found = legacy.load(run.id, on=TODAY, progress=lambda stage, done: None)
    took = time.perf_counter() - began
    speed = found.loaded_rows / took
    print(f"loaded {found.loaded_rows:,} rows, {found.loaded_facts:,} facts in {took:.1f} s: {speed:,.0f} rows/s;")
    print(f"rejected {found.rows['rejected']:,}; totals agree: {found.agrees}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
