"""Obligations, orders, registers and statements move; lines of registers and the ledger are only added."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kazna.contexts.payments.contracts import HoldReason, OrderState
from kazna.contexts.payments.lifecycle import LIVE, STANDING


class Obligation(models.Model):
    """What one cash award obliges to pay, and up to which month it has been turned into orders.

    `pay_day` of the month `pay_shift` months after the one paid for; None for a single payment.
    `next_month` None: everything due so far and ever has orders.
    """

    award_id = models.UUIDField(primary_key=True)
    decision_id = models.UUIDField(null=True)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20, db_default="", default="")
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    amount_kopecks = models.BigIntegerField()
    period = models.CharField(max_length=10)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    stops_on = models.DateField(null=True)
    granted_on = models.DateField()
    pay_day = models.PositiveSmallIntegerField(null=True)
    pay_shift = models.PositiveSmallIntegerField(default=0)
    prorate_first = models.BooleanField()
    prorate_last = models.BooleanField()
    first_pay_on = models.DateField()
    first_month = models.DateField(help_text="the first month paid by us")
    next_month = models.DateField(null=True)
    next_pay_on = models.DateField(null=True)

    class Meta:
        db_table = "payments_obligation"
        indexes = [
            models.Index(fields=["recipient_id"], name="obligation_of_recipient"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_kopecks__gte=0), name="obligation_not_negative"),
            models.CheckConstraint(
                condition=models.Q(next_month__isnull=True, next_pay_on__isnull=True)
                | models.Q(next_month__isnull=False, next_pay_on__isnull=False),
                name="obligation_next_together",
            ),
        ]


class Payee(models.Model):
    """Where a recipient's money goes, kept in step with the registers. By post `bik` is «post-<region>» and `account`
    the postal index. `holder_id` owns the account:
    the recipient, or a parent of a child without an account. `is_refused`: the bank sent money back from it.
    """

    person_id = models.UUIDField(primary_key=True)
    holder_id = models.UUIDField()
    snils = models.CharField(max_length=11, default="")
    surname = models.CharField(max_length=200)
    forename = models.CharField(max_length=200)
    patronymic = models.CharField(max_length=200, null=True)
    bik = models.CharField(max_length=9, null=True)
    account = models.CharField(max_length=20, null=True)
    email = models.CharField(max_length=254, null=True)
    died_on = models.DateField(null=True)
    is_refused = models.BooleanField(default=False)
    is_foreign_card = models.BooleanField(
        default=False, db_default=False, help_text="the account given last serves a card that is not МИР"
    )
    delivery_day = models.PositiveSmallIntegerField(
        null=True, help_text="day of the month on which the post brings the money; None: to a bank"
    )
    address = models.TextField(default="", db_default="", help_text="where the post brings it")

    class Meta:
        db_table = "payments_payee"
        indexes = [models.Index(fields=["holder_id"], name="payee_holder")]


class Register(models.Model):
    """A register of credits to one bank from one payer. Its bytes follow from its lines; `sha256` proves it."""

    class State(models.TextChoices):
        MADE = "made"
        SENT = "sent"
        ANSWERED = "answered"

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30, unique=True)
    date = models.DateField()
    body = models.CharField(max_length=40)
    bik = models.CharField(max_length=9)
    lines_count = models.PositiveIntegerField()
    total_kopecks = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.MADE)
    sha256 = models.CharField(max_length=64, default="")
    problem = models.TextField(default="")
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    is_for_creditors = models.BooleanField(
        default=False, db_default=False, help_text="its lines are transfers by enforcement documents"
    )

    class Meta:
        db_table = "payments_register"


class Order(models.Model):
    """One payment of one month of an award; a refused one is repeated by another that points at it.

    `correction_id`: the decision whose difference for the month it pays in addition; None pays the month itself.
    `withheld_kopecks` of the amount pay off a debt or go to creditors, the rest goes to the bank; the whole of it when
    only what a creditor got stayed of a payment that came back.
    """

    id = models.UUIDField(primary_key=True)
    award = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="orders", db_index=False, db_constraint=False
    )  # references without a constraint are kept once a statement: plumbing/references.py
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20, db_default="", default="")
    recipient_id = models.UUIDField()
    subject_id = models.UUIDField()
    month = models.DateField()
    correction_id = models.UUIDField(null=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    amount_kopecks = models.BigIntegerField()
    withheld_kopecks = models.BigIntegerField(db_default=0)
    pay_on = models.DateField()
    state = models.CharField(max_length=12, choices=[(s.value, s.name.lower()) for s in OrderState])
    hold_reason = models.CharField(max_length=20, default="", choices=[(s.value, s.name.lower()) for s in HoldReason])
    reissues = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    register = models.ForeignKey(
        Register, null=True, on_delete=models.PROTECT, related_name="orders", db_index=False, db_constraint=False
    )
    settled_on = models.DateField(null=True)
    return_reason = models.TextField(default="")
    created_on = models.DateField()
    is_live = models.GeneratedField(
        expression=models.Q(state__in=[state.value for state in LIVE]),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    waits = models.GeneratedField(
        expression=models.Case(
            models.When(state__in=[state.value for state in STANDING], then="state"), default=models.Value("")
        ),
        output_field=models.CharField(max_length=12),
        db_persist=True,
        help_text="the state while a person has to do something, else empty; indexes ask this and not the state, so "
        "that an order which leaves for the bank keeps its place in all of them",
    )

    class Meta:
        db_table = "payments_order"
        constraints = [
            models.UniqueConstraint(
                fields=["award", "month", "recipient_id", "correction_id", "attempt"],
                name="order_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["award", "month", "recipient_id", "correction_id"],
                condition=models.Q(is_live=True),
                name="order_one_live",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(withheld_kopecks__gte=0, withheld_kopecks__lte=models.F("amount_kopecks")),
                name="order_withheld_within_amount",
            ),
            models.CheckConstraint(condition=models.Q(amount_kopecks__gt=0), name="order_above_zero"),
            models.CheckConstraint(condition=models.Q(month__day=1), name="order_month_start"),
        ]
        indexes = [
            models.Index(fields=["recipient_id", "-month"], name="order_of_recipient"),
            models.Index(
                fields=["subject_id", "-month"],
                name="order_about",
                condition=~models.Q(subject_id=models.F("recipient_id")),
            ),
            models.Index(
                fields=["created_on"], name="order_unsettled", condition=models.Q(is_live=True, settled_on__isnull=True)
            ),
            models.Index(fields=["created_on"], name="order_held", condition=models.Q(waits="held")),
            models.Index(
                fields=["body", "-settled_on", "id"], name="order_came_back", condition=models.Q(waits="returned")
            ),
            models.Index(
                fields=["recipient_id"], name="order_waiting", condition=models.Q(waits__in=["held", "returned"])
            ),
        ]


class RegisterLine(models.Model):
    """One credit of a register as the bank got it: names and account of the holder on that day."""

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="line", db_constraint=False)
    body = models.CharField(max_length=40)
    recipient_id = models.UUIDField()
    surname = models.CharField(max_length=200)
    forename = models.CharField(max_length=200)
    patronymic = models.CharField(max_length=200, null=True)
    account = models.CharField(max_length=20)
    delivery_on = models.DateField(null=True)
    address = models.TextField(default="", db_default="")
    amount_kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_register_line"
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="register_line_once")]
        indexes = [
            models.Index(fields=["delivery_on"], name="line_by_post", condition=models.Q(delivery_on__isnull=False))
        ]


class Statement(models.Model):
    """The bank's answer to a register; one row per intake document."""

    document_id = models.UUIDField(primary_key=True)
    register = models.ForeignKey(Register, null=True, on_delete=models.PROTECT, related_name="statements")
    register_number = models.CharField(max_length=60)
    stated_on = models.DateField()
    taken_on = models.DateField()

    class Meta:
        db_table = "payments_statement"


