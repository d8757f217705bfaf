"""Electronic certificates (491-FZ) with what was bought by them, and help given in kind."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Certificate(models.Model):
    """The right to buy goods of some classes for at most a sum until a day. `number`: twenty-five digits."""

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
    first_day = models.DateField()
    last_day = models.DateField()
    blocked_on = models.DateField(null=True)

    class Meta:
        db_table = "payments_certificate"
        indexes = [models.Index(fields=["recipient_id"], name="certificate_of_recipient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_kopecks__gte=0, used_kopecks__lte=F("amount_kopecks")),
                name="certificate_not_overspent",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{25}$"), name="certificate_number_digits"),
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
        indexes = [models.Index(fields=["recipient_id"], name="provision_of_recipient")]
