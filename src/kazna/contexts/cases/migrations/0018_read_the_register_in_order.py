"""The register of decisions is read the newest first, a page at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_find_decisions_about")]

    operations = [
        migrations.AddIndex("decision", models.Index(fields=["-on", "-number"], name="decision_register")),
    ]
