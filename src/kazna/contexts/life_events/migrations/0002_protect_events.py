"""A citizen sees events of their own and their wards' lives; an officer those of the territory."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("life_events", "0001_initial"), ("registers", "0002_protect_people")]

    operations = [
        protect(
            "life_events_event",
            citizen="person_id = ANY(app_persons())",
            officer=(
                "EXISTS (SELECT 1 FROM registers_person p"
                " WHERE p.id = person_id AND p.territory IN (app_territory(), ''))"
            ),
        ),
    ]
