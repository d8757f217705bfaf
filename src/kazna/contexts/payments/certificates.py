"""Electronic certificates (491-FZ) with what was bought by them, and help given in kind."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kazna.contexts.payments.contracts import CertificateEnding, CertificateStage


class Certificate(models.Model):
    """The right to buy goods of some classes for at most a sum until a day. `number`: twenty-five digits.

    Waiting: the limit does not let it be issued yet, its days are those it would have. Closed: nothing is bought any
    more; what was not spent went back to the budget (`returned_kopecks`). The ledger holds the rest.
    """

    number = models.CharField(max_length=25, primary_key=True)
    award_id = models.UUIDField(unique=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    recipient_id = models.UUIDField()
    program = models.CharField(max_length=8)
    goods = models.JSONField(help_text="code of a class of goods → its name")
    amount_kopecks = models.BigIntegerField()
    used_kopecks = models.BigIntegerField(default=0)
    returned_kopecks = models.BigIntegerField(default=0, db_default=0)
    state = models.CharField(max_length=10, choices=[(s.value, s.name.lower()) for s in CertificateStage])
    ending = models.CharField(max_length=10, default="", choices=[(e.value, e.name.lower()) for e in CertificateEnding])
    granted_on = models.DateField(help_text="its place in the line of those that wait for a limit")
    days = models.PositiveSmallIntegerField(help_text="how long it holds from the day of issue")
    latest_day = models.DateField(null=True, help_text="the last day of the award; never later")
    issued_on = models.DateField(null=True)
    first_day = models.DateField()
    last_day = models.DateField()
    stops_on = models.DateField(null=True, help_text="the award ends: nothing is bought from this day on")
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "payments_certificate"
        indexes = [
            models.Index(fields=["recipient_id"], name="certificate_of_recipient"),
            models.Index(fields=["measure", "body", "issued_on"], name="certificate_of_limit"),
            models.Index(fields=["last_day"], name="certificate_open", condition=~Q(state="closed")),
            models.Index(fields=["body", "-granted_on", "-number"], name="certificate_of_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_kopecks__gte=0, returned_kopecks__gte=0)
                & Q(amount_kopecks__gte=F("used_kopecks") + F("returned_kopecks")),
                name="certificate_not_overspent",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{25}$"), name="certificate_number_digits"),
            models.CheckConstraint(
                condition=Q(state="waiting", issued_on=None, closed_on=None, ending="", used_kopecks=0)
                | Q(state="issued", issued_on__isnull=False, closed_on=None, ending="", returned_kopecks=0)
                | Q(state="closed", issued_on__isnull=False, closed_on__isnull=False)
                & ~Q(ending="")
                & Q(amount_kopecks=F("used_kopecks") + F("returned_kopecks"))
                | Q(state="closed", issued_on=None, closed_on__isnull=False, used_kopecks=0) & ~Q(ending=""),
                name="certificate_state_agrees",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=False) | Q(returned_kopecks=0), name="certificate_returns_what_was_issued"
            ),
        ]


class CertificateUse(models.Model):
    """One purchase by a certificate, or goods brought back (below zero); the seller's number of it is taken once."""

    transaction_number = models.CharField(max_length=30, primary_key=True)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="uses")
    recipient_id = models.UUIDField()
    body = models.CharField(max_length=40)
    goods_code = models.CharField(max_length=30)
    kopecks = models.BigIntegerField(help_text="by the certificate")
    full_kopecks = models.BigIntegerField(help_text="the whole price; the buyer paid the rest")
    seller_inn = models.CharField(max_length=12)
    seller_name = models.CharField(max_length=1000)
    happened_at = models.DateTimeField()
    taken_on = models.DateField()

    class Meta:
        db_table = "payments_certificate_use"
        constraints = [models.CheckConstraint(condition=~Q(kopecks=0), name="certificate_use_not_zero")]


class Provision(models.Model):
    """Goods, a service or a privilege that an award gives: due, then given by a document."""

    award_id = models.UUIDField(primary_key=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    form = models.CharField(max_length=20)
    recipient_id = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    given_on = models.DateField(null=True)
    document = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "payments_provision"
        indexes = [
            models.Index(fields=["recipient_id"], name="provision_of_recipient"),
            models.Index(
                fields=["body", "first_day", "award_id"], name="provision_due", condition=Q(given_on__isnull=True)
            ),
            models.Index(
                fields=["body", "first_day", "award_id"], name="provision_given", condition=Q(given_on__isnull=False)
            ),
        ]
