"""The inbox."""

from django.db import models


class StatementClock(models.Func):
    """The moment of the statement; `now()` would give the start of the whole batch."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()


class Notice(models.Model):
    """One notice to one person; only the moments of reading and e-mailing change.

    `received_at` is the moment the message came that set it all going, `document_id` that message
    (None: the calendar or an officer).
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    recipient_id = models.UUIDField()
    key = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=300)
    happened = models.TextField()
    why = models.TextField()
    next_step = models.TextField(default="")
    link = models.CharField(max_length=300, default="")
    told_on = models.DateField()
    email = models.EmailField(null=True)
    document_id = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=StatementClock())
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notifications_notice"
        indexes = [
            models.Index(fields=["recipient_id", "-number"], name="notice_inbox"),
            models.Index(
                fields=["number"],
                name="notice_to_email",
                condition=models.Q(email__isnull=False, emailed_at__isnull=True),
            ),
        ]


class Channels(models.Model):
    """How a person wants to be told. No row: by e-mail and push at any hour. Hours are Moscow time, `from` inside."""

    person_id = models.UUIDField(primary_key=True)
    by_email = models.BooleanField(default=True)
    by_push = models.BooleanField(default=True)
    quiet_from = models.SmallIntegerField(null=True)
    quiet_to = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "notifications_channels"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | models.Q(quiet_from__range=(0, 23), quiet_to__range=(0, 23)),
                name="quiet_hours_are_hours",
            )
        ]


class PushDevice(models.Model):
    """A browser that asked for push. `last_number`: the newest notice it was told of, or was there before it."""

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    endpoint = models.CharField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    last_number = models.BigIntegerField()
    added_at = models.DateTimeField(db_default=StatementClock())

    class Meta:
        db_table = "notifications_push_device"
        indexes = [models.Index(fields=["person_id"], name="push_device_of_person")]
