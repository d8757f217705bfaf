"""A fact of assignment that another body repeats is open to an administrator by an applied change alone."""

from django.db import migrations

APPLIED = "app_role() = 'administrator' AND administration_applied(ARRAY['fact'], {column}::text)"
OPEN = "".join(
    f"CREATE POLICY {table}_withdrawn ON {table} USING ({rule}) WITH CHECK ({rule});"
    for table, rule in (
        ("egisso_assignment", f"is_own AND {APPLIED.format(column='id')}"),
        ("egisso_change", APPLIED.format(column="assignment_id")),
    )
)
SHUT = "DROP POLICY egisso_assignment_withdrawn ON egisso_assignment; DROP POLICY egisso_change_withdrawn ON egisso_change;"


class Migration(migrations.Migration):
    dependencies = [("administration", "0003_guard_agreements"), ("egisso", "0007_own_doubles")]

    operations = [migrations.RunSQL(OPEN, SHUT)]
