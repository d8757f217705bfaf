"""Technical tables: the outbox, the day's work, the operating day, gapless numbering."""

from django.db import models
from django.db.models.functions import Now


class Delivery(models.Model):
    """One event on its way to one consumer. Written in the transaction that made the event true."""

    event = models.CharField(max_length=60)
    consumer = models.CharField(max_length=60)
    stage = models.SmallIntegerField()
    payload = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(db_default=0)
    not_before = models.DateTimeField(db_default=Now())
    error = models.TextField(db_default="")

    class Meta:
        db_table = "plumbing_delivery"
        indexes = [
            models.Index(
                fields=["stage", "id"],
                name="delivery_waiting",
                condition=models.Q(handled_at__isnull=True),
            ),
        ]


class DailyRun(models.Model):
    """A daily task done for an operating day; the unique key keeps it from being done twice."""

    day = models.DateField()
    task = models.CharField(max_length=60)
    done_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "plumbing_daily_run"
        constraints = [models.UniqueConstraint(fields=["day", "task"], name="daily_run_once")]


class OperatingDay(models.Model):
    """The single row that says which day it is for the platform and how far its work has come."""

    class State(models.TextChoices):
        FILLING = "filling"  # agencies are still reporting; the spine waits
        WORKING = "working"  # the spine works; arriving messages are handled at once
        CLOSED = "closed"  # all work of the day is done

    singleton = models.BooleanField(primary_key=True, default=True)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)

    class Meta:
        db_table = "plumbing_operating_day"
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="operating_day_one_row")]


class NumberSeries(models.Model):
    """Last number given in a series; taken inside the transaction that uses it, so there are no gaps."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.BigIntegerField(default=0)

    class Meta:
        db_table = "plumbing_number_series"


class StageTime(models.Model):
    """How long each consumer has worked and on how many events; the monitor and the demo's summary show it."""

    consumer = models.CharField(max_length=60, primary_key=True)
    events = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        db_table = "plumbing_stage_time"
