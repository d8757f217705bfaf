"""The person, the parents of a child, officers of the territory; nobody deletes."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("corrections", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        protect(
            "corrections_correction",
            citizen="person_id = ANY(app_persons())",
            officer="territory IN (app_territory(), '')",
        ),
    ]
