"""Drafts of measures, every version of their texts, remarks and agreements on a version, scenarios."""

from django.db import models
from django.db.models.functions import Now


class Draft(models.Model):
    """A measure, or a new edition of one, being written. `state`: see lifecycle.py. `version`: the newest one."""

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    region = models.CharField(max_length=2, default="")
    first_day = models.DateField()
    begun_from = models.CharField(max_length=120, default="")
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    author = models.CharField(max_length=150)
    begun_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True)
    release = models.CharField(max_length=64, default="")
    launched_on = models.DateField(null=True)
    held_because = models.TextField(default="")

    class Meta:
        db_table = "studio_draft"


class Version(models.Model):
    """The two documents as somebody saved them. Only added."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    measure_text = models.TextField()
    figures_text = models.TextField(default="")
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "studio_version"
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="version_once")]


class Remark(models.Model):
    """A remark on a line of a version; 0 is the whole."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    line = models.PositiveIntegerField(default=0)
    text = models.TextField()
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "studio_remark"


class Agreement(models.Model):
    """One person's answer on a version in one part: lawyer, finance or second. Only added."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    part = models.CharField(max_length=10)
    agrees = models.BooleanField()
    remark = models.TextField(default="")
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "studio_agreement"
        constraints = [
            models.UniqueConstraint(fields=["draft", "version", "part"], name="agreement_of_part_once"),
            models.UniqueConstraint(fields=["draft", "version", "given_by"], name="agreement_of_person_once"),
        ]


class Scenario(models.Model):
    """What a version would change for a territory; `result` holds only counts fit to be shown."""

    id = models.UUIDField(primary_key=True)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    territory = models.CharField(max_length=2)
    on = models.DateField()
    figures = models.JSONField(default=dict)
    result = models.JSONField()
    played_by = models.CharField(max_length=150)
    played_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "studio_scenario"


class Impact(models.Model):
    """What a measure changed between two days; `result` holds only what is fit to be shown."""

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    territory = models.CharField(max_length=2, default="")
    since = models.DateField()
    until = models.DateField()
    result = models.JSONField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "studio_impact"
