"""Documents of the law published from the studio: read by everybody, added by methodologists, never changed."""

import django.db.models.functions
from django.db import migrations, models

from kazna.plumbing.rowsecurity import append_only

TABLE = "measures_published_file"


class Migration(migrations.Migration):
    dependencies = [("measures", "0004_ask_for_a_day_to_come"), ("registers", "0002_protect_people")]
    operations = [
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("published_by", models.CharField(max_length=150)),
                ("reason", models.TextField(default="")),
                ("published_at", models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
            options={"db_table": TABLE},
        ),
        append_only(TABLE),
        migrations.RunSQL(
            f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;"
            f"CREATE POLICY {TABLE}_read ON {TABLE} FOR SELECT USING (true);"
            f"CREATE POLICY {TABLE}_add ON {TABLE} FOR INSERT WITH CHECK (app_role() = 'methodologist');",
            f"DROP POLICY {TABLE}_add ON {TABLE}; DROP POLICY {TABLE}_read ON {TABLE};"
            f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY;",
        ),
    ]
