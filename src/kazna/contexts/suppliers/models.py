"""Applications of bodies, their staff and certificates, weekly counts of loading, letters, working groups."""

from django.db import models
from django.db.models.functions import Now

from kazna.plumbing.webhooks import Outgoing


class Application(models.Model):
    """A body asks to be a participant. `state`: submitted, in_work, registered, refused."""

    id = models.UUIDField(primary_key=True, editable=False)
    title = models.CharField(max_length=500)
    inn = models.CharField(max_length=12)
    ogrn = models.CharField(max_length=15)
    region = models.CharField(max_length=2)
    oktmo = models.CharField(max_length=11, default="", blank=True)
    address = models.CharField(max_length=500, default="", blank=True)
    contact = models.CharField(max_length=200)
    email = models.EmailField()
    source = models.CharField(max_length=10, default="form", help_text="form or 10.11.I")
    state = models.CharField(max_length=12, default="submitted")
    code = models.CharField(max_length=11, default="", blank=True)
    answer = models.CharField(max_length=1000, default="", blank=True)
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        db_table = "suppliers_application"
        indexes = [models.Index(fields=["region", "state"], name="application_of_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["inn", "region"], name="one_application_open",
                condition=models.Q(state__in=["submitted", "in_work"]),
            )
        ]  # fmt: skip


class Member(models.Model):
    """A person who works for a supplier. `role`: loader, methodologist, signer, head."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    login = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=14)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "suppliers_member"


class Certificate(models.Model):
    """A certificate a body signs its packages with; `digest` SHA-256 of its DER form."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    subject = models.CharField(max_length=500)
    valid_from = models.DateField()
    valid_to = models.DateField()
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "suppliers_certificate"
        constraints = [models.UniqueConstraint(fields=["body", "digest"], name="certificate_once")]


class Week(models.Model):
    """Facts a body loaded in a week; `week` is its Monday."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    week = models.DateField()
    facts = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    slowest_days = models.IntegerField()
    measures = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        db_table = "suppliers_week"
        constraints = [models.UniqueConstraint(fields=["body", "week"], name="week_of_body_once")]


class Holding(models.Model):
    """What a body has as of the last count: measures, people of its lists, how many of them have a fact."""

    body = models.CharField(max_length=11, primary_key=True)
    title = models.CharField(max_length=500)
    region = models.CharField(max_length=2)
    oktmo = models.CharField(max_length=11)
    registered_on = models.DateField()
    measures = models.PositiveIntegerField()
    unused = models.PositiveIntegerField()
    entitled = models.PositiveIntegerField()
    served = models.PositiveIntegerField()
    last_loaded_on = models.DateField(null=True)
    counted_on = models.DateField()

    class Meta:
        db_table = "suppliers_holding"


class Letter(models.Model):
    """A letter to a body that is late or silent, prepared for the branch to send. `kind`: late, silent."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    week = models.DateField()
    kind = models.CharField(max_length=6)
    email = models.EmailField(default="", blank=True)
    text = models.TextField()
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "suppliers_letter"
        constraints = [models.UniqueConstraint(fields=["body", "week", "kind"], name="letter_once")]


class Reader(models.Model):
    """An address that gets the report of a region every week; region "" is all of them."""

    region = models.CharField(max_length=2, default="", blank=True)
    email = models.EmailField()
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "suppliers_reader"
        constraints = [models.UniqueConstraint(fields=["region", "email"], name="reader_once")]


class Mailing(models.Model):
    """A weekly report that has left: of a region to those who watch, of a body to itself."""

    week = models.DateField()
    email = models.EmailField()
    region = models.CharField(max_length=2, default="", blank=True)
    body = models.CharField(max_length=11, default="", blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "suppliers_mailing"
        constraints = [models.UniqueConstraint(fields=["week", "email", "region", "body"], name="mailing_once")]


class GroupMember(models.Model):
    """A member of the working group of a region. `role`: head, deputy, secretary, member."""

    region = models.CharField(max_length=2)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300)
    role = models.CharField(max_length=10)
    until = models.DateField(null=True)

    class Meta:
        db_table = "suppliers_group_member"


class GroupItem(models.Model):
    """A plan, meeting, proposal or decision of a working group; a decision has who answers for it and by when.

    `kind`: plan, meeting, proposal, decision. `state`: open, done, dropped.
    """

    region = models.CharField(max_length=2)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=1000)
    day = models.DateField()
    answerable = models.CharField(max_length=200, default="", blank=True)
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, default="open")
    result = models.CharField(max_length=1000, default="", blank=True)
    meeting = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "suppliers_group_item"
        indexes = [models.Index(fields=["region", "-day"], name="group_item_of_region")]


class ApiKey(models.Model):
    """A key of a body's own system; only its digest is kept."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    digest = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "suppliers_api_key"


class Webhook(models.Model):
    """Where news of a body are sent; `secret` signs them."""

    body = models.CharField(max_length=11, primary_key=True)
    region = models.CharField(max_length=2)
    url = models.CharField(max_length=300)
    secret = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        db_table = "suppliers_webhook"


class News(Outgoing):
    """A package of a body was taken: kept for the cursor, sent when the body has an address."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2)
    package_id = models.UUIDField()
    said = models.JSONField()
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "suppliers_news"
        constraints = [models.UniqueConstraint(fields=["body", "package_id"], name="news_told_once")]
        indexes = [
            models.Index(fields=["body", "id"], name="news_cursor"),
            models.Index(fields=["not_before"], name="news_to_send", condition=models.Q(sent_at__isnull=True)),
        ]


class ApiAnswer(models.Model):
    """What was answered to a request with an idempotency key; `digest` of the request."""

    body = models.CharField(max_length=11)
    region = models.CharField(max_length=2, default="")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "suppliers_api_answer"
        constraints = [models.UniqueConstraint(fields=["body", "key"], name="answer_once")]
