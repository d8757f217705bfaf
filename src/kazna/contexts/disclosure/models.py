"""Consumers, agreements, consents, what was given to whom, subscriptions and changes to be told."""

from django.db import models
from django.db.models.functions import Now

from kazna.plumbing.webhooks import Outgoing


class Consumer(models.Model):
    """A system of an agency. Of the key only its digest is kept; a certificate is known by its fingerprint."""

    code = models.SlugField(max_length=40, primary_key=True)
    title = models.CharField(max_length=200)
    key_digest = models.CharField(max_length=64)
    certificate = models.CharField(max_length=64, default="", blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "disclosure_consumer"


class Agreement(models.Model):
    consumer = models.ForeignKey(Consumer, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    purpose = models.CharField(max_length=300)
    legal_ground = models.CharField(max_length=300)
    fields = models.JSONField()
    territories = models.JSONField()
    changes = models.JSONField()
    needs_consent = models.BooleanField()
    per_minute = models.IntegerField()
    per_day = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    webhook_url = models.CharField(max_length=300, default="", blank=True)
    webhook_secret = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "disclosure_agreement"
        constraints = [models.UniqueConstraint(fields=["consumer", "number"], name="agreement_number_once")]


class Consent(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "disclosure_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person_id"],
                name="one_consent_in_force",
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]


class Disclosed(models.Model):
    """One person's data given to one consumer; `asked` is the consumer's own number of the request."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    fields = models.JSONField()
    asked = models.CharField(max_length=60, default="", blank=True)
    given_at = models.DateTimeField()

    class Meta:
        db_table = "disclosure_disclosed"
        indexes = [models.Index(fields=["person_id", "-id"], name="disclosed_of_person")]


class Subscription(models.Model):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        db_table = "disclosure_subscription"
        constraints = [models.UniqueConstraint(fields=["person_id", "agreement"], name="subscribed_once")]


class Change(Outgoing):
    """A change to be told: kept for the cursor, sent by webhook when there is an address."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    person_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)  # of the event: a repetition changes nothing
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "disclosure_change"
        constraints = [models.UniqueConstraint(fields=["agreement", "person_id", "digest"], name="change_told_once")]
        indexes = [
            models.Index(fields=["agreement", "id"], name="change_cursor"),
            models.Index(fields=["not_before"], name="change_to_send", condition=models.Q(sent_at__isnull=True)),
        ]


class Use(models.Model):
    """Requests of an agreement within a window: a minute or a day."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=6)
    began_at = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        db_table = "disclosure_use"
        constraints = [models.UniqueConstraint(fields=["agreement", "window", "began_at"], name="use_window_once")]
