"""People see their own programmes, officers those of their body."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

OWN, BODY = "person_id = ANY(app_persons())", "body = app_body()"
TABLES = ("programmes_programme", "programmes_step", "programmes_report", "programmes_check")


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [protect(table, citizen=OWN, officer=BODY) for table in TABLES]
