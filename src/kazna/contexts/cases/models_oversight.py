"""What needs a second look, what a citizen chose between measures, and decisions as sealed files."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Proposal(models.Model):
    """What one officer wants and another must confirm. Of a case or an award there is one open proposal at a time."""

    class State(models.TextChoices):
        OPEN = "open"
        CONFIRMED = "confirmed"
        RETURNED = "returned"

    id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField(null=True)
    award_id = models.UUIDField(null=True)
    thing_id = models.UUIDField()
    act = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    body = models.CharField(max_length=40)
    amount_kopecks = models.BigIntegerField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    reason = models.TextField()
    computed = models.TextField(default="")
    proposed_by = models.CharField(max_length=60)
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    second_by = models.CharField(max_length=60, default="")
    second_on = models.DateField(null=True)
    second_reason = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_proposal"
        constraints = [
            models.UniqueConstraint(fields=["thing_id"], condition=models.Q(state="open"), name="proposal_one_open"),
            models.CheckConstraint(condition=~models.Q(second_by=models.F("proposed_by")), name="proposal_two_people"),
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(second_by=""), name="proposal_settled_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["body", "proposed_on", "id"], name="proposal_of_body")]


class Choice(models.Model):
    """The citizen saw two measures side by side and took one; `gives_up` are the awards that end for it."""

    case_id = models.UUIDField(primary_key=True)
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    gives_up = ArrayField(models.UUIDField())
    chosen_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_choice"


class SealedDecision(models.Model):
    """The sealed PDF of a decision in the file store: made once, always the same bytes."""

    decision_id = models.UUIDField(primary_key=True)
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    body = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_sealed_decision"
