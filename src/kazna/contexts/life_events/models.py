"""Life events found, and how far the calendar has been read."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class LifeEvent(models.Model):
    """One event in one life; `related` maps roles to person ids. Rows are never changed."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=40)
    person_id = models.UUIDField()
    related = models.JSONField(default=dict)
    happened_on = models.DateField()
    found_on = models.DateField()
    document_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "life_events_event"
        constraints = [models.UniqueConstraint(fields=["code", "person_id", "happened_on"], name="life_event_once")]
        indexes = [
            models.Index(fields=["person_id", "happened_on"], name="life_event_of_person"),
            GinIndex(fields=["related"], name="life_event_of_related", opclasses=["jsonb_path_ops"]),
        ]


class CalendarDay(models.Model):
    """The last day whose birthdays and terms were looked through."""

    singleton = models.BooleanField(primary_key=True, default=True)
    day = models.DateField()

    class Meta:
        db_table = "life_events_calendar_day"
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="calendar_day_one_row")]
