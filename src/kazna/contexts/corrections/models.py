"""Corrections that were asked for."""

from django.db import models
from django.db.models import Q


class Correction(models.Model):
    """One fact that a person calls wrong; the fact itself stays where it is, this row follows what becomes of it."""

    class State(models.TextChoices):
        FILED = "filed"
        ASKED = "asked"
        CORRECTED = "corrected"
        KEPT = "kept"

    OPEN = (State.FILED, State.ASKED)

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    asked_by = models.UUIDField()
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    source = models.CharField(max_length=20)
    territory = models.CharField(max_length=11, default="", blank=True)
    claim = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.FILED)
    filed_on = models.DateField()
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=60, default="", blank=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "corrections_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["fact_id"], condition=Q(state__in=["filed", "asked"]), name="one_open_correction_per_fact"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "asked"], settled_on__isnull=True)
                | Q(state__in=["corrected", "kept"], settled_on__isnull=False),
                name="correction_settled_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "-filed_on"], name="correction_of_person"),
            models.Index(fields=["due_on", "id"], name="correction_queue", condition=Q(state__in=["filed", "asked"])),
            models.Index(
                fields=["territory", "due_on", "id"],
                name="correction_queue_here",
                condition=Q(state__in=["filed", "asked"]),
            ),
        ]
