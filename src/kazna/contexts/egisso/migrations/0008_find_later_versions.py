"""The line of a measure's versions is followed forward by key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("egisso", "0007_own_doubles")]

    operations = [
        migrations.AddIndex(
            "localmeasure",
            models.Index(
                fields=["previous_id"], name="egisso_measure_after", condition=models.Q(previous_id__isnull=False)
            ),
        ),
    ]
