"""What is about a child and paid to a parent is found by the child; where both are one, the recipient is enough."""

from django.db import migrations, models

ABOUT_ANOTHER = ~models.Q(subject_id=models.F("recipient_id"))


class Migration(migrations.Migration):
    dependencies = [("measures", "0007_look_people_up_one_by_one")]

    operations = [
        migrations.AddIndex("standing", models.Index(fields=["recipient_id"], name="standing_of_recipient")),
        migrations.AddIndex(
            "standing", models.Index(fields=["subject_id"], name="standing_about", condition=ABOUT_ANOTHER)
        ),
    ]
