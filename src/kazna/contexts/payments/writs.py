"""Tables of enforcement documents («исполнительные документы»): what they claim, what was withheld by them, what was
transferred to creditors. Parts and changes are only added; a part may be given to another transfer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from kazna.contexts.payments.contracts import TransferState, WritState
from kazna.contexts.payments.models import Order, Register, StatementLine
from kazna.contexts.payments.two_people import Proposed, by_two


class Writ(models.Model):
    """An enforcement document against a recipient, executed by one paying body (229-FZ art. 98).

    It claims a share of each income or a sum a month (currently), and a debt; at least one of them.
    `percent`: the bailiff named a smaller part than the law allows. `[first_day, last_day)` bounds the current claim.
    `minimum_group`: the living minimum of this group is kept (art. 69 part 5.1); empty: not asked for.
    """

    id = models.UUIDField(primary_key=True)
    body = models.CharField(max_length=40)
    debtor_id = models.UUIDField()
    claim = models.CharField(max_length=30)
    form = models.CharField(max_length=30)
    number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60, help_text="letters and digits of the number: the same document twice")
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=200)
    creditor_name = models.CharField(max_length=160)
    creditor_inn = models.CharField(max_length=12, default="", db_default="")
    creditor_bik = models.CharField(max_length=9)
    creditor_account = models.CharField(max_length=20)
    share_top = models.PositiveSmallIntegerField(null=True)
    share_bottom = models.PositiveSmallIntegerField(null=True)
    monthly_kopecks = models.BigIntegerField(null=True)
    debt_kopecks = models.BigIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    first_day = models.DateField()
    last_day = models.DateField(null=True, help_text="the first day on which nothing is claimed currently any more")
    minimum_group = models.CharField(max_length=20, default="", db_default="")
    minimum_kopecks = models.BigIntegerField(null=True, help_text="what it is on the day; None with a group: not known")
    state = models.CharField(max_length=12, choices=[(s.value, s.name.lower()) for s in WritState])
    ended_from = models.DateField(null=True, help_text="what was withheld on or after this day is given back")
    source = models.CharField(max_length=20)
    entered_by = models.CharField(max_length=150)
    confirmed_by = models.CharField(max_length=150, default="", db_default="")
    entered_on = models.DateField()

    class Meta:
        db_table = "payments_writ"
        indexes = [
            models.Index(fields=["debtor_id"], name="writ_of_debtor"),
            models.Index(fields=["body", "-entered_on"], name="writ_of_body"),
            models.Index(fields=["state"], name="writ_in_force", condition=Q(state__in=["confirmed", "active"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "debtor_id", "number_key", "issued_on"],
                condition=~Q(state__in=["refused", "withdrawn"]),
                name="writ_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["entered", "refused"])
                | (~Q(confirmed_by="") & ~Q(confirmed_by=F("entered_by"))),
                name="writ_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(share_top__isnull=False) | Q(monthly_kopecks__gt=0) | Q(debt_kopecks__gt=0),
                name="writ_claims_something",
            ),
            models.CheckConstraint(
                condition=Q(share_top__isnull=True, share_bottom__isnull=True)
                | Q(share_top__gt=0, share_bottom__gte=F("share_top"), monthly_kopecks__isnull=True),
                name="writ_share_lawful",
            ),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__range=(1, 70)), name="writ_percent"),
        ]


class WritChange(models.Model):
    """What happened to a document: states and terms with who wanted it and who confirmed."""

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=12)
    before = models.CharField(max_length=12, default="")
    after = models.CharField(max_length=12)
    terms = models.JSONField(default=dict)
    paper = models.CharField(max_length=200, default="", help_text="the ground: whose paper, number and day")
    by = models.CharField(max_length=150)
    confirmed_by = models.CharField(max_length=150, default="")
    on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "payments_writ_change"


class WritProposal(Proposed):
    """What one officer (or the debtor, of the living minimum) wants and another officer has to confirm."""

    nothing_waits = "на подтверждении этого уже нет; обновите страницу"

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="proposals")
    debtor_id = models.UUIDField()
    act = models.CharField(max_length=12)
    paper = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "payments_writ_proposal"
        indexes = [models.Index(fields=["body"], name="writ_proposal_open", condition=Q(state="open"))]
        constraints = [
            models.UniqueConstraint(
                fields=["writ"], condition=Q(state="open") & ~Q(act="minimum"), name="writ_proposal_one_open"
            ),
            models.UniqueConstraint(
                fields=["writ"], condition=Q(state="open", act="minimum"), name="writ_proposal_one_minimum"
            ),
            by_two("writ_proposal_two_people"),
        ]


class Transfer(models.Model):
    """Money withheld by one document that goes to its creditor: one line of a register of transfers."""

    id = models.UUIDField(primary_key=True)
    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="transfers")
    body = models.CharField(max_length=40)
    debtor_id = models.UUIDField()
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="transfers")
    number = models.PositiveIntegerField()
    creditor_name = models.CharField(max_length=160)
    bik = models.CharField(max_length=9)
    account = models.CharField(max_length=20)
    amount_kopecks = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=[(s.value, s.name.lower()) for s in TransferState])
    made_on = models.DateField()
    settled_on = models.DateField(null=True)
    return_reason = models.TextField(default="")

    class Meta:
        db_table = "payments_transfer"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="transfer_line_once"),
            models.CheckConstraint(condition=Q(amount_kopecks__gt=0), name="transfer_above_zero"),
        ]
        indexes = [models.Index(fields=["body"], name="transfer_returned", condition=Q(state="returned"))]


class WritPart(models.Model):
    """Kopecks of one order withheld by one document (below zero: given back), currently and for the debt."""

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="parts")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="writ_parts")
    debtor_id = models.UUIDField()
    body = models.CharField(max_length=40)
    current_kopecks = models.BigIntegerField()
    debt_kopecks = models.BigIntegerField()
    on = models.DateField()
    transfer = models.ForeignKey(Transfer, null=True, on_delete=models.PROTECT, related_name="parts")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "payments_writ_part"
        constraints = [
            models.CheckConstraint(
                condition=Q(current_kopecks__gte=0, debt_kopecks__gte=0)
                | Q(current_kopecks__lte=0, debt_kopecks__lte=0),
                name="writ_part_one_way",
            ),
            models.CheckConstraint(condition=~Q(current_kopecks=0, debt_kopecks=0), name="writ_part_not_zero"),
        ]
        indexes = [models.Index(fields=["writ"], name="writ_part_waits", condition=Q(transfer__isnull=True))]


class TransferAnswer(models.Model):
    """A line of a statement that told what became of a transfer."""

    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, primary_key=True, related_name="transfer")
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        db_table = "payments_transfer_answer"


# Rows of parts that no creditor has: not transferred, or the transfer came back.
UNPAID = """
    SELECT p.*, NULL::uuid AS came_back FROM payments_writ_part p WHERE p.transfer_id IS NULL
    UNION ALL
    SELECT p.*, t.id FROM payments_transfer t JOIN payments_writ_part p ON p.transfer_id = t.id WHERE t.state =
        'returned'
"""
