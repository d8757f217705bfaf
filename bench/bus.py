"""How many events a second: written to the register and outbox, and carried by NATS JetStream into deliveries.

PYTHONPATH=src:. .venv/bin/python bench/bus.py --events 20000
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from uuid import uuid4


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=20_000)
    count = options.parse_args().events
    os.environ["DJANGO_SETTINGS_MODULE"] = "kazna.config.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from tests.plumbing.broker import NatsServer
    from tests.plumbing.lamps import LampLit

    from kazna.plumbing import outbox
    from kazna.plumbing.bus import carry
    from kazna.plumbing.bus.broker import Broker
    from kazna.plumbing.deliver import drain

    call_command("migrate", verbosity=0)
    outbox.consumes(LampLit, name="bench.lamps", stage=1)(lambda batch: None)
    people = [uuid4() for _ in range(1000)]
    lit = [LampLit("hall", people[number % 1000]) for number in range(count)]

    report("written", count, lambda: outbox.publish_many(lit))
    report("handled in-process", count, drain)
    server = NatsServer(Path(tempfile.mkdtemp()))
    try:
        settings.KAZNA_BUS = server.url
        broker = Broker(server.url, "bench")
        outbox.publish_many(lit)
        report("carried by the bus", count, lambda: carry.settle_all(broker, 600))
        report("handled after the bus", count, drain)
        broker.close()
    finally:
        server.kill()


def report(what: str, count: int, work) -> None:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    print(f"{what}: {count} events in {seconds:.2f} s, {count / seconds:,.0f}/s")


if __name__ == "__main__":
    main()
