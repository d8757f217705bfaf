"""A person's life asks which of the facts are in conflict."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0013_matters_of_a_territory")]

    operations = [
        migrations.AddIndex("conflict", models.Index(fields=["known_fact_id"], name="conflict_of_fact")),
    ]
