"""Applications from every channel, and the files that came with them (their bytes are in the file store)."""

from django.db import models
from django.db.models.functions import Now


class Application(models.Model):
    """One application: started in a channel, filled in any, filed once.

    `filed_by` is who applies for the recipient, the recipient or a representative. `answers`: question → what was
    typed. `version` grows with every change: a form that was opened before the change is not saved over it.
    `key` and `key_sha256`: the caller's idempotency key and the digest of what it came with.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        FILED = "filed"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, null=True, unique=True)
    measure = models.CharField(max_length=80)
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    filed_by = models.UUIDField()
    relation = models.CharField(max_length=20, default="self")
    channel = models.CharField(max_length=20)
    last_channel = models.CharField(max_length=20)
    entered_by = models.CharField(max_length=60, default="")
    body = models.CharField(max_length=40)
    territory = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    filed_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    purged_on = models.DateField(null=True)
    key = models.CharField(max_length=120, null=True, unique=True)
    key_sha256 = models.CharField(max_length=64, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_application"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "subject_id", "recipient_id"],
                condition=models.Q(state="draft"),
                name="application_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(number__isnull=False, filed_on__isnull=False),
                name="application_filed_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient_id"], name="application_of_recipient"),
            models.Index(fields=["filed_by"], name="application_of_filer"),
            models.Index(
                fields=["subject_id"],
                name="application_about",
                condition=~models.Q(subject_id=models.F("recipient_id")),
            ),
            models.Index(fields=["body", "-filed_on", "id"], name="application_of_body"),
        ]


class Attachment(models.Model):
    """A file of an application. `kind` is what its bytes are, whatever its name says."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attachments")
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=20)
    added_on = models.DateField()
    purged_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_attachment"
        constraints = [models.UniqueConstraint(fields=["application", "sha256"], name="attachment_once")]
