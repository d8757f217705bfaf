"""Enforcement documents: registers of them, what was withheld, transfers to creditors."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0010_certificates_in_the_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("debtor_id", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("creditor_name", models.CharField(max_length=160)),
                ("bik", models.CharField(max_length=9)),
                ("account", models.CharField(max_length=20)),
                ("amount_kopecks", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "made"),
                            ("sent", "sent"),
                            ("credited", "credited"),
                            ("returned", "returned"),
                            ("moved", "moved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_on", models.DateField()),
                ("settled_on", models.DateField(null=True)),
                ("return_reason", models.TextField(default="")),
            ],
            options={
                "db_table": "payments_transfer",
            },
        ),
        migrations.CreateModel(
            name="TransferAnswer",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="transfer",
                        serialize=False,
                        to="payments.statementline",
                    ),
                ),
            ],
            options={
                "db_table": "payments_transfer_answer",
            },
        ),
        migrations.CreateModel(
            name="Writ",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("debtor_id", models.UUIDField()),
                ("claim", models.CharField(max_length=30)),
                ("form", models.CharField(max_length=30)),
                ("number", models.CharField(max_length=60)),
                (
                    "number_key",
                    models.CharField(
                        help_text="letters and digits of the number: the same document twice", max_length=60
                    ),
                ),
                ("issued_on", models.DateField()),
                ("issued_by", models.CharField(max_length=200)),
                ("creditor_name", models.CharField(max_length=160)),
                ("creditor_inn", models.CharField(db_default="", default="", max_length=12)),
                ("creditor_bik", models.CharField(max_length=9)),
                ("creditor_account", models.CharField(max_length=20)),
                ("share_top", models.PositiveSmallIntegerField(null=True)),
                ("share_bottom", models.PositiveSmallIntegerField(null=True)),
                ("monthly_kopecks", models.BigIntegerField(null=True)),
                ("debt_kopecks", models.BigIntegerField(null=True)),
                ("percent", models.PositiveSmallIntegerField(null=True)),
                ("first_day", models.DateField()),
                (
                    "last_day",
                    models.DateField(
                        help_text="the first day on which nothing is claimed currently any more", null=True
                    ),
                ),
                ("minimum_group", models.CharField(db_default="", default="", max_length=20)),
                (
                    "minimum_kopecks",
                    models.BigIntegerField(help_text="what it is on the day; None with a group: not known", null=True),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "entered"),
                            ("refused", "refused"),
                            ("confirmed", "confirmed"),
                            ("active", "active"),
                            ("suspended", "suspended"),
                            ("paid", "paid"),
                            ("ended", "ended"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "ended_from",
                    models.DateField(help_text="what was withheld on or after this day is given back", null=True),
                ),
                ("source", models.CharField(max_length=20)),
                ("entered_by", models.CharField(max_length=150)),
                ("confirmed_by", models.CharField(db_default="", default="", max_length=150)),
                ("entered_on", models.DateField()),
            ],
            options={
                "db_table": "payments_writ",
            },
        ),
        migrations.CreateModel(
            name="WritChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=12)),
                ("before", models.CharField(default="", max_length=12)),
                ("after", models.CharField(max_length=12)),
                ("terms", models.JSONField(default=dict)),
                (
                    "paper",
                    models.CharField(default="", help_text="the ground: whose paper, number and day", max_length=200),
                ),
                ("by", models.CharField(max_length=150)),
                ("confirmed_by", models.CharField(default="", max_length=150)),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "payments_writ_change",
            },
        ),
        migrations.CreateModel(
            name="WritPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("debtor_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("current_kopecks", models.BigIntegerField()),
                ("debt_kopecks", models.BigIntegerField()),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "payments_writ_part",
            },
        ),
        migrations.CreateModel(
            name="WritProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=40)),
                ("debtor_id", models.UUIDField()),
                ("act", models.CharField(max_length=12)),
                ("terms", models.JSONField(default=dict)),
                ("paper", models.CharField(default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("confirmed", "Confirmed"), ("returned", "Returned")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=150)),
                ("proposed_on", models.DateField()),
                ("settled_by", models.CharField(default="", max_length=150)),
                ("settled_on", models.DateField(null=True)),
                ("remark", models.TextField(default="")),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "payments_writ_proposal",
            },
        ),
        migrations.RemoveConstraint(
            model_name="order",
            name="order_withheld_below_amount",
        ),
        migrations.AddField(
            model_name="register",
            name="is_for_creditors",
            field=models.BooleanField(
                db_default=False, default=False, help_text="its lines are transfers by enforcement documents"
            ),
        ),
        migrations.AlterField(
            model_name="ledgerposting",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accrued", "Accrued"),
                    ("sent", "Sent"),
                    ("credited", "Credited"),
                    ("returned", "Returned"),
                    ("cancelled", "Cancelled"),
                    ("overpaid", "Overpaid"),
                    ("back_late", "Returned Late"),
                    ("back_over", "Returned Overpaid"),
                    ("back_debt", "Returned Debt"),
                    ("restored", "Restored"),
                    ("unclaimed", "Forgiven Claim"),
                    ("claimed", "Claimed"),
                    ("set_off", "Set Off"),
                    ("recovered", "Recovered"),
                    ("unset_off", "Unset Off"),
                    ("unrecover", "Unrecovered"),
                    ("written", "Written Off"),
                    ("debt_off", "Debt Written Off"),
                    ("refunded", "Refunded"),
                    ("back_off", "Returned Written"),
                    ("rest_off", "Restored Written"),
                    ("cert_issue", "Certificate Issued"),
                    ("cert_used", "Certificate Used"),
                    ("cert_back", "Certificate Back"),
                    ("cert_lapse", "Certificate Lapsed"),
                    ("cert_block", "Certificate Blocked"),
                    ("cert_void", "Certificate Revoked"),
                    ("writ_held", "Writ Withheld"),
                    ("writ_undo", "Writ Undone"),
                    ("writ_kept", "Writ Kept"),
                    ("writ_sent", "Writ Sent"),
                    ("writ_paid", "Writ Paid"),
                    ("writ_back", "Writ Returned"),
                    ("writ_late", "Writ Returned Late"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("withheld_kopecks__gte", 0), ("withheld_kopecks__lte", models.F("amount_kopecks"))),
                name="order_withheld_within_amount",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="register",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="payments.register"
            ),
        ),
        migrations.AddField(
            model_name="transferanswer",
            name="transfer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="payments.transfer"
            ),
        ),
        migrations.AddIndex(
            model_name="writ",
            index=models.Index(fields=["debtor_id"], name="writ_of_debtor"),
        ),
        migrations.AddIndex(
            model_name="writ",
            index=models.Index(fields=["body", "-entered_on"], name="writ_of_body"),
        ),
        migrations.AddIndex(
            model_name="writ",
            index=models.Index(
                condition=models.Q(("state__in", ["confirmed", "active"])), fields=["state"], name="writ_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="writ",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["refused", "withdrawn"]), _negated=True),
                fields=("body", "debtor_id", "number_key", "issued_on"),
                name="writ_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="writ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["entered", "refused"]),
                    models.Q(
                        models.Q(("confirmed_by", ""), _negated=True),
                        models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="writ_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="writ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_top__isnull", False), ("monthly_kopecks__gt", 0), ("debt_kopecks__gt", 0), _connector="OR"
                ),
                name="writ_claims_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="writ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("share_bottom__isnull", True), ("share_top__isnull", True)),
                    models.Q(
                        ("monthly_kopecks__isnull", True),
                        ("share_bottom__gte", models.F("share_top")),
                        ("share_top__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="writ_share_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="writ",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__isnull", True), ("percent__range", (1, 70)), _connector="OR"),
                name="writ_percent",
            ),
        ),
        migrations.AddField(
            model_name="transfer",
            name="writ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="payments.writ"
            ),
        ),
        migrations.AddField(
            model_name="writchange",
            name="writ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="payments.writ"
            ),
        ),
        migrations.AddField(
            model_name="writpart",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="writ_parts", to="payments.order"
            ),
        ),
        migrations.AddField(
            model_name="writpart",
            name="transfer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.transfer"
            ),
        ),
        migrations.AddField(
            model_name="writpart",
            name="writ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="payments.writ"
            ),
        ),
        migrations.AddField(
            model_name="writproposal",
            name="writ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="payments.writ"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(condition=models.Q(("state", "returned")), fields=["body"], name="transfer_returned"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(fields=("register", "number"), name="transfer_line_once"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_kopecks__gt", 0)), name="transfer_above_zero"
            ),
        ),
        migrations.AddIndex(
            model_name="writpart",
            index=models.Index(condition=models.Q(("transfer__isnull", True)), fields=["writ"], name="writ_part_waits"),
        ),
        migrations.AddConstraint(
            model_name="writpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("current_kopecks__gte", 0), ("debt_kopecks__gte", 0)),
                    models.Q(("current_kopecks__lte", 0), ("debt_kopecks__lte", 0)),
                    _connector="OR",
                ),
                name="writ_part_one_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="writpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("current_kopecks", 0), ("debt_kopecks", 0), _negated=True),
                name="writ_part_not_zero",
            ),
        ),
        migrations.AddIndex(
            model_name="writproposal",
            index=models.Index(condition=models.Q(("state", "open")), fields=["body"], name="writ_proposal_open"),
        ),
        migrations.AddConstraint(
            model_name="writproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open"), models.Q(("act", "minimum"), _negated=True)),
                fields=("writ",),
                name="writ_proposal_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="writproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("act", "minimum"), ("state", "open")),
                fields=("writ",),
                name="writ_proposal_one_minimum",
            ),
        ),
        migrations.AddConstraint(
            model_name="writproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_by", ""), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("settled_by", ""), _negated=True),
                        models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="writ_proposal_two_people",
            ),
        ),
    ]
