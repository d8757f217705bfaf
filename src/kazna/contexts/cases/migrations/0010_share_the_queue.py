"""Who holds a case, whose it is, handovers and their undoing; officers see their body's."""

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect

BODY_LOAD = """
CREATE VIEW cases_body_load AS
SELECT body, count(*) AS waiting,
       count(*) FILTER (WHERE due_on < coalesce((SELECT day FROM plumbing_operating_day), current_date)) AS late
FROM cases_case WHERE state = 'waiting_person' AND due_on IS NOT NULL GROUP BY body
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_guard_applications"),
        ("plumbing", "0004_register_of_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("login", models.CharField(max_length=60)),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_claim",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("case_id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("login", models.CharField(max_length=60)),
                ("given_by", models.CharField(max_length=60)),
                ("given_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "cases_assignment",
                "indexes": [models.Index(fields=["body", "login"], name="assignment_of_officer")],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("body", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("cases", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "before",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=60), size=None
                    ),
                ),
                (
                    "after",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=60), size=None
                    ),
                ),
                ("reason", models.TextField(default="")),
                ("undone_by", models.CharField(default="", max_length=60)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_handover",
                "indexes": [models.Index(fields=["body", "-made_at"], name="handover_newest")],
            },
        ),
        migrations.CreateModel(
            name="SavedQueue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("login", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=300)),
            ],
            options={
                "db_table": "cases_saved_queue",
                "constraints": [models.UniqueConstraint(fields=("login", "name"), name="saved_queue_once")],
            },
        ),
        migrations.RunSQL(BODY_LOAD, "DROP VIEW cases_body_load"),
        protect("cases_claim", citizen=None, officer="body = app_body()"),
        protect("cases_assignment", citizen=None, officer="body = app_body()"),
        protect("cases_handover", citizen=None, officer="body = app_body()"),
        protect("cases_saved_queue", citizen=None, officer="login = current_setting('app.login', true)"),
    ]
