"""What is about a child and paid to a parent is found by the child; where both are one, the recipient is enough."""

from django.db import migrations, models

ABOUT_ANOTHER = ~models.Q(subject_id=models.F("recipient_id"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_find_by_filer")]

    operations = [
        migrations.AddIndex(
            "decision", models.Index(fields=["subject_id", "-on"], name="decision_about", condition=ABOUT_ANOTHER)
        ),
        migrations.AddIndex(
            "application", models.Index(fields=["subject_id"], name="application_about", condition=ABOUT_ANOTHER)
        ),
    ]
