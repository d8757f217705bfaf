"""Figures that are dear to count are kept for all processes; those of a body are its officers'."""

from django.db import migrations, models

from kazna.plumbing.rowsecurity import acts_as

SEEN = f"body = '' OR ({acts_as('officer')} AND body = app_body())"
POLICY = f"""
ALTER TABLE plumbing_figure ENABLE ROW LEVEL SECURITY;
CREATE POLICY plumbing_figure_viewer ON plumbing_figure USING ({SEEN}) WITH CHECK ({SEEN});
"""


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0006_keep_answers_to_forms")]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("body", models.CharField(default="", max_length=40)),
                ("key", models.CharField(default="", max_length=60)),
                ("told", models.JSONField()),
                ("counted_at", models.DateTimeField()),
                ("cost_seconds", models.FloatField()),
            ],
            options={
                "db_table": "plumbing_figure",
                "constraints": [models.UniqueConstraint(fields=("name", "body", "key"), name="figure_once")],
            },
        ),
        migrations.RunSQL(
            POLICY,
            "DROP POLICY plumbing_figure_viewer ON plumbing_figure;"
            " ALTER TABLE plumbing_figure DISABLE ROW LEVEL SECURITY",
        ),
    ]
