"""Rights found, where each subject stands with each measure, and the releases of the law used."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Release(models.Model):
    """The whole law as it stood when a right was evaluated: replay reads it, not the files of today."""

    digest = models.CharField(max_length=64, primary_key=True)
    archive = models.BinaryField()
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "measures_release"


class SharedAnswer(models.Model):
    """What a rule said of several people of whom it knew the very same. It names none of them; only added."""

    id = models.UUIDField(primary_key=True)
    sentences = models.JSONField()
    trace = models.JSONField()

    class Meta:
        db_table = "measures_answer"


class FoundRight(models.Model):
    """One evaluation. Never changed; a later evaluation is a later row.

    Read `sentences` and `trace`; they are the row's own or of the answer that it shares with others of its batch.
    """

    id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    edition_digest = models.CharField(max_length=64)
    release = models.ForeignKey(Release, models.PROTECT, db_index=False, db_constraint=False, related_name="+")
    roles = models.JSONField()
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    state = models.CharField(max_length=10)
    amount_kopecks = models.BigIntegerField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    mode = models.CharField(max_length=30)
    body = models.CharField(max_length=40, default="")
    applied_on = models.DateField(null=True)
    as_of = models.DateField(null=True)
    governing_date = models.DateField(null=True)
    missing = models.JSONField(default=list)
    summary = models.TextField()
    own_sentences = models.JSONField(db_column="sentences", null=True)
    own_trace = models.JSONField(db_column="trace", null=True)
    answer = models.ForeignKey(
        SharedAnswer, models.PROTECT, null=True, db_index=False, db_constraint=False, related_name="+"
    )
    trace_sha256 = models.CharField(max_length=64)
    fact_ids = ArrayField(models.UUIDField())
    trigger = models.CharField(max_length=40)
    on = models.DateField()
    found_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "measures_right"
        indexes = [
            models.Index(fields=["recipient_id", "measure"], name="right_of_recipient"),
            models.Index(fields=["subject_id", "measure"], name="right_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="right_has_one_answer",
                condition=models.Q(answer__isnull=False, own_sentences__isnull=True, own_trace__isnull=True)
                | models.Q(answer__isnull=True, own_sentences__isnull=False, own_trace__isnull=False),
            ),
        ]

    @property
    def sentences(self) -> Any:
        return self.answer.sentences if self.answer else self.own_sentences

    @property
    def trace(self) -> Any:
        return self.answer.trace if self.answer else self.own_trace


class Needy(models.Model):
    """A person whose family was found needy by the newest answer that knows the income; `needy.py` keeps it."""

    person_id = models.UUIDField(primary_key=True)
    territory = models.CharField(max_length=2)
    measure = models.CharField(max_length=80)
    right_id = models.UUIDField()
    as_of = models.DateField()
    answered_on = models.DateField()
    income_kopecks = models.BigIntegerField()
    family_size = models.PositiveIntegerField()
    is_property_checked = models.BooleanField()

    class Meta:
        db_table = "measures_needy"
        indexes = [
            models.Index(fields=["territory", "income_kopecks", "person_id"], name="needy_of_territory"),
            models.Index(fields=["income_kopecks", "person_id"], name="needy_by_income"),
        ]


class NeedyDue(models.Model):
    """A measure was answered anew about this person, and the register of the needy has not followed yet."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.UUIDField()
    since = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "measures_needy_due"


class Standing(models.Model):
    """The last word on a measure for a subject and a recipient, and what would make it worth asking again.

    `awaits` names fact kinds whose arrival re-opens the question; `ask_again_on` a day on which the
    answer may change by itself. Both are empty once nothing is open.
    """

    measure = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    recipient_id = models.UUIDField()
    right = models.ForeignKey(FoundRight, models.PROTECT, db_index=False, db_constraint=False, related_name="+")
    roles = models.JSONField()
    state = models.CharField(max_length=10)
    people = ArrayField(models.UUIDField())
    awaits = ArrayField(models.CharField(max_length=60), default=list)
    ask_again_on = models.DateField(null=True)
    as_of = models.DateField(null=True)

    class Meta:
        db_table = "measures_standing"
        constraints = [
            models.UniqueConstraint(fields=["measure", "subject_id", "recipient_id"], name="standing_once"),
        ]
        indexes = [
            models.Index(fields=["recipient_id"], name="standing_of_recipient"),
            models.Index(
                fields=["subject_id"], name="standing_about", condition=~models.Q(subject_id=models.F("recipient_id"))
            ),
            models.Index(fields=["ask_again_on"], name="standing_due", condition=models.Q(ask_again_on__isnull=False)),
            GinIndex(fields=["people"], name="standing_of_people", fastupdate=False),
        ]


class PublishedFile(models.Model):
    """A document of the law published from the studio, standing over the files of the checkout. Only added.

    `path`: where it would stand in the law folder; of several with one path the newest counts.
    """

    path = models.CharField(max_length=200)
    text = models.TextField()
    published_by = models.CharField(max_length=150)
    reason = models.TextField(default="")
    published_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "measures_published_file"
