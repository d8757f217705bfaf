"""How long each part of the spine has worked: consumers of events and daily tasks."""

from django.db import connection

COUNT_TIME = """
    INSERT INTO plumbing_stage_time (consumer, events, seconds) VALUES (%(part)s, %(events)s, %(seconds)s)
    ON CONFLICT (consumer) DO UPDATE SET events = plumbing_stage_time.events + EXCLUDED.events,
        seconds = plumbing_stage_time.seconds + EXCLUDED.seconds
"""


def count_time(part: str, events: int, seconds: float) -> None:
    """Add to a part's account, in the transaction of its work."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_TIME, {"part": part, "events": events, "seconds": seconds})
