"""What waits in a territory is read without going through what waits elsewhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("corrections", "0002_protect_corrections")]

    operations = [
        migrations.AddIndex(
            "correction",
            models.Index(
                fields=["territory", "due_on", "id"],
                name="correction_queue_here",
                condition=models.Q(state__in=["filed", "asked"]),
            ),
        ),
    ]
