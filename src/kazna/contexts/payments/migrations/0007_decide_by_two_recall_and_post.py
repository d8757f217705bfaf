"""Debts decided by two people, recalls after a death, delivery by post, МИР cards."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_references_by_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="DebtProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.CharField(max_length=40)),
                ("act", models.CharField(max_length=10)),
                ("terms", models.JSONField(default=dict)),
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
                "db_table": "payments_debt_proposal",
            },
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="recall",
                        serialize=False,
                        to="payments.order",
                    ),
                ),
                ("bik", models.CharField(max_length=9)),
                ("body", models.CharField(max_length=40)),
                ("recipient_id", models.UUIDField()),
                ("died_on", models.DateField()),
                ("kopecks", models.BigIntegerField()),
                ("made_on", models.DateField()),
                ("sent_on", models.DateField(null=True)),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": "payments_recall",
            },
        ),
        migrations.AddField(
            model_name="overpayment",
            name="confirmed_by",
            field=models.CharField(db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="payee",
            name="address",
            field=models.TextField(db_default="", default="", help_text="where the post brings it"),
        ),
        migrations.AddField(
            model_name="payee",
            name="delivery_day",
            field=models.PositiveSmallIntegerField(
                help_text="day of the month on which the post brings the money; None: to a bank", null=True
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="is_foreign_card",
            field=models.BooleanField(
                db_default=False, default=False, help_text="the account given last serves a card that is not МИР"
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="confirmed_by",
            field=models.CharField(db_default="", default="", max_length=150),
        ),
        migrations.AddField(
            model_name="registerline",
            name="address",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="registerline",
            name="delivery_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="overpayment",
            name="fault",
            field=models.CharField(
                choices=[
                    ("false_data", "false_data"),
                    ("breach", "breach"),
                    ("agency_error", "agency_error"),
                    ("none", "none"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.RunSQL(
            "UPDATE payments_overpayment SET confirmed_by = 'до правила двух' WHERE decided_by <> ''",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", ""),
                    models.Q(
                        models.Q(("confirmed_by", ""), _negated=True),
                        models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="overpayment_decided_by_two",
            ),
        ),
        AddConstraintNotValid(  # recoveries are only added: those before the rule stay as they were
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "written_off"), _negated=True),
                    ("by", ""),
                    models.Q(
                        models.Q(("confirmed_by", ""), _negated=True),
                        models.Q(("confirmed_by", models.F("by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="written_off_by_two",
            ),
        ),
        migrations.AddField(
            model_name="debtproposal",
            name="overpayment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="payments.overpayment"
            ),
        ),
        migrations.AddIndex(
            model_name="recall",
            index=models.Index(
                condition=models.Q(("sent_on__isnull", True)), fields=["made_on"], name="recall_to_send"
            ),
        ),
        migrations.AddConstraint(
            model_name="debtproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("overpayment",), name="debt_proposal_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="debtproposal",
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
                name="debt_proposal_two_people",
            ),
        ),
        protect("payments_debt_proposal", citizen=None, officer="body = app_body()"),
        protect("payments_recall", citizen=None, officer="body = app_body()"),
    ]
