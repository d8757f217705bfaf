"""Who sees whom, and that facts are only added."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "{column} = ANY(app_persons())"
OF_TERRITORY = (
    "EXISTS (SELECT 1 FROM registers_person p WHERE p.id = {column} AND p.territory IN (app_territory(), ''))"
)


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        append_only("registers_fact"),
        protect(
            "registers_person",
            citizen=OWN.format(column="id"),
            officer="territory IN (app_territory(), '')",
            agency=True,
        ),
        *[
            protect(
                table,
                citizen=citizen and OWN.format(column=citizen),
                officer=OF_TERRITORY.format(column=column),
                agency=True,
            )
            for table, column, citizen in (
                ("registers_fact", "subject_id", "subject_id"),
                ("registers_known_name", "person_id", None),
                ("registers_conflict", "person_id", None),
                ("registers_suspect", "person_id", None),
            )
        ],
        protect("registers_known_act", citizen=None, officer=None, agency=True),
    ]
