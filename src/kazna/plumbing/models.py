"""Technical tables: the outbox, the day's work, the operating day, gapless numbering, answered forms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.db.models.functions import Now


class Delivery(models.Model):
    """One event on its way to one consumer. Written in the transaction that made the event true."""

    event = models.CharField(max_length=60)
    event_id = models.BigIntegerField(null=True)  # of the register of events; null before there was one
    persons = ArrayField(models.UUIDField(), default=list, db_default=Value("{}"))
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
                fields=["consumer", "id"],
                name="delivery_waiting",
                condition=models.Q(handled_at__isnull=True),
            ),
            models.Index(
                fields=["consumer", "id"],
                name="delivery_failing",
                condition=models.Q(handled_at__isnull=True, attempts__gt=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event_id", "consumer"], name="delivered_once"),
        ]


class Event(models.Model):
    """Everything that happened, business and technical, in the order it was written; rows are never changed but for
    the two columns about the bus. `persons` are those it is about, `things` the case, award, document and so on.
    """

    class Sort(models.TextChoices):
        BUSINESS = "business"
        TECHNICAL = "technical"

    kind = models.CharField(max_length=60)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    persons = ArrayField(models.UUIDField(), default=list)
    things = ArrayField(models.UUIDField(), default=list)
    payload = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)  # to the bus; where there is none, the moment it was written
    sendings = models.SmallIntegerField(db_default=0)

    class Meta:
        db_table = "plumbing_event"
        indexes = [
            models.Index(fields=["kind", "-id"], name="event_of_kind"),
            models.Index(fields=["recorded_at"], name="event_moment"),
            models.Index(
                fields=["id"], name="event_to_send", condition=models.Q(sent_at__isnull=True, sort="business")
            ),
            GinIndex(fields=["persons"], name="event_of_person", fastupdate=False),
            GinIndex(fields=["things"], name="event_of_thing"),
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


class TunableValue(models.Model):
    """A value an administrator gave a setting; the newest counts, rows are only added."""

    name = models.CharField(max_length=60)
    value = models.JSONField()
    since = models.DateTimeField(db_default=Now())
    by = models.CharField(max_length=60)
    change_id = models.UUIDField(null=True)

    class Meta:
        db_table = "plumbing_tunable_value"
        indexes = [models.Index(fields=["name", "-id"], name="tunable_newest")]


class Answered(models.Model):
    """A form that was sent and did something: where its sender was led. An empty address lives within a transaction."""

    key = models.UUIDField(primary_key=True)
    address = models.TextField(db_default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "plumbing_answered"
        indexes = [models.Index(fields=["at"], name="answered_moment")]


class Figure(models.Model):
    """Figures counted at a moment, of one body or (empty) of all; `key`: what else they depend on, such as a day."""

    name = models.CharField(max_length=60)
    body = models.CharField(max_length=40, default="")
    key = models.CharField(max_length=60, default="")
    told = models.JSONField()
    counted_at = models.DateTimeField()
    cost_seconds = models.FloatField()

    class Meta:
        db_table = "plumbing_figure"
        constraints = [models.UniqueConstraint(fields=["name", "body", "key"], name="figure_once")]
