"""Staging of legacy registers: runs and their rows, seen by the worker alone."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.functions import Now

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_weigh_names")]

    operations = [
        migrations.CreateModel(
            name="LegacyRun",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("mapping_digest", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=20)),
                ("checked_by", models.CharField(max_length=60)),
                ("started_on", models.DateField()),
                ("started_at", models.DateTimeField(db_default=Now())),
                ("rows_staged", models.PositiveIntegerField(default=0)),
                ("is_checked", models.BooleanField(default=False)),
                ("approved_by", models.CharField(default="", max_length=60)),
                ("approved_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "registers_legacy_run",
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(approved_by=models.F("checked_by")), name="legacy_run_by_two_people"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LegacyRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        "registers.LegacyRun", on_delete=models.CASCADE, related_name="+", db_index=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("verdict", models.CharField(max_length=20)),
                ("remarks", ArrayField(models.TextField(), default=list)),
                ("people", models.JSONField(default=list)),
                ("facts", models.JSONField(default=list)),
                ("kopecks", models.BigIntegerField(default=0)),
                ("is_loaded", models.BooleanField(db_default=False)),
            ],
            options={
                "db_table": "registers_legacy_row",
                "constraints": [models.UniqueConstraint(fields=("run", "number"), name="legacy_row_once")],
                "indexes": [
                    models.Index(
                        fields=["run", "number"],
                        name="legacy_row_waiting",
                        condition=models.Q(("is_loaded", False), ("verdict", "accepted")),
                    )
                ],
            },
        ),
        protect("registers_legacy_run", citizen=None, officer=None),
        protect("registers_legacy_row", citizen=None, officer=None),
    ]
