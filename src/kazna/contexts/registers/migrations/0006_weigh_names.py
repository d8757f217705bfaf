"""How common names are is read by those who identify people."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect


class Migration(migrations.Migration):
    dependencies = [("registers", "0005_complete_the_catalogue")]

    operations = [protect("registers_name_share", citizen=None, officer="true", agency=True)]
