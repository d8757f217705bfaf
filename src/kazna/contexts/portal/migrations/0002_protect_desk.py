"""Tickets and requests are read by staff; anybody may ask through the intake."""

from django.db import migrations

STAFF = "app_role() IN ('methodologist', 'branch', 'agency')"


def protect(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({STAFF}) WITH CHECK ({STAFF});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [protect("portal_ticket"), protect("portal_data_request")]
