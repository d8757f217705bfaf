"""Rights are seen by their person and by officers of the territory; a found right is only added."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "recipient_id = ANY(app_persons()) OR subject_id = ANY(app_persons())"
THEIRS = "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = subject_id AND p.territory = app_territory())"


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("registers", "0002_protect_people")]
    operations = [
        append_only("measures_right"),
        protect("measures_right", citizen=OWN, officer=THEIRS),
        protect("measures_standing", citizen=OWN, officer=THEIRS),
    ]
