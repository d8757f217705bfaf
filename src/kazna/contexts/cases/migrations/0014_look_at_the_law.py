"""Remember which release of the law the awards were last held against."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models.functions import Now

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_bound_clock_stops")]

    operations = [
        migrations.CreateModel(
            name="LawLook",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("release_digest", models.CharField(max_length=64)),
                ("on", models.DateField()),
                (
                    "measures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("decisions", models.PositiveIntegerField(default=0)),
                ("looked_at", models.DateTimeField(db_default=Now())),
            ],
            options={"db_table": "cases_law_look"},
        ),
        protect("cases_law_look", citizen=None, officer="true"),
    ]
