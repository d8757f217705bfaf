"""Tables of the exchange: deliveries, their documents, claimed editions of acts, questions to agencies."""

from __future__ import annotations

from django.db import models

from kazna.contexts.integration.contracts import DocumentStatus


class Packing(models.TextChoices):
    ZLIB = "zlib"
    NONE = "none"


class IntakeDelivery(models.Model):
    """What came in one post: a document, or a zip of documents.

    One kept to be read later has its bytes here, packed as `packing` says, until `protocol` answers it.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.CharField(max_length=20)
    file_name = models.CharField(max_length=300)
    content_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    documents = models.IntegerField()
    duplicates = models.IntegerField()
    operating_day = models.DateField()
    received_at = models.DateTimeField()
    payload = models.BinaryField(null=True)
    packing = models.CharField(max_length=4, choices=Packing, default=Packing.NONE)
    in_reply_to = models.UUIDField(null=True)
    protocol = models.JSONField(null=True)

    class Meta:
        db_table = "integration_delivery"


class IntakeDocument(models.Model):
    """One document, raw and with what became of it.

    `payload` is packed as `packing` says; it is null when the document was too large to keep.
    `number` orders the quarantine list and never repeats. `times_received` counts the same bytes again.
    """

    number = models.BigAutoField(primary_key=True)
    document_id = models.UUIDField(unique=True)
    delivery = models.ForeignKey(IntakeDelivery, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=300)
    kind = models.CharField(max_length=30)
    status = models.CharField(max_length=20, choices=[(one.value, one.value) for one in DocumentStatus])
    act = models.CharField(max_length=120, default="")
    remarks = models.JSONField(default=list)
    payload = models.BinaryField(null=True)
    packing = models.CharField(max_length=4, choices=Packing)
    size_bytes = models.BigIntegerField()
    reported_on = models.DateField(null=True)
    operating_day = models.DateField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    times_received = models.IntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", to_field="document_id")

    class Meta:
        db_table = "integration_document"
        constraints = [models.UniqueConstraint(fields=["agency", "digest"], name="document_once_per_agency")]
        indexes = [
            models.Index(fields=["number"], name="document_quarantined", condition=models.Q(status="quarantined")),
            models.Index(fields=["status", "kind"], name="document_by_status"),
            models.Index(fields=["act"], name="document_of_act", condition=~models.Q(act="")),
        ]


class ClaimedEdition(models.Model):
    """An edition of an act and the digest of what it says: the unique key lets one body only into the registers.

    The row is removed when its document goes to quarantine, so that a corrected one can take the place.
    """

    agency = models.CharField(max_length=20)
    act = models.CharField(max_length=120)
    version = models.BigIntegerField()
    body_digest = models.CharField(max_length=64)
    document = models.ForeignKey(IntakeDocument, on_delete=models.PROTECT, related_name="+", to_field="document_id")

    class Meta:
        db_table = "integration_claimed_edition"
        constraints = [models.UniqueConstraint(fields=["agency", "act", "version"], name="edition_claimed_once")]


class AgencyRequest(models.Model):
    """A question to another agency and how far it has come.

    `topic` says what it asks, `about` is the year or the day asked about; `correlation` finds the request
    by its answer.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        ANSWERED = "answered"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True)
    agency = models.CharField(max_length=20)
    topic = models.CharField(max_length=20, default="")
    subject_id = models.UUIDField()
    about = models.CharField(max_length=10)
    correlation = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    asked_on = models.DateField()
    payload = models.BinaryField()
    attempts = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answer_id = models.UUIDField(null=True)
    answer_by = models.DateField(null=True)
    times_repeated = models.SmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "integration_agency_request"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "topic", "subject_id", "about"],
                name="one_open_request",
                condition=models.Q(status__in=["queued", "sent"]),
            )
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="request_to_send", condition=models.Q(status="queued")),
            models.Index(fields=["agency", "correlation"], name="request_by_answer"),
            models.Index(fields=["subject_id"], name="request_of_person"),
            models.Index(fields=["answer_by", "id"], name="request_by_deadline", condition=models.Q(status="sent")),
            models.Index(fields=["asked_on", "id"], name="request_failed", condition=models.Q(status="failed")),
        ]


class SmevMessage(models.Model):
    """One SendRequest of ours. A question has several when its message had to be made anew; the last one counts.

    `told` is what СМЭВ last said of it: a status, or the fault it was refused with.
    """

    number = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField(unique=True)
    request = models.ForeignKey(AgencyRequest, on_delete=models.PROTECT, related_name="messages")
    eol = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=60, default="")
    details = models.CharField(max_length=500, default="")

    class Meta:
        db_table = "integration_smev_message"
        indexes = [models.Index(fields=["request", "-number"], name="smev_message_of_request")]


class SmevDelivery(models.Model):
    """One message taken from our queue in СМЭВ, kept before it is acknowledged: a kill between the two loses nothing.

    `envelope` is the SOAP answer packed by zlib, null when it was too large to keep.
    """

    class Outcome(models.TextChoices):
        HANDED = "handed"  # its document went to the registers
        NOTED = "noted"  # a status or a rejection, acted upon
        REFUSED = "refused"  # signature, schema, size: a person must look
        UNASKED = "unasked"  # answers nothing we asked
        TEST = "test"  # a test message: nothing was changed

    number = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10)
    original_id = models.UUIDField(null=True)
    request = models.ForeignKey(AgencyRequest, on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.CharField(max_length=20, default="")
    sender = models.CharField(max_length=100, default="")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500, default="")
    envelope = models.BinaryField(null=True)
    size_bytes = models.BigIntegerField()
    received_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=True)
    times_received = models.IntegerField(default=1)

    class Meta:
        db_table = "integration_smev_delivery"
        indexes = [
            models.Index(fields=["number"], name="smev_to_acknowledge", condition=models.Q(acknowledged_at=None)),
            models.Index(
                fields=["number"], name="smev_refused", condition=models.Q(outcome__in=["refused", "unasked"])
            ),
        ]


class SmevReply(models.Model):
    """A SendResponse of ours that waits to be sent: a refusal to a request we do not serve."""

    number = models.BigAutoField(primary_key=True)
    message_id = models.UUIDField(unique=True)
    delivery = models.OneToOneField(SmevDelivery, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=4000)
    code = models.CharField(max_length=50)
    description = models.CharField(max_length=1000)
    attempts = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        db_table = "integration_smev_reply"
        indexes = [models.Index(fields=["next_try_at"], name="smev_reply_to_send", condition=models.Q(sent_at=None))]


class LentAnswer(models.Model):
    """The value of an answer asked on demand, by the fact that holds its digest; gone after the determination."""

    fact_id = models.UUIDField(primary_key=True)
    value = models.JSONField()
    keep_until = models.DateField()

    class Meta:
        db_table = "integration_lent_answer"
        indexes = [models.Index(fields=["keep_until"], name="lent_until")]
