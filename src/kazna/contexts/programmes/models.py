"""Programmes, their steps, monthly reports and what is watched after the end."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kazna.contexts.programmes.contracts import OPEN, ProgrammeState


class Programme(models.Model):
    """What a person and a body agreed on for a measure. Days inclusive; money in kopecks.

    `answers`: yes or no by key of the fact the rule reads; only what the officer established is in it.
    """

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    person_id = models.UUIDField()
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=[(one.value, one.name.lower()) for one in ProgrammeState])
    needs = models.TextField(default="")
    requested_on = models.DateField()
    months = models.PositiveSmallIntegerField(null=True)
    paid_once = models.BooleanField(default=False)
    is_employed = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    drafted_by = models.CharField(max_length=60, default="")
    signed_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    award_id = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=60, default="")
    confirmed_by = models.CharField(max_length=60, default="")
    outcome = models.TextField(default="")
    claimed_kopecks = models.BigIntegerField(default=0)

    class Meta:
        db_table = "programmes_programme"
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "measure"],
                condition=models.Q(state__in=[one.value for one in OPEN]),
                name="programme_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on__isnull=True) | models.Q(months__isnull=False),
                name="programme_signed_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by="") | ~models.Q(confirmed_by=models.F("ended_by")),
                name="programme_broken_by_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="broken") | ~models.Q(confirmed_by=""), name="programme_broken_is_confirmed"
            ),
            models.CheckConstraint(condition=models.Q(claimed_kopecks__gte=0), name="programme_claim_not_negative"),
        ]
        indexes = [
            models.Index(fields=["body", "state", "requested_on", "id"], name="programme_of_body"),
            models.Index(fields=["person_id"], name="programme_of_person"),
        ]


class ProgrammeStep(models.Model):
    """One thing the person undertakes: until when, at what cost, and what shows that it is done."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="steps")
    person_id = models.UUIDField()
    body = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    due_on = models.DateField()
    cost_kopecks = models.BigIntegerField(default=0)
    done_on = models.DateField(null=True)
    proof = models.TextField(default="")

    class Meta:
        db_table = "programmes_step"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_step_once"),
            models.CheckConstraint(condition=models.Q(cost_kopecks__gte=0), name="programme_step_cost"),
        ]


class ProgrammeReport(models.Model):
    """The report of one month of a programme; `due_on` inclusive. Returned ones are filed again."""

    class State(models.TextChoices):
        WAITED = "waited"
        FILED = "filed"
        ACCEPTED = "accepted"
        RETURNED = "returned"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    person_id = models.UUIDField()
    body = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITED)
    is_late = models.BooleanField(default=False)
    filed_on = models.DateField(null=True)
    text = models.TextField(default="")
    spent_kopecks = models.BigIntegerField(default=0)
    looked_by = models.CharField(max_length=60, default="")
    remark = models.TextField(default="")

    class Meta:
        db_table = "programmes_report"
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_report_once"),
            models.CheckConstraint(condition=models.Q(spent_kopecks__gte=0), name="programme_report_spent"),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="programme_report_waited", condition=models.Q(state="waited")),
        ]


class ProgrammeCheck(models.Model):
    """How the family lives: the first before the programme (number 0), then within the year after it.

    `income_kopecks` a head and month as the rule of the measure counts it, None when it is not known.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="checks")
    person_id = models.UUIDField()
    body = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    counted_on = models.DateField(null=True)
    income_kopecks = models.BigIntegerField(null=True)
    family_size = models.PositiveSmallIntegerField(null=True)
    right_id = models.UUIDField(null=True)
    note = models.TextField(default="")
    looked_by = models.CharField(max_length=60, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "programmes_check"
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programme_check_once")]
        indexes = [
            models.Index(fields=["due_on"], name="programme_check_due", condition=models.Q(counted_on__isnull=True)),
        ]
