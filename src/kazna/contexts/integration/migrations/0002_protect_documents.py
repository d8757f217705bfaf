"""Raw documents are for officers and for intake; citizens see what was made of them, elsewhere."""

from django.db import migrations

from kazna.plumbing.rowsecurity import protect

TABLES = (
    "integration_delivery",
    "integration_document",
    "integration_claimed_edition",
    "integration_agency_request",
)


class Migration(migrations.Migration):
    dependencies = [("integration", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [protect(table, citizen=None, officer="true", agency=True) for table in TABLES]
