"""Complaints, stopped clocks and escalations; people see their own complaints, officers their body's."""

import django.db.models.functions.datetime
from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_count_indexations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("due_on", models.DateField()),
                ("escalated_on", models.DateField()),
            ],
            options={
                "db_table": "cases_escalation",
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("decision_id", models.UUIDField()),
                ("decision_number", models.CharField(max_length=30)),
                ("decision_kind", models.CharField(max_length=10)),
                ("case_id", models.UUIDField(null=True)),
                ("measure", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("recipient_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("territory", models.CharField(max_length=2)),
                ("filed_on", models.DateField()),
                ("filed_by", models.CharField(default="", help_text="empty: the citizen", max_length=60)),
                ("first_by", models.CharField(default="", max_length=60)),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("filed", "Filed"), ("upheld", "Upheld"), ("overturned", "Overturned")],
                        default="filed",
                        max_length=12,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "None"),
                            ("law", "Law"),
                            ("facts", "Facts"),
                            ("missing", "Missing"),
                            ("procedure", "Procedure"),
                            ("other", "Other"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("decided_by", models.CharField(default="", max_length=60)),
                ("decided_on", models.DateField(null=True)),
                ("reason", models.TextField(default="")),
                ("new_decision_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "cases_appeal",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "filed")), fields=["body", "due_on", "id"], name="appeal_queue"
                    ),
                    models.Index(fields=["recipient_id"], name="appeal_of_recipient"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")), fields=("decision_id",), name="appeal_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", ""),
                            models.Q(
                                models.Q(("decided_by", models.F("first_by")), _negated=True),
                                models.Q(("decided_by", models.F("filed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_another_officer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("state", "filed")),
                            models.Q(
                                models.Q(("state", "filed"), _negated=True),
                                ("decided_on__isnull", False),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_decided_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockStop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_id", models.UUIDField()),
                ("body", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=60)),
            ],
            options={
                "db_table": "cases_clock_stop",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("case_id",), name="clock_stop_one_open"
                    )
                ],
            },
        ),
        protect("cases_appeal", citizen="recipient_id = ANY(app_persons())", officer="body = app_body()"),
        protect("cases_clock_stop", citizen=None, officer="body = app_body()"),
        protect("cases_escalation", citizen=None, officer="body = app_body()"),
    ]
