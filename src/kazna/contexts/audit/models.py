"""The journal and the head of its chain; rows enter only by the database function `audit_append`."""

from django.db import models


class AuditEntry(models.Model):
    """One act. `hash` is sha256 of the previous row's hash and this row's canonical text (`audit_canonical`)."""

    seq = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField()
    act = models.CharField(max_length=30)
    login = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    body = models.CharField(max_length=40)
    person_id = models.UUIDField(null=True)
    screen = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    thing = models.CharField(max_length=100)
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["person_id", "-seq"], name="audit_entry_of_person"),
            models.Index(fields=["login", "-seq"], name="audit_entry_of_login"),
            models.Index(fields=["act", "-seq"], name="audit_entry_of_act"),
            models.Index(fields=["recorded_at"], name="audit_entry_moment"),
        ]


class AuditHead(models.Model):
    """The last link: its row lock orders writers, its hash shows when the tail of the journal is cut off."""

    singleton = models.BooleanField(primary_key=True, default=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_head"
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="audit_head_one_row")]
