"""Proposals of a determination: what it would change, looked at by people before it is let out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Proposal(models.Model):
    """What one determination would change. `held_for`: why the limits stop it, in words; empty when they do not.

    `limits`: percents, see contracts.Limits. `report`: counts only. The database lets another person than `made_by`
    approve it, lets nothing be decided before that, and lets it be withdrawn only while nothing was.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        HELD = "held"
        APPROVED = "approved"
        RELEASED = "released"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True)
    on = models.DateField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=60)
    engine = models.CharField(max_length=10)
    law = models.CharField(max_length=64)
    territories = ArrayField(models.CharField(max_length=2))
    limits = models.JSONField()
    held_for = models.JSONField(default=list)
    report = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    approved_by = models.CharField(max_length=60, default="")
    approved_on = models.DateField(null=True)
    withdrawn_by = models.CharField(max_length=60, default="")
    withdrawn_on = models.DateField(null=True)
    reason = models.TextField(default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "determination_proposal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("made_by")),
                name="proposal_another_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "released"]) | ~models.Q(approved_by=""),
                name="proposal_approved_by_somebody",
            ),
        ]


class Line(models.Model):
    """One right that nobody has yet, or one award that would become another. `place` counts from 0 in a proposal.

    `sample`: shown to whoever approves. `outcome`: what releasing it came to; empty before.
    """

    class Kind(models.TextChoices):
        NEW = "new"
        LOST = "lost"
        CHANGED = "changed"
        UNKNOWN = "unknown"

    class Outcome(models.TextChoices):
        NONE = ""
        DECIDED = "decided"
        MOVED = "moved"

    id = models.BigAutoField(primary_key=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    measure = models.CharField(max_length=80)
    territory = models.CharField(max_length=2)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    number = models.CharField(max_length=30, default="")
    amount_kopecks = models.BigIntegerField(null=True)
    due_kopecks = models.BigIntegerField(null=True)
    sample = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.NONE)

    class Meta:
        db_table = "determination_line"
        constraints = [
            models.UniqueConstraint(fields=["proposal", "place"], name="line_once"),
            models.CheckConstraint(
                condition=models.Q(due_kopecks__isnull=True) | models.Q(due_kopecks__gte=0), name="line_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["proposal", "place"], name="line_sample", condition=models.Q(sample=True))]


class Chunk(models.Model):
    """Lines `[first, last]` of one kind that are let out in one transaction."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="chunks")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    is_new = models.BooleanField()
    is_done = models.BooleanField(default=False)

    class Meta:
        db_table = "determination_chunk"
        constraints = [models.UniqueConstraint(fields=["proposal", "first"], name="chunk_once")]
