"""Agreements and the cases that went to other bodies under them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Agreement(models.Model):
    """A region gives functions of its measures to branches of the Fund. Days inclusive."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    origin_body = models.CharField(max_length=40)
    measures = ArrayField(models.CharField(max_length=80))
    functions = ArrayField(models.CharField(max_length=10))
    bodies = models.JSONField(help_text="working body → people put to it")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_why = models.TextField(default="")
    ended_by = models.CharField(max_length=60, default="")
    is_settled = models.BooleanField(default=False, help_text="its open cases went back after the last day")
    entered_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "delegation_agreement"
        constraints = [
            models.UniqueConstraint(fields=["origin_body", "number"], name="agreement_once"),
            models.CheckConstraint(
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
                name="agreement_days_forward",
            ),
        ]


class DelegatedCase(models.Model):
    """A case done under an agreement while `until` is None. Its officers see the recipient and the subject."""

    case_id = models.UUIDField(primary_key=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="cases")
    measure = models.CharField(max_length=80)
    origin_body = models.CharField(max_length=40)
    body = models.CharField(max_length=40)
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "delegation_case"
        indexes = [
            models.Index(fields=["body"], name="delegated_to", condition=models.Q(until__isnull=True)),
            models.Index(fields=["origin_body"], name="delegated_by"),
        ]
