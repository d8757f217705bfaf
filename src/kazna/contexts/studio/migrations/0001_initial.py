"""Drafts and all about them: rows of methodologists, of their region where they have one."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from kazna.plumbing.rowsecurity import append_only

DRAFT = "app_role() = 'methodologist' AND (app_territory() = '' OR region IN ('', app_territory()))"
OF_DRAFT = "app_role() = 'methodologist' AND EXISTS (SELECT 1 FROM studio_draft d WHERE d.id = draft_id)"


def own(table, rule):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def draft():
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="studio.draft")


def number():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True
    dependencies = [("registers", "0002_protect_people")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=300)),
                ("region", models.CharField(default="", max_length=2)),
                ("first_day", models.DateField()),
                ("begun_from", models.CharField(default="", max_length=120)),
                ("state", models.CharField(max_length=12)),
                ("version", models.PositiveIntegerField(default=1)),
                ("author", models.CharField(max_length=150)),
                ("begun_at", models.DateTimeField(db_default=Now())),
                ("published_at", models.DateTimeField(null=True)),
                ("release", models.CharField(default="", max_length=64)),
                ("launched_on", models.DateField(null=True)),
            ],
            options={"db_table": "studio_draft"},
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", number()),
                ("number", models.PositiveIntegerField()),
                ("measure_text", models.TextField()),
                ("figures_text", models.TextField(default="")),
                ("saved_by", models.CharField(max_length=150)),
                ("saved_at", models.DateTimeField(db_default=Now())),
                ("draft", draft()),
            ],
            options={"db_table": "studio_version"},
        ),
        migrations.AddConstraint("version", models.UniqueConstraint(fields=("draft", "number"), name="version_once")),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", number()),
                ("version", models.PositiveIntegerField()),
                ("line", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("written_by", models.CharField(max_length=150)),
                ("written_at", models.DateTimeField(db_default=Now())),
                ("draft", draft()),
            ],
            options={"db_table": "studio_remark"},
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", number()),
                ("version", models.PositiveIntegerField()),
                ("part", models.CharField(max_length=10)),
                ("agrees", models.BooleanField()),
                ("remark", models.TextField(default="")),
                ("given_by", models.CharField(max_length=150)),
                ("given_at", models.DateTimeField(db_default=Now())),
                ("draft", draft()),
            ],
            options={"db_table": "studio_agreement"},
        ),
        migrations.AddConstraint(
            "agreement",
            models.UniqueConstraint(fields=("draft", "version", "part"), name="agreement_of_part_once"),
        ),
        migrations.AddConstraint(
            "agreement",
            models.UniqueConstraint(fields=("draft", "version", "given_by"), name="agreement_of_person_once"),
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("territory", models.CharField(max_length=2)),
                ("on", models.DateField()),
                ("figures", models.JSONField(default=dict)),
                ("result", models.JSONField()),
                ("played_by", models.CharField(max_length=150)),
                ("played_at", models.DateTimeField(db_default=Now())),
                ("draft", draft()),
            ],
            options={"db_table": "studio_scenario"},
        ),
        append_only("studio_version"),
        append_only("studio_agreement"),
        own("studio_draft", DRAFT),
        *(own(f"studio_{name}", OF_DRAFT) for name in ("version", "remark", "agreement", "scenario")),
    ]
