"""How officers share the queue: who holds a case open, whose it is, what was handed over and may be taken back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Claim(models.Model):
    """An officer has the case open: until `until` nobody else decides it. One a case."""

    case_id = models.UUIDField(primary_key=True)
    body = models.CharField(max_length=40)
    login = models.CharField(max_length=60)
    until = models.DateTimeField()

    class Meta:
        db_table = "cases_claim"


class Assignment(models.Model):
    """Whose a waiting case is. A case without a row is anybody's of its body."""

    case_id = models.UUIDField(primary_key=True)
    body = models.CharField(max_length=40)
    login = models.CharField(max_length=60)
    given_by = models.CharField(max_length=60)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "cases_assignment"
        indexes = [models.Index(fields=["body", "login"], name="assignment_of_officer")]


class Handover(models.Model):
    """One act on many cases: each got a new holder (empty: nobody's). Taken back at most once.

    `cases` and `before` are of one length: whose each case was.
    """

    id = models.UUIDField(primary_key=True)
    body = models.CharField(max_length=40)
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField(db_default=Now())
    cases = ArrayField(models.UUIDField())
    before = ArrayField(models.CharField(max_length=60, blank=True))
    after = ArrayField(models.CharField(max_length=60, blank=True))
    reason = models.TextField(default="")
    undone_by = models.CharField(max_length=60, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_handover"
        indexes = [models.Index(fields=["body", "-made_at"], name="handover_newest")]


class SavedQueue(models.Model):
    """A queue an officer comes back to: the filter as the address writes it."""

    login = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)

    class Meta:
        db_table = "cases_saved_queue"
        constraints = [models.UniqueConstraint(fields=["login", "name"], name="saved_queue_once")]
