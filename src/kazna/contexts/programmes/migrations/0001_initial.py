"""Programmes of adaptation with steps, reports and checks."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("person_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("territory", models.CharField(max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "requested"),
                            ("drafted", "drafted"),
                            ("agreed", "agreed"),
                            ("active", "active"),
                            ("finished", "finished"),
                            ("breaking", "breaking"),
                            ("broken", "broken"),
                            ("declined", "declined"),
                            ("closed", "closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("needs", models.TextField(default="")),
                ("requested_on", models.DateField()),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("paid_once", models.BooleanField(default=False)),
                ("is_employed", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                ("drafted_by", models.CharField(default="", max_length=60)),
                ("signed_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("award_id", models.UUIDField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_by", models.CharField(default="", max_length=60)),
                ("confirmed_by", models.CharField(default="", max_length=60)),
                ("outcome", models.TextField(default="")),
                ("claimed_kopecks", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "programmes_programme",
                "indexes": [
                    models.Index(fields=["body", "state", "requested_on", "id"], name="programme_of_body"),
                    models.Index(fields=["person_id"], name="programme_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["requested", "drafted", "agreed", "active", "breaking"])),
                        fields=("person_id", "measure"),
                        name="programme_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signed_on__isnull", True), ("months__isnull", False), _connector="OR"),
                        name="programme_signed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", ""),
                            models.Q(("confirmed_by", models.F("ended_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="programme_broken_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "broken"), _negated=True),
                            models.Q(("confirmed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="programme_broken_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claimed_kopecks__gte", 0)), name="programme_claim_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("counted_on", models.DateField(null=True)),
                ("income_kopecks", models.BigIntegerField(null=True)),
                ("family_size", models.PositiveSmallIntegerField(null=True)),
                ("right_id", models.UUIDField(null=True)),
                ("note", models.TextField(default="")),
                ("looked_by", models.CharField(default="", max_length=60)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "db_table": "programmes_check",
                "indexes": [
                    models.Index(
                        condition=models.Q(("counted_on__isnull", True)), fields=["due_on"], name="programme_check_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("programme", "number"), name="programme_check_once")],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("first_day", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waited", "Waited"),
                            ("filed", "Filed"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                        ],
                        default="waited",
                        max_length=10,
                    ),
                ),
                ("is_late", models.BooleanField(default=False)),
                ("filed_on", models.DateField(null=True)),
                ("text", models.TextField(default="")),
                ("spent_kopecks", models.BigIntegerField(default=0)),
                ("looked_by", models.CharField(default="", max_length=60)),
                ("remark", models.TextField(default="")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "db_table": "programmes_report",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waited")), fields=["due_on"], name="programme_report_waited"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="programme_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("spent_kopecks__gte", 0)), name="programme_report_spent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("cost_kopecks", models.BigIntegerField(default=0)),
                ("done_on", models.DateField(null=True)),
                ("proof", models.TextField(default="")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "db_table": "programmes_step",
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="programme_step_once"),
                    models.CheckConstraint(condition=models.Q(("cost_kopecks__gte", 0)), name="programme_step_cost"),
                ],
            },
        ),
    ]
