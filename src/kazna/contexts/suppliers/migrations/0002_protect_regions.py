"""A branch sees its region, a supplier its body, the operator and the intake all."""

from django.db import migrations

OF_BODY = ("suppliers_member", "suppliers_certificate", "suppliers_week", "suppliers_holding", "suppliers_letter")
OF_REGION = ("suppliers_application", "suppliers_group_member", "suppliers_group_item")


def protect(table: str, *, by_body: bool) -> migrations.RunSQL:
    rules = ["app_role() IN ('methodologist', 'agency')", "(app_role() = 'branch' AND region = app_territory())"]
    if by_body:
        rules.append("(app_role() = 'supplier' AND body = app_body())")
    rule = " OR ".join(rules)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_viewer ON {table} USING ({rule}) WITH CHECK ({rule});",
        f"DROP POLICY {table}_viewer ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0001_initial"), ("plumbing", "0001_initial")]

    operations = [
        *(protect(table, by_body=True) for table in OF_BODY),
        *(protect(table, by_body=False) for table in OF_REGION),
    ]