class StatementLine(models.Model):
    """One line of a statement. `problem` says why it could not be applied; then nothing was changed by it."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines", db_index=False)
    place = models.PositiveIntegerField(help_text="order in the document, from 1")
    number = models.PositiveIntegerField()
    account = models.CharField(max_length=34)
    amount_kopecks = models.BigIntegerField()
    is_credited = models.BooleanField()
    reason = models.TextField(default="")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="statement_lines")
    problem = models.TextField(default="")

    class Meta:
        db_table = "payments_statement_line"
        constraints = [models.UniqueConstraint(fields=["statement", "place"], name="statement_line_once")]
        indexes = [models.Index(fields=["statement"], name="statement_problem", condition=~models.Q(problem=""))]


class LedgerPosting(models.Model):
    """One event of money. All its entries are written by one statement and sum to zero (a trigger checks)."""

    class Kind(models.TextChoices):
        ACCRUED = "accrued"
        SENT = "sent"
        CREDITED = "credited"
        RETURNED = "returned"
        CANCELLED = "cancelled"
        OVERPAID = "overpaid"
        RETURNED_LATE = "back_late"
        RETURNED_OVERPAID = "back_over"
        RETURNED_DEBT = "back_debt"
        RESTORED = "restored"
        FORGIVEN_CLAIM = "unclaimed"
        CLAIMED = "claimed"
        SET_OFF = "set_off"
        RECOVERED = "recovered"
        UNSET_OFF = "unset_off"
        UNRECOVERED = "unrecover"
        WRITTEN_OFF = "written"
        DEBT_WRITTEN_OFF = "debt_off"
        REFUNDED = "refunded"
        RETURNED_WRITTEN = "back_off"
        RESTORED_WRITTEN = "rest_off"
        CERTIFICATE_ISSUED = "cert_issue"
        CERTIFICATE_USED = "cert_used"
        CERTIFICATE_BACK = "cert_back"
        CERTIFICATE_LAPSED = "cert_lapse"
        CERTIFICATE_BLOCKED = "cert_block"
        CERTIFICATE_REVOKED = "cert_void"
        WRIT_WITHHELD = "writ_held"
        WRIT_UNDONE = "writ_undo"
        WRIT_KEPT = "writ_kept"
        WRIT_SENT = "writ_sent"
        WRIT_PAID = "writ_paid"
        WRIT_RETURNED = "writ_back"
        WRIT_RETURNED_LATE = "writ_late"

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    register = models.ForeignKey(Register, null=True, on_delete=models.PROTECT, related_name="postings")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "payments_ledger_posting"


class LedgerEntry(models.Model):
    """One leg: kopecks that came to (above zero) or left (below) an account.

    Accounts: `budget:<measure>`, `payable:<person>`, `transit:<bank>`, `paid:<measure>`, `overpaid:<measure>`,
    `debt:<person>`, `recovered:<measure>`, `written_off:<measure>`, `certificate:<number>`. `kbk`: the line of the
    budget that bears it.
    """

    id = models.BigAutoField(primary_key=True)
    posting = models.ForeignKey(LedgerPosting, on_delete=models.PROTECT, related_name="entries", db_constraint=False)
    account = models.CharField(max_length=100)
    measure = models.CharField(max_length=80)
    body = models.CharField(max_length=40)
    kbk = models.CharField(max_length=20, db_default="", default="")
    order = models.ForeignKey(
        Order, null=True, on_delete=models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    amount_kopecks = models.BigIntegerField()

    class Meta:
        db_table = "payments_ledger_entry"
        constraints = [models.CheckConstraint(condition=~models.Q(amount_kopecks=0), name="entry_not_zero")]
        indexes = [
            models.Index(
                fields=["account"],
                name="entry_of_certificate",
                condition=models.Q(account__startswith="certificate:"),
            )
        ]


from kazna.contexts.payments import certificates, debts, sums, writs  # noqa: E402, F401  (Django finds tables by this module)
