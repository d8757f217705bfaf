"""Tables of what was paid without a right, of corrected months and of the budget's limits. Rows are only added,
except the state of an overpayment."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kazna.contexts.payments.contracts import Fault, Means, OverpaymentState
from kazna.contexts.payments.models import Obligation, Order
from kazna.contexts.payments.two_people import Proposed, by_two


class MonthDue(models.Model):
    """What a month of an award is worth by a decision that counted it again; the newest row of a month holds."""

    id = models.BigAutoField(primary_key=True)
    award = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="months_due", db_index=False)
    month = models.DateField()
    due_kopecks = models.BigIntegerField()
    decision_id = models.UUIDField()
    ground = models.CharField(max_length=20)
    reason = models.TextField(default="")
    told_on = models.DateField()

    class Meta:
        db_table = "payments_month_due"
        constraints = [
            models.UniqueConstraint(fields=["award", "month", "decision_id"], name="month_due_once"),
            models.CheckConstraint(condition=models.Q(due_kopecks__gte=0), name="month_due_not_negative"),
        ]


class Overpayment(models.Model):
    """What one award paid beyond the right. Its sum follows from its months, what came back from its recoveries.

    `percent` of each payment may be withheld, at most `monthly_kopecks` a month when that is given.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    award = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="overpayments")
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20, default="")
    recipient_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=[(s.value, s.name.lower()) for s in OverpaymentState])
    ground = models.CharField(max_length=20, default="")
    reason = models.TextField(default="")
    found_on = models.DateField()
    fault = models.CharField(max_length=20, default="", choices=[(s.value, s.name.lower()) for s in Fault])
    means = models.CharField(max_length=20, default="", choices=[(s.value, s.name.lower()) for s in Means])
    percent = models.PositiveSmallIntegerField(default=0)
    monthly_kopecks = models.BigIntegerField(null=True)
    decided_by = models.CharField(max_length=150, default="")
    confirmed_by = models.CharField(max_length=150, default="", db_default="")
    decided_on = models.DateField(null=True)
    explanation = models.TextField(default="")

    class Meta:
        db_table = "payments_overpayment"
        indexes = [
            models.Index(fields=["recipient_id"], name="overpayment_of_recipient"),
            models.Index(fields=["state", "found_on"], name="overpayment_in_state"),
            models.Index(fields=["body", "found_on", "id"], name="overpayment_of_body"),
            models.Index(fields=["body", "state", "found_on", "id"], name="overpayment_of_body_in_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(state="found"), name="overpayment_one_undecided"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="")
                | (~models.Q(confirmed_by="") & ~models.Q(confirmed_by=models.F("decided_by"))),
                name="overpayment_decided_by_two",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=50), name="overpayment_percent_by_law"),
        ]


class OverpaidMonth(models.Model):
    """What of one payment was beyond the right."""

    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="months")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="overpaid")
    month = models.DateField()
    body = models.CharField(max_length=40)
    kopecks = models.BigIntegerField()
    found_on = models.DateField()

    class Meta:
        db_table = "payments_overpaid_month"
        constraints = [models.CheckConstraint(condition=models.Q(kopecks__gt=0), name="overpaid_above_zero")]


class Recovery(models.Model):
    """One sum by which an overpayment became smaller (below zero: taken back when a withholding fell away)."""

    class Kind(models.TextChoices):
        WITHHELD = "withheld"
        REPAID = "repaid"
        WRITTEN_OFF = "written_off"
        BANK_RETURNED = "bank_returned"
        RESTORED = "restored"

    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="recoveries")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    kopecks = models.BigIntegerField()
    body = models.CharField(max_length=40)
    on = models.DateField()
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="recoveries")
    document = models.CharField(max_length=200, default="")
    by = models.CharField(max_length=150, default="")
    confirmed_by = models.CharField(max_length=150, default="", db_default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "payments_recovery"
        constraints = [
            models.CheckConstraint(condition=~models.Q(kopecks=0), name="recovery_not_zero"),
            models.CheckConstraint(
                condition=~models.Q(kind="written_off")
                | models.Q(by="")
                | (~models.Q(confirmed_by="") & ~models.Q(confirmed_by=models.F("by"))),
                name="written_off_by_two",
            ),
            models.UniqueConstraint(
                fields=["overpayment", "document"], condition=models.Q(kind="repaid"), name="repaid_once"
            ),
        ]


class DebtProposal(Proposed):
    """What one officer wants done with an overpayment (decide it, write the rest off) and another must confirm."""

    nothing_waits = "проекта решения уже нет; обновите страницу"

    overpayment = models.ForeignKey(Overpayment, on_delete=models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=10)

    class Meta:
        db_table = "payments_debt_proposal"
        constraints = [
            models.UniqueConstraint(
                fields=["overpayment"], condition=models.Q(state="open"), name="debt_proposal_one_open"
            ),
            by_two("debt_proposal_two_people"),
        ]


class Recall(models.Model):
    """Money asked back from the bank after a death: one line of a register, asked for once."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True, related_name="recall")
    bik = models.CharField(max_length=9)
    body = models.CharField(max_length=40)
    recipient_id = models.UUIDField()
    died_on = models.DateField()
    kopecks = models.BigIntegerField()
    made_on = models.DateField()
    sent_on = models.DateField(null=True)
    problem = models.TextField(default="")

    class Meta:
        db_table = "payments_recall"
        indexes = [
            models.Index(fields=["made_on"], name="recall_to_send", condition=models.Q(sent_on__isnull=True)),
            models.Index(fields=["body", "-made_on", "order"], name="recall_of_body"),
        ]


class LimitChange(models.Model):
    """A change of the limit of one budget line for one measure in one year; the limit is the sum of its changes."""

    id = models.BigAutoField(primary_key=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    change_kopecks = models.BigIntegerField()
    document = models.CharField(max_length=200)
    by = models.CharField(max_length=150)
    on = models.DateField()

    class Meta:
        db_table = "payments_limit_change"
        constraints = [
            models.UniqueConstraint(fields=["measure", "body", "year", "document"], name="limit_change_once")
        ]


class Forecast(models.Model):
    """Kopecks one measure of one body will need for payments of one month, as counted on a day."""

    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20)
    month = models.DateField()
    in_force_kopecks = models.BigIntegerField()
    expected_kopecks = models.BigIntegerField()
    awards = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        db_table = "payments_forecast"
        constraints = [models.UniqueConstraint(fields=["measure", "body", "month"], name="forecast_once")]
        indexes = [models.Index(fields=["body", "month"], name="forecast_of_body")]
