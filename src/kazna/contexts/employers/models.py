"""Tables of employers: the current state of each and what extracts told on their days."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Employer(models.Model):
    """One organisation or entrepreneur by its registration number; the newest extract is shown."""

    ogrn = models.CharField(max_length=15, primary_key=True)
    inn = models.CharField(max_length=12)
    kpp = models.CharField(max_length=9, default="")
    is_entrepreneur = models.BooleanField()
    name = models.TextField()
    sort_key = models.TextField(help_text="small letters, ё as е, without quotes")
    region = models.CharField(max_length=2, default="")
    okved = models.CharField(max_length=8, default="")
    registered_on = models.DateField()
    removed_on = models.DateField(null=True)
    as_of = models.DateField()

    class Meta:
        db_table = "employers_employer"
        indexes = [
            models.Index(fields=["inn"], name="employer_by_inn"),
            models.Index(fields=["sort_key", "ogrn"], name="employer_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_on__isnull=True) | models.Q(removed_on__gte=models.F("registered_on")),
                name="employer_removed_after_registered",
            ),
        ]


class EmployerEdition(models.Model):
    """What one extract told, whole: `told` is the record as contracts.EmployerRecord."""

    ogrn = models.CharField(max_length=15)
    as_of = models.DateField()
    told = models.JSONField()
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "employers_edition"
        constraints = [models.UniqueConstraint(fields=["ogrn", "as_of", "digest"], name="employer_edition_once")]
