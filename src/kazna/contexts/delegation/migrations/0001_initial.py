"""Agreements and cases that went to other bodies under them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=60)),
                ("signed_on", models.DateField()),
                ("origin_body", models.CharField(max_length=40)),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                (
                    "functions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None),
                ),
                ("bodies", models.JSONField(help_text="working body → people put to it")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_why", models.TextField(default="")),
                ("ended_by", models.CharField(default="", max_length=60)),
                (
                    "is_settled",
                    models.BooleanField(default=False, help_text="its open cases went back after the last day"),
                ),
                ("entered_by", models.CharField(max_length=60)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "delegation_agreement",
                "constraints": [
                    models.UniqueConstraint(fields=("origin_body", "number"), name="agreement_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="agreement_days_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DelegatedCase",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=80)),
                ("origin_body", models.CharField(max_length=40)),
                ("body", models.CharField(max_length=40)),
                ("recipient_id", models.UUIDField()),
                ("subject_id", models.UUIDField()),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="delegation.agreement"
                    ),
                ),
            ],
            options={
                "db_table": "delegation_case",
                "indexes": [
                    models.Index(condition=models.Q(("until__isnull", True)), fields=["body"], name="delegated_to"),
                    models.Index(fields=["origin_body"], name="delegated_by"),
                ],
            },
        ),
    ]
