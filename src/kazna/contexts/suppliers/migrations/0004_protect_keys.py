"""Keys and answers are for the intake and the operator."""

from django.db import migrations

STAFF = "app_role() IN ('methodologist', 'branch', 'agency')"


def protect(table: str, rule: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0003_keys_of_systems"), ("plumbing", "0001_initial")]

    operations = [
        protect("suppliers_api_key", f"{STAFF} AND (app_role() <> 'branch' OR region = app_territory())"),
        protect("suppliers_api_answer", "app_role() = 'agency'"),
    ]
