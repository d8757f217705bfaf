"""See the migration of this name in `registers`."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect_otherwise

OWN = "person_id = ANY(app_persons())"
BEFORE = "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = person_id AND p.territory IN (app_territory(), ''))"


class Migration(migrations.Migration):
    dependencies = [("life_events", "0003_count_for_everyone"), ("registers", "0011_look_people_up_one_by_one")]

    operations = [
        protect_otherwise(
            "life_events_event",
            citizen=OWN,
            officer="registers_lives_here(person_id)",
            before=(OWN, BEFORE),
        ),
    ]
