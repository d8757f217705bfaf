"""Runs of indexation and their chunks: counted first, released by a person, written chunk by chunk."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class IndexationRun(models.Model):
    """One indexation. `day`: the day the law gives; `begins`: the first of the month the new awards count from.

    `limit_percent`: the sum may not grow (or fall) by more than this; above it nothing is written.
    """

    class State(models.TextChoices):
        COUNTING = "counting"
        COUNTED = "counted"
        RELEASED = "released"
        DONE = "done"
        HELD = "held"

    id = models.UUIDField(primary_key=True)
    day = models.DateField()
    begins = models.DateField()
    measures = ArrayField(models.CharField(max_length=80))
    limit_percent = models.PositiveSmallIntegerField()
    release_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COUNTING)
    made_on = models.DateField()
    made_by = models.CharField(max_length=60, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_indexation_run"


class IndexationChunk(models.Model):
    """Awards of a measure and a body with ids in `[first_id, last_id]`; sums in kopecks a month.

    `unsure`: the rule gives no answer and there is no coefficient; `lower`: the sum would fall. Both stay as they are
    for reconsideration. `number_from`: decisions of the chunk are numbered from here.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        COUNTED = "counted"
        DONE = "done"

    run = models.ForeignKey(IndexationRun, on_delete=models.PROTECT, related_name="chunks")
    place = models.PositiveIntegerField()
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    first_id = models.UUIDField()
    last_id = models.UUIDField()
    awards = models.PositiveIntegerField()
    changed = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    lower = models.PositiveIntegerField(default=0)
    before_kopecks = models.BigIntegerField(default=0)
    after_kopecks = models.BigIntegerField(default=0)
    number_from = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)

    class Meta:
        db_table = "cases_indexation_chunk"
        constraints = [models.UniqueConstraint(fields=["run", "place"], name="indexation_chunk_once")]


class LawLook(models.Model):
    """Awards were held against this release, last on the day `on`: measures it changed for days behind, decisions."""

    number = models.BigAutoField(primary_key=True)
    release_digest = models.CharField(max_length=64)
    on = models.DateField()
    measures = ArrayField(models.CharField(max_length=80), default=list)
    decisions = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_law_look"
