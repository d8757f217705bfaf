"""Who sees whose facts: a citizen his own, an officer those of the territory; changes are only added."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OF_FACT = "EXISTS (SELECT 1 FROM egisso_assignment a WHERE a.id = {column} AND {rule})"
OWN, OF_TERRITORY = "a.person_id = ANY(app_persons())", "a.territory IN (app_territory(), '')"


class Migration(migrations.Migration):
    dependencies = [("egisso", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        append_only("egisso_change"),
        protect(
            "egisso_assignment",
            citizen="person_id = ANY(app_persons())",
            officer="territory IN (app_territory(), '')",
        ),
        protect(
            "egisso_change",
            citizen=OF_FACT.format(column="assignment_id", rule=OWN),
            officer=OF_FACT.format(column="assignment_id", rule=OF_TERRITORY),
        ),
        protect(
            "egisso_double",
            citizen=None,
            officer=OF_FACT.format(column="assignment_id", rule=OF_TERRITORY),
        ),
        protect("egisso_package", citizen=None, officer="true"),
        protect("egisso_record", citizen="person_id = ANY(app_persons())", officer="true"),
    ]
