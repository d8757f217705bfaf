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
WHO = """coalesce((SELECT p.snils FROM registers_person p WHERE p.id = {0}),
          (SELECT p.surname || p.forename || p.birth_date FROM registers_person p WHERE p.id = {0}), '')"""
STATE = {
    "facts": f"""SELECT kind, {WHO.format("subject_id")}, {WHO.format("object_id")}, thing, valid_from, valid_to,
                 CASE WHEN kind = 'measure.assigned' THEN value - 'decision' ELSE value END, source, known_on, annulled
                 FROM registers_fact""",
    "life events": f"SELECT code, {WHO.format('person_id')}, happened_on FROM life_events_life_event",
    "rights": f"""SELECT measure, {WHO.format("subject_id")}, {WHO.format("recipient_id")}, state, amount_kopecks,
                  first_day, last_day, mode, applied_on, "on" FROM measures_right""",
    "decisions": "SELECT number, kind, decided_on FROM cases_decision",
    "awards": f"""SELECT measure, {WHO.format("recipient_id")}, {WHO.format("subject_id")}, amount_kopecks, first_day,
                  last_day FROM cases_award""",
    "orders": f"SELECT {WHO.format('recipient_id')}, month, amount_kopecks, state, pay_on FROM payments_order",
    "ledger": "SELECT account, sum(amount_kopecks) FROM payments_entry GROUP BY account",
    "notices": f"SELECT {WHO.format('recipient_id')}, title, happened, why FROM notifications_notice",
    "quarantine": "SELECT agency, digest, status FROM integration_document",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=800)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--until", default="2025-06-30", help="last day lived")
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
    return os.environ | {"KAZNA_VAR": str(var)}


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
