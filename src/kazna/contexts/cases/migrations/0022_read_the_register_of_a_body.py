"""A body's register, and what its officers decided, are read without going through other bodies' decisions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_look_up_stopped_awards_at_once")]

    operations = [
        migrations.AddIndex(
            "decision", models.Index(fields=["body", "-on", "-number"], name="decision_register_of_body")
        ),
        migrations.AddIndex(
            "decision",
            models.Index(fields=["body", "-on"], name="decision_of_officers", condition=~models.Q(decided_by="")),
        ),
    ]
