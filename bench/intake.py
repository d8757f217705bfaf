"""Intake of civil-registry messages: read, validated by the official schemas, recorded as facts, committed.

KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/intake.py [--messages 10000] [--batch 500] [--broken 0.03] [--profile]
KAZNA_VAR=$(mktemp -d) .venv/bin/python bench/intake.py --one-by-one [--senders 8] [--messages 10000] [--broken 0.03]

Births, deaths, marriages and changes of name of people the register has not seen, in zips of `--batch` messages, one
transaction per zip, durable when it returns. `--broken` of them are spoilt and must be quarantined, the rest taken.
Prints messages a second by the clock and by processor time of this process and of the database, which says more
on a machine shared with others. The target is 300 a second on two cores. `--one-by-one`: over HTTP, one message a POST
answered 202 when it is durable, by parallel senders, while another process reads what waits (see one_by_one.py).
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from one_by_one import post_and_read
from processor import database_seconds

from kazna.cli.database import open_database
from kazna.kernel.identifiers import snils_control
from kazna.standins.documents.birth import BirthRecord, write_birth
from kazna.standins.documents.cards import CivilAct, PersonCard
from kazna.standins.documents.death import DeathRecord, write_death
from kazna.standins.documents.marriage import MarriageRecord, write_marriage
from kazna.standins.documents.name_change import NameChange, write_name_change
from kazna.standins.documents.spouses import Spouse
from kazna.standins.parcels import Document, zip_together

ON, RECORDED = date(2026, 2, 10), date(2026, 2, 9)
TARGET = 300
SYLLABLES = ("бо", "ва", "га", "де", "жу", "зи", "ко", "ла", "ми", "но", "пе", "ро", "са", "та", "фе", "ча")


def word(number: int) -> str:
    """A name unlike others, from the number: Russian letters only."""
    letters = "".join(SYLLABLES[(number >> shift) & 15] for shift in (0, 4, 8, 12, 16))
    return letters.capitalize()


def person(number: int, sex: str, born: date, surname: str, code: str = "21") -> PersonCard:
    nine = f"{100_000_000 + number:09d}"
    return PersonCard(
        snils=nine + snils_control(nine), surname=surname, forename="Анна" if sex == "F" else "Иван",
        patronymic="Петровна" if sex == "F" else "Петрович", sex=sex, birth_date=born, citizenship="643",
        document_code=code, document_number=f"4512 {number % 1_000_000:06d}", document_date=date(2015, 3, 2),
        document_issuer="ОВД", region="77", region_name="Москва", oktmo="45000000",
        address=f"г. Москва, ул. Кирова, д. {number % 200 + 1}",
    )  # fmt: skip


def message(number: int) -> bytes:
    """Of ten messages six are births, two deaths, one marriage, one change of name."""
    act = CivilAct(f"{110_000_000_000_000_000_000 + number}", RECORDED, "ЗАГС", "R7700001", 1, RECORDED)
    surname = word(number)
    wife = person(number * 4, "F", date(1990, 1, 1) + timedelta(days=number % 3000), surname)
    husband = person(number * 4 + 1, "M", date(1988, 1, 1) + timedelta(days=number % 3000), surname)
    match number % 10:
        case 6 | 7:
            return write_death(DeathRecord(act, wife, RECORDED - timedelta(days=1)))
        case 8:
            return write_marriage(MarriageRecord(act, Spouse(husband, surname), Spouse(wife, word(number + 7))))
        case 9:
            after = person(number * 4, "F", wife.birth_date, word(number + 7))
            return write_name_change(NameChange(act, wife, after))
    child = person(number * 4 + 2, "M", RECORDED - timedelta(days=3), surname, "03")
    return write_birth(BirthRecord(act, child, wife, husband, 1))


def spoilt(payload: bytes, number: int) -> bytes:
    """Cut off, against the schema, of an unknown version, or with a Latin letter in a name."""
    match number % 4:
        case 0:
            return payload[: len(payload) // 2]
        case 1:
            return payload.replace("ОрганЗАГС".encode(), "ОрганЗАКС".encode())
        case 2:
            return payload.replace(b"/4.0.", b"/9.9.")
    return payload.replace("Имя>".encode(), "Имя>e".encode(), 1).replace("Имя>e<".encode(), "Имя><".encode())


def one_message(number: int, step: int) -> bytes:
    """The message, every `step`th of them spoilt; 0: none."""
    return spoilt(message(number), number // step) if step and number % step == 0 else message(number)


def parcels(messages: int, batch: int, broken: float) -> Iterator[tuple[int, bytes]]:
    step = round(1 / broken) if broken else 0
    for first in range(0, messages, batch):
        numbers = range(first, min(first + batch, messages))
        documents = [Document(f"{n}.xml", one_message(n, step)) for n in numbers]
        yield len(numbers), zip_together(documents)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--messages", type=int, default=10_000)
    options.add_argument("--batch", type=int, default=500)
    options.add_argument("--broken", type=float, default=0.0, help="share of spoilt messages")
    options.add_argument("--profile", action="store_true", help="print where the time goes")
    options.add_argument("--one-by-one", action="store_true", help="one message a POST, over HTTP")
    options.add_argument("--senders", type=int, default=8, help="parallel senders of single messages")
    chosen = options.parse_args()
    open_database(migrate=True)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, PostgreSQL 18")
    print(f"load before: {os.getloadavg()[0]:.1f}")
    if chosen.one_by_one:
        one_by_one(chosen.messages, chosen.broken, chosen.senders)
    else:
        in_zips(chosen)


def one_by_one(messages: int, broken: float, senders: int) -> None:
    from django.conf import settings

    from kazna.contexts.integration import public as integration

    step = round(1 / broken) if broken else 0
    posts = [one_message(number, step) for number in range(messages)]
    post_and_read(posts, senders=senders, key=settings.KAZNA_AGENCY_KEYS["zags"], database_seconds=database_seconds)
    print({status.value: count for status, count in integration.counts().by_status.items()})


def in_zips(chosen: argparse.Namespace) -> None:
    from kazna.contexts.registers import public as registers

    posts = list(parcels(chosen.messages, chosen.batch, chosen.broken))
    profile = cProfile.Profile() if chosen.profile else None
    outcomes: Counter[str] = Counter()
    before, cpu, began = database_seconds(), time.process_time(), time.perf_counter()
    for place, (_, payload) in enumerate(posts):
        if profile:
            profile.enable()
        receipts = registers.take_in(
            payload=payload, agency="zags", file_name=f"day-{place}.zip", content_type="application/zip", on=ON,
            received_at=datetime(2026, 2, 10, 9, tzinfo=UTC),
        )  # fmt: skip
        if profile:
            profile.disable()
        outcomes.update(receipt.status for receipt in receipts)
    wall, own, base = time.perf_counter() - began, time.process_time() - cpu, database_seconds() - before
    print(f"{chosen.messages} messages in zips of {chosen.batch}: {dict(outcomes)}")
    print(f"by the clock {chosen.messages / wall:.0f} messages/s ({wall:.1f} s)")
    print(f"processor seconds: {own:.1f} here, {base:.1f} in PostgreSQL (all its processes on this machine)")
    print(f"by processor time of one process {chosen.messages / own:.0f} messages/s; the target is {TARGET}")
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
