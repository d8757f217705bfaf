"""Kill the worker, the web and the database at random moments; the final state must equal an uninterrupted run's.

    .venv/bin/python bench/same_after_kills.py --people 800 --kills 10

Runs the demo twice in two run-time folders, the second time killing (SIGKILL) a random process every so often
and once the demo itself, and compares digests of everything a citizen, an officer or an accountant could see.
Exit code 0 when the states are equal.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

KAZNA = [sys.executable, "-m", "kazna.cli.main"]
STATE = {
    "facts": """SELECT kind, subject_id, object_id, thing, valid_from, valid_to, value - 'decision', source, known_on,
                annulled FROM registers_fact""",
    "people": "SELECT id, snils, surname, forename, birth_date, died_on, address FROM registers_person",
    "life events": "SELECT code, person_id, happened_on, found_on FROM life_events_event",
    "rights": """SELECT measure, subject_id, recipient_id, state, amount_kopecks, first_day, last_day, mode, applied_on,
                 "on", trigger, trace_sha256 FROM measures_right""",
    "decisions": """SELECT number, kind, "on", measure, subject_id, recipient_id, amount_kopecks, first_day, last_day
                    FROM cases_decision""",
    "cases": "SELECT measure, subject_id, recipient_id, state, outcome, opened_on, due_on FROM cases_case",
    "awards": """SELECT number, measure, recipient_id, subject_id, amount_kopecks, first_day, last_day, granted_on
                 FROM cases_award""",
    "orders": """SELECT recipient_id, measure, month, attempt, amount_kopecks, state, pay_on, settled_on
                 FROM payments_order""",
    "registers": "SELECT number, date, bik, total_kopecks, state FROM payments_register",
    "ledger": "SELECT account, measure, sum(amount_kopecks)::bigint FROM payments_ledger_entry GROUP BY 1, 2",
    "notices": "SELECT recipient_id, title, happened, why, told_on FROM notifications_notice",
    "documents": "SELECT agency, kind, status, operating_day FROM integration_document",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", default="2026-10-31", help="last day lived")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kazna-kills-") as folder:
        os.chmod(folder, 0o755)
        calm, stormy = Path(folder, "calm"), Path(folder, "stormy")
        began = time.monotonic()
        live(calm, options).wait()
        calm_seconds = time.monotonic() - began
        killed = storm(stormy, options, chance, calm_seconds)
        states = [state_of(calm), state_of(stormy)]
        for var in (calm, stormy):
            subprocess.run([*KAZNA, "reset", "--yes"], env=environment(var), check=True, stdout=subprocess.DEVNULL)
    different = [name for name in STATE if states[0][name] != states[1][name]]
    print(json.dumps({"killed": killed, "calm": states[0], "stormy": states[1]}, ensure_ascii=False, indent=1))
    print("ОДИНАКОВО" if not different else f"РАЗЛИЧАЕТСЯ: {', '.join(different)}")
    return 1 if different else 0


def environment(var: Path) -> dict[str, str]:
    return os.environ | {"KAZNA_VAR": str(var), "KAZNA_SECRET_PERSON_IDS": "the same people in both runs"}


def live(var: Path, options: argparse.Namespace) -> subprocess.Popen:
    """Start (or go on with) the demo in its own run-time folder."""
    var.mkdir(exist_ok=True)
    command = [*KAZNA, "demo", "--people", str(options.people), "--until", options.until, "--no-serve", "--port", "0"]
    with (var / "demo.log").open("ab") as log:
        return subprocess.Popen(command, env=environment(var), stdout=log, stderr=log)


def storm(var: Path, options: argparse.Namespace, chance: random.Random, calm_seconds: float) -> list[str]:
    """Live the same days under random kills; the demo itself is killed once and started again."""
    demo = live(var, options)
    killed: list[str] = []
    victims = [chance.choice(("worker", "web", "postgres")) for _ in range(options.kills - 1)]
    victims.insert(chance.randrange(len(victims)), "demo")
    while not (var / "run" / "worker.pid").exists() and demo.poll() is None:
        time.sleep(0.2)
    while demo.poll() is None or victims:
        time.sleep(chance.uniform(0.3, max(0.6, calm_seconds / options.kills)))
        if victims and demo.poll() is None:
            victim = victims.pop()
            if victim == "demo":
                demo.kill()
                demo.wait()
            elif not kill(var, victim):
                victims.append(victim)
                continue
            killed.append(victim)
        if demo.poll() not in (None, 0) or (demo.poll() == 0 and not victims):
            if demo.poll() == 0:
                break
            demo = live(var, options)
        elif demo.poll() == 0:
            break
    return killed


def kill(var: Path, name: str) -> bool:
    note = var / "postgres" / "data" / "postmaster.pid" if name == "postgres" else var / "run" / f"{name}.pid"
    try:
        os.kill(int(note.read_text().split("\n")[0]), signal.SIGKILL)
    except (OSError, ValueError):
        return False
    return True


def state_of(var: Path) -> dict[str, str]:
    """A digest of each kind of record, independent of random ids and of row order."""
    found = subprocess.run(
        [sys.executable, "-c", "from kazna.cli.database import open_database; open_database();"
         "from kazna.config.database import database_url; print(database_url())"],
        env=environment(var), check=True, capture_output=True, text=True,
    )  # fmt: skip
    with psycopg.connect(found.stdout.strip().splitlines()[-1]) as connection:
        return {name: digest(connection, query) for name, query in STATE.items()}


def digest(connection: psycopg.Connection, query: str) -> str:
    rows = sorted(json.dumps(row, ensure_ascii=False, default=str, sort_keys=True) for row in connection.execute(query))
    return f"{len(rows)} строк, {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:16]}"


if __name__ == "__main__":
    sys.exit(main())
