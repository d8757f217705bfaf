"""Complaints against decisions, and how the terms of cases are watched."""

from django.db import models
from django.db.models.functions import Now


class Appeal(models.Model):
    """A second look at a decision, asked for by the citizen or by a supervisor.

    `first_by` decided first (empty: the rules): the database refuses that the same officer looks again, or that
    whoever asked for the look answers it. `cause`: why the first decision did not hold.
    """

    class State(models.TextChoices):
        FILED = "filed"
        UPHELD = "upheld"
        OVERTURNED = "overturned"

    class Cause(models.TextChoices):
        NONE = ""
        LAW = "law"
        FACTS = "facts"
        MISSING = "missing"
        PROCEDURE = "procedure"
        OTHER = "other"

    id = models.UUIDField(primary_key=True)
    decision_id = models.UUIDField()
    decision_number = models.CharField(max_length=30)
    decision_kind = models.CharField(max_length=10)
    case_id = models.UUIDField(null=True)
    measure = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    filed_on = models.DateField()
    filed_by = models.CharField(max_length=60, default="", help_text="empty: the citizen")
    first_by = models.CharField(max_length=60, default="")
    text = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.FILED)
    cause = models.CharField(max_length=12, choices=Cause.choices, default=Cause.NONE, blank=True)
    decided_by = models.CharField(max_length=60, default="")
    decided_on = models.DateField(null=True)
    reason = models.TextField(default="")
    new_decision_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_appeal"
        constraints = [
            models.UniqueConstraint(fields=["decision_id"], condition=models.Q(state="filed"), name="appeal_one_open"),
            models.CheckConstraint(
                condition=models.Q(decided_by="")
                | (~models.Q(decided_by=models.F("first_by")) & ~models.Q(decided_by=models.F("filed_by"))),
                name="appeal_another_officer",
            ),
            models.CheckConstraint(
                condition=models.Q(state="filed", decided_on__isnull=True)
                | (~models.Q(state="filed") & models.Q(decided_on__isnull=False) & ~models.Q(decided_by="")),
                name="appeal_decided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "due_on", "id"], name="appeal_queue", condition=models.Q(state="filed")),
            models.Index(fields=["recipient_id"], name="appeal_of_recipient"),
            models.Index(fields=["decision_id", "recorded_at"], name="appeal_of_decision"),
        ]


class ClockStop(models.Model):
    """Days that do not count in the term of a case. Open while `until` is None; at most one open a case.

    `last_day`: after it the clock runs by itself; `by` «rules» where nobody stopped it by hand.
    """

    case_id = models.UUIDField()
    body = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    last_day = models.DateField(null=True)
    reason = models.TextField()
    by = models.CharField(max_length=60)

    class Meta:
        db_table = "cases_clock_stop"
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"], condition=models.Q(until__isnull=True), name="clock_stop_one_open"
            ),
        ]


class Escalation(models.Model):
    """A case whose term passed while it waited for an officer: shown to the supervisor until it is decided."""

    case_id = models.UUIDField(primary_key=True)
    body = models.CharField(max_length=40)
    due_on = models.DateField()
    escalated_on = models.DateField()

    class Meta:
        db_table = "cases_escalation"
