"""Estimates of what measures changed: rows of methodologists, of their territory where they have one."""

from django.db import migrations, models
from django.db.models.functions import Now

RULE = "app_role() = 'methodologist' AND app_territory() IN ('', territory)"


class Migration(migrations.Migration):
    dependencies = [("studio", "0002_award_totals")]
    operations = [
        migrations.CreateModel(
            name="Impact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("measure", models.CharField(max_length=80)),
                ("territory", models.CharField(default="", max_length=2)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("result", models.JSONField()),
                ("asked_by", models.CharField(max_length=150)),
                ("asked_at", models.DateTimeField(db_default=Now())),
            ],
            options={"db_table": "studio_impact"},
        ),
        migrations.RunSQL(
            "ALTER TABLE studio_impact ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY studio_impact_viewer ON studio_impact USING ({RULE}) WITH CHECK ({RULE});",
            "DROP POLICY studio_impact_viewer ON studio_impact; ALTER TABLE studio_impact DISABLE ROW LEVEL SECURITY;",
        ),
    ]
