"""Runs of indexation, and the day sums of a former register are of."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_name_recounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexationRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("begins", models.DateField()),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                ("limit_percent", models.PositiveSmallIntegerField()),
                ("release_digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("counting", "Counting"),
                            ("counted", "Counted"),
                            ("released", "Released"),
                            ("done", "Done"),
                            ("held", "Held"),
                        ],
                        default="counting",
                        max_length=10,
                    ),
                ),
                ("made_on", models.DateField()),
                ("made_by", models.CharField(default="", max_length=60)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "db_table": "cases_indexation_run",
            },
        ),
        migrations.AddField(
            model_name="award",
            name="taken_over_on",
            field=models.DateField(
                help_text="the day a former register was loaded; its sums are of that day", null=True
            ),
        ),
        migrations.CreateModel(
            name="IndexationChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("measure", models.CharField(max_length=80)),
                ("body", models.CharField(max_length=40)),
                ("territory", models.CharField(max_length=2)),
                ("first_id", models.UUIDField()),
                ("last_id", models.UUIDField()),
                ("awards", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unsure", models.PositiveIntegerField(default=0)),
                ("lower", models.PositiveIntegerField(default=0)),
                ("before_kopecks", models.BigIntegerField(default=0)),
                ("after_kopecks", models.BigIntegerField(default=0)),
                ("number_from", models.PositiveBigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("counted", "Counted"), ("done", "Done")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chunks", to="cases.indexationrun"
                    ),
                ),
            ],
            options={
                "db_table": "cases_indexation_chunk",
                "constraints": [models.UniqueConstraint(fields=("run", "place"), name="indexation_chunk_once")],
            },
        ),
        protect("cases_indexation_run", citizen=None, officer="true"),
        protect("cases_indexation_chunk", citizen=None, officer="body = app_body()"),
    ]
