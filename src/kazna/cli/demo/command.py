"""`kazna demo`."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from datetime import date
from typing import TYPE_CHECKING

import click

from kazna.cli.database import open_database
from kazna.cli.demo.processes import stop_leftovers
from kazna.cli.output import as_json, console, notes, print_json
from kazna.cli.progress import bars
from kazna.kernel.places import VAR

if TYPE_CHECKING:
    from kazna.cli.demo.crew import Crew
    from kazna.cli.demo.personas import Persona

START, END = "2026-05-01", date(2026, 10, 31)
LAST_DAY = date(2026, 12, 30)  # the law has no figures of 2027 yet


@click.command()
@click.option("--people", default=5000, show_default=True, help="How many people live in the region.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another region.")
@click.option("--port", default=8000, show_default=True, help="Port of the web; another one is taken when busy.")
@click.option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d"]),
    default=START,
    show_default=True,
    help="First day lived; 2024-11-01 gives two whole years.",
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=str(END), show_default=True, help="Last day lived.")
@click.option("--step", default=5, show_default=True, help="Agencies report every so many working days.")
@click.option("--day-seconds", default=30, show_default=True, help="While serving, a working day lasts so long.")
@click.option("--serve/--no-serve", default=True, help="Serve the web when the run is over.")
@as_json
def demo(
    people: int, seed: int, port: int, start, until, step: int, day_seconds: int, serve: bool, as_json: bool
) -> None:
    """Build a synthetic region, live its days through the whole platform, show the result.

    Stopped at any moment and started again, it goes on where it was.
    """
    from kazna.cli.demo.crew import WORLD, Crew, standins

    stop_leftovers()
    began = time.monotonic()
    settings = _remembered_settings({"people": people, "seed": seed, "from": f"{start:%Y-%m-%d}"})
    baseline = WORLD / "baseline.zip"
    if not (WORLD / "ready").exists():
        notes.print(f"Строим регион: {settings['people']} жителей…")
        numbers = ["--people", str(settings["people"]), "--seed", str(settings["seed"])]
        numbers += ["--start", settings["from"], "--end", END.isoformat()]
        subprocess.run(standins("generate", *numbers, "--world", str(WORLD)), check=True, stdout=subprocess.DEVNULL)
        (WORLD / "ready").touch()
    crew = Crew(
        web_port=_free_port(port), agencies_port=_free_port(0), esia_port=_free_port(0), smev_port=_free_port(0)
    )
    open_database(migrate=True)
    from django.core.management import call_command

    from kazna.cli.baseline import load_baseline
    from kazna.cli.demo.days import live_through, working_days
    from kazna.cli.demo.personas import invite
    from kazna.cli.demo.summary import collect, show
    from kazna.plumbing import clock

    call_command("collectstatic", verbosity=0, interactive=False)
    if clock.stored_day() is None:
        clock.set_day(date.fromisoformat(settings["from"]), clock.State.FILLING)
    with bars() as display:
        task = display.add_task("Реестр Фонда", total=None, note="")
        load_baseline(
            baseline, lambda stage, done, total: display.update(task, completed=done, total=total, note=stage)
        )
    built = time.monotonic()
    try:
        crew.start()
        with bars() as display:
            days = working_days(date.fromisoformat(settings["from"]), until.date(), step)
            task = display.add_task("Живём день за днём", total=len(days), note="")
            spent = live_through(
                crew, days, lambda done, total, day: display.update(task, completed=done, note=str(day))
            )
        lived = time.monotonic()
        personas = invite(crew)
        summary = collect(prepared_seconds=built - began, lived_seconds=lived - built, spent=spent)
        print_json(summary) if as_json else show(summary)
        if serve:
            _serve(crew, personas, day_seconds)
    finally:
        crew.stop()


def _remembered_settings(asked: dict) -> dict:
    """The region of this checkout is made once; other numbers need `make reset` and are said so."""
    path = VAR / "demo.json"
    if path.exists():
        made = json.loads(path.read_text())
        if made != asked:
            notes.print(f"Продолжаем на прежних данных ({made['people']} жителей). Начать заново: make reset")
        return made
    VAR.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asked))
    return asked


def _serve(crew: Crew, personas: list[Persona], day_seconds: int) -> None:
    """Until Ctrl-C: the web answers, and every so often a working day goes by, as far as the law has figures."""
    from kazna.cli.demo.days import live_through, working_days
    from kazna.plumbing import clock

    console.print(f"\nОткройте {crew.web_url}/  (Ctrl-C остановит). Рабочий день проходит за {day_seconds} с.")
    for persona in personas:
        console.print(f"  {persona.login:<14} пароль {persona.password:<14} {persona.who}")
    to_come = [day for day in working_days(clock.today(), LAST_DAY) if day > clock.today()]
    passed = 0
    while True:
        crew.keep_alive()
        time.sleep(1)
        passed += 1
        if to_come and passed % day_seconds == 0:
            live_through(crew, [to_come.pop(0)], lambda done, total, day: None)


def _free_port(wanted: int) -> int:
    """The wanted port, or one the system gives when it is busy."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
            except OSError:
                continue
    raise RuntimeError("нет свободного порта")
