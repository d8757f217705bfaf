"""A worker as a process of its own, with one slow consumer that writes what it hears into a table."""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazna.config.settings.base")


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from tests.plumbing.lamps import LampLit

    from kazna.plumbing import outbox, work

    outbox.consumers.clear()

    @outbox.consumes(LampLit, name="test.lamps", stage=1, shared="shared" in sys.argv)
    def hear(events):
        with connection.cursor() as cursor:
            for event in events:
                cursor.execute("INSERT INTO heard_lamps (room, person) VALUES (%s, %s)", [event.room, event.person_id])
                time.sleep(float(sys.argv[1]))

    work.work(work.stop_on_signals())


if __name__ == "__main__":
    main()
