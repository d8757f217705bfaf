"""Changes of who may do what, each by two people where rights or money are touched; bodies and territories."""

from django.db import models
from django.db.models.functions import Now


class Change(models.Model):
    """One change: proposed by one administrator, applied or rejected by another; `before` and `after` are whole.

    What is not `guarded` touches neither rights nor money and is applied by whoever proposed it. The database refuses
    that one person does both parts of a guarded change, and that a settled change is changed.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPLIED = "applied"
        REJECTED = "rejected"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=30)
    target = models.CharField(max_length=80)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField()
    guarded = models.BooleanField(default=True)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    settled_by = models.CharField(max_length=60, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "administration_change"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(guarded=True, state__in=["applied", "rejected"])
                | (~models.Q(settled_by="") & ~models.Q(settled_by=models.F("proposed_by"))),
                name="change_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["kind", "target"], condition=models.Q(state="waiting"), name="change_one_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["-proposed_at"], name="change_newest")]


class Territory(models.Model):
    """A region by its two digits."""

    code = models.CharField(primary_key=True, max_length=2)
    title = models.CharField(max_length=200)

    class Meta:
        db_table = "administration_territory"


class Body(models.Model):
    """A body that decides: «sfr-77» is the Fund in territory 77."""

    code = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=200)
    territory = models.CharField(max_length=2)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "administration_body"
