"""See the migration of this name in `registers`."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect_otherwise

OWN = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
BEFORE = "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = subject_id AND p.territory = app_territory())"


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_people_of_standings"), ("registers", "0011_look_people_up_one_by_one")]

    operations = [
        protect_otherwise(table, citizen=OWN, officer="registers_lives_in_ours(subject_id)", before=(OWN, BEFORE))
        for table in ("measures_right", "measures_standing")
    ]
