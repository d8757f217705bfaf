"""A person sees what was given about the person; consumers' requests write it; officers see none of it."""

from django.db import migrations

from kazna.plumbing.rowsecurity import append_only, protect

OWN = "person_id = ANY(app_persons())"


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        *[
            protect(table, citizen=OWN, officer=None, agency=True)
            for table in ("disclosure_disclosed", "disclosure_consent", "disclosure_subscription")
        ],
        protect("disclosure_change", citizen=None, officer=None, agency=True),
        append_only("disclosure_disclosed"),
    ]
