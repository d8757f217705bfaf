"""What is about a child and paid to a parent is found by the child; where both are one, the recipient is enough."""

from django.db import migrations, models

ABOUT_ANOTHER = ~models.Q(subject_id=models.F("recipient_id"))


class Migration(migrations.Migration):
    dependencies = [("payments", "0013_registers_of_own_orders")]

    operations = [
        migrations.AddIndex(
            "order",
            models.Index(fields=["subject_id", "-month"], name="order_about", condition=ABOUT_ANOTHER),
        ),
    ]
